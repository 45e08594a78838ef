import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { SegmentResult, Status } from '../activities/contract.js';
import type { RunHead } from '../config/runSpec.js';
import { type Carry, type Phase, type Progress, searchAttributeNames } from './messages.js';

const phaseKey = defineSearchAttributeKey(searchAttributeNames.phase, SearchAttributeType.KEYWORD);
const progressKey = defineSearchAttributeKey(searchAttributeNames.progress, SearchAttributeType.DOUBLE);
const modelKey = defineSearchAttributeKey(searchAttributeNames.model, SearchAttributeType.KEYWORD);
const identityKey = defineSearchAttributeKey(searchAttributeNames.identity, SearchAttributeType.KEYWORD);

/** Each change of a search attribute is an event of the history: every five percent is enough for a list. */
const progressStep = 0.05;

/** What a run shows while it goes on: progress query, current details and search attributes of the server's UI. */
export class Visibility {
  private current: Phase = 'starting';
  private last: Status | null = null;
  private shownFraction = -1;
  private details = '';

  constructor(
    spec: RunHead,
    private readonly searchable: boolean,
  ) {
    if (searchable) {
      upsertSearchAttributes([
        { key: phaseKey, value: 'starting' },
        { key: modelKey, value: spec.model },
        { key: identityKey, value: spec.identity },
      ]);
    }
  }

  phase(phase: Phase): void {
    this.current = phase;
    this.describe();
    if (this.searchable) upsertSearchAttributes([{ key: phaseKey, value: phase }]);
  }

  segment(result: SegmentResult): void {
    this.last = result.status;
    this.details = result.details;
    this.describe();
    const fraction = Math.min(1, result.status.time / result.status.end);
    if (this.searchable && (fraction >= this.shownFraction + progressStep || result.status.done)) {
      this.shownFraction = fraction;
      upsertSearchAttributes([{ key: progressKey, value: fraction }]);
    }
  }

  /** A segment that ended because the run was paused must not hide that it is. */
  private describe(): void {
    const stands = this.current === 'paused' || this.current === 'cancelled';
    setCurrentDetails(stands ? `**${this.current}**\n\n${this.details}` : this.details);
  }

  progress(carry: Carry): Progress {
    return {
      phase: this.current,
      segment: carry.segment,
      time: carry.time,
      end: this.last?.end ?? null,
      steps: carry.steps,
      figures: this.last?.figures ?? [],
      notes: this.last?.notes ?? [],
    };
  }
}
