import type { Client } from '@temporalio/client';
import type { CheckCases } from '../store/completeness/checkCases.js';
import type { VerifiedFiles } from '../store/verify.js';
import type {
  RecoveryInterval,
  RepairTask,
  RowsWritten,
  SegmentProgress,
  SegmentTask,
  SharedRows,
  SharedTask,
} from './segmentTask.js';

/** A segment that computes in a thread of its own. */
export interface RunningSegment<T = RowsWritten> {
  readonly done: Promise<T>;
  /** Ends the segment as a normal short one at the next step. */
  stop(): void;
  /** Latest word from the thread; null before the first. */
  progress(): SegmentProgress | null;
}

/** What the worker process lends to the activities. */
export interface Dependencies {
  readonly computePool: {
    start(task: SegmentTask): RunningSegment;
    /** Computes a segment that several runs share. */
    startShared(task: SharedTask): RunningSegment<SharedRows>;
    /** Computes a lost part again. */
    repair(task: RepairTask): Promise<void>;
    /** True once the worker is stopping: nothing may wait any more. */
    readonly draining: boolean;
  };
  /** Called in the worker's own process, for a command line that lives there too. */
  readonly onProgress: (outdir: string, progress: SegmentProgress) => void;
  /** The run waits for something that only a person can change (the words for him), or goes on (null). */
  readonly onWaiting: (outdir: string, message: string | null) => void;
  /** Points of interest in order; the tests' worker bootstrap places its kills here. */
  readonly onEvent: (name: EventName, detail: Readonly<Record<string, unknown>>) => void;
  /** Fingerprint of the engine that computes here. */
  readonly engine: string;
  /** Merged files that this process has verified: the activities behind the merge do not read them once more each. */
  readonly verifiedFiles: VerifiedFiles;
  /** Looks at the cases of a batch, away from the worker's own thread. */
  readonly checkCases: CheckCases;
  readonly inlineStateLimit: number;
  readonly partBatchRows: number;
  readonly keepStateEvery: number;
  readonly recovery: RecoveryInterval;
  readonly version: string;
  /** For questions to the server about other runs. */
  readonly client: () => Promise<Client>;
}

export type EventName =
  | 'segment-started'
  | 'segment-computed'
  | 'shared-started'
  | 'shared-computed'
  | 'manifest-started'
  | 'manifest-written'
  | 'merge-progress'
  | 'merge-done'
  | 'part-repaired'
  | 'segment-recomputed'
  | 'before-removal'
  | 'summary-written'
  | 'case-prepared'
  | 'cases-recorded'
  | 'archive-bytes'
  | 'archive-copied'
  | 'archive-verified'
  | 'archive-removed';
