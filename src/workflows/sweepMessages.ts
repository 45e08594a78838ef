/** What passes between the workflow of a sweep and the outside: types and names, as in messages.ts. */
import type { Archive, BatchChecked, CaseEnd, WhichCases } from '../activities/contract.js';
import type { SharedBeginning } from '../config/sweep/sharing.js';
import type { RunPolicy } from './messages.js';

/** How far a case is. */
export type CaseState = 'pending' | 'running' | CaseEnd;

/** The books of a sweep: what a fresh history needs to go on. */
export interface SweepCarry {
  /** A character for each case, see `caseMarks`. */
  readonly states: string;
  /** Of the running cases, with the ids of their workflows. */
  readonly running: readonly (readonly [index: number, workflowId: string])[];
  /** Pending cases that this sweep shall not touch. */
  readonly left: readonly number[];
  /** Why cases failed, were cancelled or lost. */
  readonly reasons: readonly (readonly [index: number, reason: string])[];
}

export const caseMarks: Readonly<Record<CaseState, string>> = {
  pending: '.',
  running: 'r',
  complete: 'C',
  failed: 'F',
  cancelled: 'X',
  lost: 'L',
};

export interface SweepInput {
  /** Absolute path of the batch's folder. */
  readonly batch: string;
  readonly tag: string;
  readonly carry: SweepCarry;
  /** Cases at a time. */
  readonly jobs: number;
  readonly paused?: boolean;
  readonly which: WhichCases;
  /** The first case that fails ends the others. */
  readonly failFast: boolean;
  readonly hooks: { readonly afterCase: StrictHook; readonly afterBatch: StrictHook };
  /** Where the batch's own files go behind its cases, which archive themselves; absent: nowhere. */
  readonly archive?: Archive;
  /** Cases that begin together; absent: each is computed by itself from its start. */
  readonly sharing?: readonly SharedBeginning[];
  readonly policy: SweepPolicy;
  readonly run: RunPolicy;
  /** False when the server refused to register them. */
  readonly searchAttributes: boolean;
  /** Who began the sweep where: goes into run_config.json of every case. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** Thresholds of temporal.config.ts, fixed at the start so that a replay sees the same ones. */
export interface SweepPolicy {
  /** s */
  readonly workflowTaskTimeout: number;
  readonly continueAsNewAfterCases: number;
}

/** Whether a failure of the hook fails the case, or the sweep; null: there is no such hook. */
type StrictHook = { readonly strict: boolean } | null;

export interface SweepResult {
  readonly counts: SweepCounts;
  /** What the folders say, which is what counts in the end. */
  readonly checked: BatchChecked;
  /** What the hook behind the whole batch failed with. */
  readonly hookFailure: string | null;
}

export type SweepCounts = Readonly<Record<CaseState, number>>;

export type SweepPhase =
  | 'starting'
  | 'running'
  | 'paused'
  | 'stopping'
  | 'checking'
  | 'summarizing'
  | 'archiving'
  | 'hook'
  | 'complete';

/** Answer of the books query. */
export interface SweepProgress extends SweepCarry {
  readonly phase: SweepPhase;
  readonly jobs: number;
  readonly counts: SweepCounts;
}

export const sweepWorkflowType = 'sweep';
export const booksQueryName = 'books';
/** Signal with a number: so many cases at a time from now on. Pause and resume have the names that they have for a run. */
export const jobsSignalName = 'jobs';
