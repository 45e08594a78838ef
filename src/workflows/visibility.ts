import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
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

/** Search attributes of a run that computes. */
export function givenAttributes({ model, identity }: RunHead): SearchAttributePair[] {
  return [
    { key: phaseKey, value: 'running' },
    { key: modelKey, value: model },
    { key: identityKey, value: identity },
  ];
}

/** What a run shows while it goes on: progress query, current details and search attributes of the server's UI. */
export class Visibility {
  private current: Phase = 'starting';
  private last: Status | null = null;
  private shownFraction = -1;
  private details = '';

  /**
   * @param brief the run began with `givenAttributes`: it changes them only when something holds or ends it, because a sweep has thousands of
   * such runs, and the end of each is one activity
   */
  constructor(
    spec: RunHead,
    private readonly searchable: boolean,
    private readonly brief: boolean,
  ) {
    if (searchable && !brief) {
      upsertSearchAttributes([
        { key: phaseKey, value: 'starting' },
        { key: modelKey, value: spec.model },
        { key: identityKey, value: spec.identity },
      ]);
    }
  }

  phase(phase: Phase): void {
    const before = this.current;
    this.current = phase;
    this.describe();
    if (!this.searchable) return;
    if (this.brief && (phase === 'merging' || (phase === 'running' && before === 'starting'))) return;
    const attributes: SearchAttributePair[] = [{ key: phaseKey, value: phase }];
    if (this.brief && phase === 'complete') attributes.push({ key: progressKey, value: 1 });
    upsertSearchAttributes(attributes);
  }

  segment(result: SegmentResult): void {
    this.last = result.status;
    this.details = result.details;
    this.describe();
    const fraction = Math.min(1, result.status.time / result.status.end);
    if (this.brief && result.status.done) return; // what says complete says so, too
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
