/** What passes between an activity and its compute thread; structured-clone safe. */
import type { Conserved, Status } from '../sim/model.js';
import type { PartRecord } from '../store/parts.js';

export interface SegmentTask {
  readonly outdir: string;
  readonly specHash: string;
  readonly segment: number;
  readonly boundary: number;
  readonly rows: readonly number[];
  /** Encoded state in front of the segment; empty: start from the beginning. */
  readonly state: Uint8Array;
  /** Distinguishes the parts of this attempt from those of any other. */
  readonly attemptName: string;
  readonly batchRows: number;
}

export interface SegmentProgress {
  readonly segment: number;
  readonly status: Status;
}

/** A finished segment: everything on disk, nothing but names and the next state in memory. */
export interface RowsWritten {
  readonly parts: readonly PartRecord[];
  /** Rows of all segments so far, per table. */
  readonly rows: readonly number[];
  readonly state: Uint8Array;
  readonly fromTime: number;
  readonly status: Status;
  readonly conserved: readonly Conserved[];
}
