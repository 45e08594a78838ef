import fs from 'node:fs';
import type { Status } from '../sim/model.js';
import { sha256 } from '../store/durable.js';
import { edgeAt } from '../store/parts.js';
import { writeRecovery } from '../store/recovery.js';
import type { RunFolder } from '../store/runFolder.js';
import { stateHash } from '../store/states.js';
import type { SegmentRows } from './segmentRows.js';
import type { ThreadTask } from './segmentThread.js';

/** Writes recovery files of a running segment when they are due; each takes the place of the one before. */
export class RecoveryFiles {
  private last = performance.now();
  private lastSteps: number | null = null;
  private file: string | null = null;

  constructor(
    private readonly run: RunFolder,
    private readonly task: ThreadTask,
    private readonly from: { readonly fromTime: number; readonly fromSteps: number },
    private readonly rows: SegmentRows,
  ) {}

  stepsToNext({ steps }: Status): number {
    this.lastSteps ??= steps;
    const { everySteps } = this.task.recovery;
    return everySteps === null ? Number.POSITIVE_INFINITY : this.lastSteps + everySteps - steps;
  }

  isDue(status: Status): boolean {
    const waited = performance.now() - this.last;
    return waited >= this.task.recovery.everySeconds * 1000 || this.stepsToNext(status) <= 0;
  }

  write(encoded: Uint8Array, status: Status): void {
    const { layout, spec } = this.run;
    const { segment, state } = this.task;
    const parts = this.rows.cut(edgeAt(sha256(encoded), status));
    const { steps, time } = status;
    const place = { identity: spec.identity, segment, startHash: stateHash(state), steps, time };
    const written = writeRecovery(layout, { ...place, ...this.from, parts }, encoded);
    if (this.file !== null && this.file !== written) fs.rmSync(this.file, { force: true });
    this.file = written;
    this.last = performance.now();
    this.lastSteps = steps;
    this.task.port.postMessage({ recovered: steps });
  }
}
