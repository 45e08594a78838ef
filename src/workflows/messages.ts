/**
 * What passes between the workflow and the outside. The only file of this folder that command line, worker and workflow all import, so it
 * holds types, names and nothing that needs Node.
 */
import type { ManifestRef, ResumedFrom, SegmentRecord } from '../activities/contract.js';
import type { RunHead } from '../config/runSpec.js';

/** Thresholds of temporal.config.ts that the workflow needs, fixed at the start so that a replay sees the same ones. */
export interface RunPolicy {
  readonly heartbeatTimeout: number;
  readonly activityTimeout: number;
  readonly retry: {
    readonly initialInterval: number;
    readonly backoff: number;
    readonly maximumInterval: number;
  };
  readonly manifestEverySegments: number;
  readonly continueAsNewAfterSegments: number;
}

/** A segment of the history that no manifest entry names yet; its start state travels beside it as binary. */
export type PendingSegment = Omit<SegmentRecord, 'startState'>;

/** How far a run has come: what a fresh history needs to go on. The state itself travels beside it as binary. */
export interface Carry {
  /** Index of the next segment. */
  readonly segment: number;
  readonly time: number;
  readonly steps: number;
  readonly done: boolean;
  /** Rows written so far, per table. */
  readonly rows: readonly number[];
  readonly manifest: ManifestRef | null;
  readonly pending: readonly PendingSegment[];
  /** All restarts so far; `restarts` names the latest of them. */
  readonly restartCount: number;
  readonly restarts: readonly Restart[];
  /** Engines that have computed, each with its first segment, whenever it differs from the one before. */
  readonly engines?: readonly Engine[];
  /** Absent when the run began at the beginning. */
  readonly resumedFrom?: ResumedFrom;
}

/** A new start of the run, or a repeated attempt of a segment, with its cause. */
export interface Restart {
  readonly segment: number;
  readonly cause: string;
}

export interface Engine {
  readonly segment: number;
  readonly fingerprint: string;
}

export interface RunInput {
  /** Of a case of a sweep only the head: thousands of them go through the history of the sweep. */
  readonly spec: RunHead;
  /** Set once the specification stands in the run's folder; null at the very start. */
  readonly specHash: string | null;
  readonly policy: RunPolicy;
  /** False when the server refused to register them. */
  readonly searchAttributes: boolean;
  /** Whoever started the run has given it `givenAttributes`: each change of them is an event of its history. */
  readonly attributesGiven?: boolean;
  readonly carry: Carry;
  /** What follows the last segment is one activity (`finishCase`); absent: one for each step, which the UI shows as it goes. */
  readonly finishTogether?: boolean;
  /** Set when an earlier history of this run ended paused. */
  readonly paused?: boolean;
}

export type Phase =
  | 'starting'
  | 'running'
  | 'paused'
  | 'cancelled'
  | 'merging'
  | 'checking'
  | 'reporting'
  | 'archiving'
  | 'complete';

/** Answer of the progress query. */
export interface Progress {
  readonly phase: Phase;
  readonly segment: number;
  readonly time: number;
  readonly end: number | null;
  readonly steps: number;
  readonly figures: readonly {
    readonly name: string;
    readonly unit: string;
    readonly value: number | null;
  }[];
  readonly notes: readonly string[];
}

export interface RunResult {
  /** False when the rows are still in parts because io.streaming.merge_at_end was false; absent otherwise. */
  readonly merged?: false;
  readonly segments: number;
  readonly steps: number;
  readonly time: number;
}

export const runWorkflowType = 'run';

/** Signals without arguments. The way to cancel a run is Temporal's own cancellation request. */
export const pauseSignalName = 'pause';
export const resumeSignalName = 'resume';

/** Update without arguments: ends the running segment at its next step and writes a checkpoint file there. Answers a `CheckpointWritten`. */
export const checkpointUpdateName = 'checkpoint';

export interface CheckpointWritten {
  readonly file: string;
  /** Accepted steps and model time, s, of the state in it. */
  readonly steps: number;
  readonly time: number;
}

/** Memo of a cancelled run: why its last checkpoint file was not written. */
export const noCheckpointMemo = 'noCheckpoint';

/** What the workflow asks of the worker process that runs it; never recorded in a history. */
export type WorkerSinks = {
  control: {
    /** Ends the run's segment at its next step if this process computes it. A heartbeat says the same, seconds later. */
    endSegment(outdir: string): void;
  };
};

export const progressQueryName = 'progress';
/** What the carry query says beside the state and the start states of the pending segments, its blobs. */
export interface CarryAnswer {
  readonly carry: Carry;
  readonly identity: string;
}

/** Answers an envelope with a `CarryAnswer` as header. */
export const carryQueryName = 'carry';

export const searchAttributeNames = {
  phase: 'MarsdiskPhase',
  progress: 'MarsdiskProgress',
  model: 'MarsdiskModel',
  identity: 'MarsdiskIdentity',
  /** What tells a case of a sweep from the others: `T=4000`, `tau=0.5`, ... */
  case: 'MarsdiskCase',
} as const;
