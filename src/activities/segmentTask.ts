/** What passes between an activity and its compute thread; structured-clone safe. */
import type { Conserved, Status } from '../sim/model.js';
import type { PartRecord } from '../store/parts.js';

export interface SegmentTask {
  readonly outdir: string;
  readonly specHash: string;
  readonly segment: number;
  readonly boundary: number;
  /** With less compute than this behind it the segment goes on to the next multiple of the interval, s. */
  readonly joinFor: number;
  readonly rows: readonly number[];
  /** Encoded state in front of the segment; empty: start from the beginning. */
  readonly state: Uint8Array;
  /** Distinguishes the parts of this attempt from those of any other. */
  readonly attemptName: string;
  readonly batchRows: number;
  /** Largest state that goes into the history, bytes. */
  readonly inlineStateLimit: number;
  /** Of larger ones every so many stay until the end of the run. */
  readonly keepStateEvery: number;
  readonly recovery: RecoveryInterval;
}

/** A segment of several runs that are one and the same up to its end: it is computed once, and each of them gets its rows. */
export interface SharedTask
  extends Omit<SegmentTask, 'rows' | 'recovery' | 'specHash' | 'boundary' | 'joinFor'> {
  /** Rows written before this segment, per table: of each run the same. */
  readonly rows: readonly number[];
  /** The first one's folder is `outdir`, and it is the one that is computed. */
  readonly members: readonly SharingRun[];
}

export interface SharingRun {
  readonly outdir: string;
  readonly specHash: string;
  /** Model time at which the next segment of this run would end at the latest, s. */
  readonly boundary: number;
  /** Model time up to which it is the first one's run, s; null: of the first one itself. */
  readonly until: number | null;
}

/** What a shared segment leaves in the folder of each run, and says once. */
export interface SharedRows extends Omit<RowsWritten, 'parts' | 'conserved'> {
  /** Of each member. */
  readonly parts: readonly PartRecord[];
  /** Whether each member must not be advanced any more. */
  readonly done: readonly boolean[];
  /** Places of the members that go on by themselves: the next step may differ from the first one's. */
  readonly leaving: readonly number[];
}

/** A recovery file is written after so much compute, and after so many steps (null: any number). */
export interface RecoveryInterval {
  readonly everySeconds: number;
  readonly everySteps: number | null;
}

/** A part to be computed again. */
export interface RepairTask {
  readonly outdir: string;
  readonly specHash: string;
  /** As the part names it. */
  readonly segment: number;
  /** The state in front of its segment, or of an earlier one. */
  readonly state: Uint8Array;
  /** Accepted steps of the run in front of the part; null: those of the state. */
  readonly startSteps: number | null;
  readonly part: PartRecord;
  /** Whether it is the last part of its segment, which carries the state behind it. */
  readonly endsSegment: boolean;
  readonly inlineStateLimit: number;
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
  /** Encoded, or a reference to it: see store/states.ts. */
  readonly state: Uint8Array;
  readonly fromTime: number;
  readonly status: Status;
  readonly conserved: readonly Conserved[];
}
