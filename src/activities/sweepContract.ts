/** Types that the workflow of a sweep and its activities share. Nothing here exists at run time. */
import type { RunHead } from '../config/runSpec.js';
import type { AxisValue, Hook } from '../config/sweep/sweepSpec.js';
import type { CaseEnd } from '../store/batch/caseStatus.js';
import type { CheckedStatus } from '../store/completeness/finding.js';
import type { Essentials } from '../store/kept.js';
import type { SummaryState } from '../store/sweepSummary/caseRow.js';
import type { Carry } from '../workflows/messages.js';

/** A batch to be held against its definition. */
export interface BatchCheckRequest {
  /** Folder of the batch. */
  readonly outdir: string;
  /** Root of the archive to look into; null: none. */
  readonly archive: string | null;
}

/** A finished run that has lost files. */
export interface MendRequest {
  readonly outdir: string;
  /** What it must be; null: as its own files say. */
  readonly spec: Essentials | null;
}

/** What is in the batch's checks/sweep_completeness.json, in short. */
export interface BatchChecked {
  readonly expected: number;
  readonly byStatus: Readonly<Partial<Record<CheckedStatus, number>>>;
  /** The first of the cases that are not whole. */
  readonly notOk: readonly { readonly title: string; readonly status: CheckedStatus }[];
  /** Folders that no case accounts for. */
  readonly unexpected: readonly string[];
}

export interface SummarizeRequest {
  /** Folder of the batch. */
  readonly batch: string;
}

export interface SummarizedBatch {
  readonly rows: number;
  /** Cases by how they ended. */
  readonly counts: Readonly<Record<SummaryState, number>>;
  /** Of summary.parquet. */
  readonly bytes: number;
  readonly sha256: string;
}

/** A user's command behind a case, or behind the whole batch. */
export interface HookRequest {
  readonly hook: Hook;
  /** Folder of the batch. */
  readonly batch: string;
  readonly tag: string;
  /** Null: the command runs behind the whole batch. */
  readonly case: { readonly title: string; readonly values: Readonly<Record<string, AxisValue>> } | null;
  /** How the case, or the sweep, ended. */
  readonly state: string;
  readonly reason: string | null;
}

export interface HookResult {
  readonly ok: boolean;
  /** Of the last attempt; null: ended by a signal, or by the time limit. */
  readonly exitCode: number | null;
  /** For people; null when it succeeded. */
  readonly reason: string | null;
  readonly attempts: number;
  /** End of what the last attempt wrote to stderr. */
  readonly stderr: string;
  /** File with what it wrote, absolute. */
  readonly log: string;
}

/** Which of the cases that are not complete shall be computed. */
export interface WhichCases {
  /** Those that have failed before, once more. */
  readonly failed: boolean;
  /** Those that have never begun, or have not come to an end. */
  readonly missing: boolean;
  /** Complete ones whose files are lost or damaged. */
  readonly damaged: boolean;
}

/** Cases of a batch that shall be computed next. */
export interface PrepareRequest {
  /** Folder of the batch. */
  readonly outdir: string;
  readonly cases: readonly number[];
  readonly which: WhichCases;
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** How a case ended. */
export interface EndedCase {
  readonly index: number;
  readonly state: CaseEnd;
  /** Null for a complete one. */
  readonly reason: string | null;
}

/** A case whose workflow goes on already, begun by an earlier execution of the sweep. */
export interface RunningCase {
  readonly index: number;
  readonly state: 'running';
  readonly workflowId: string;
}

/** What the workflow of a case begins with, beside `blobs` binary arguments. */
export interface ReadyCase {
  readonly index: number;
  readonly state: 'ready';
  readonly workflowId: string;
  readonly spec: RunHead;
  readonly specHash: string;
  /** Books of the execution that it goes on from; null: it begins at the beginning. */
  readonly carry: Carry | null;
  /** Why it goes on in a new execution; null for the first one. */
  readonly restart: string | null;
  readonly blobs: number;
  /** `T=4000`, `eps=0.5`, ... */
  readonly values: readonly string[];
}

/** A case that this sweep shall not touch. */
export interface LeftCase {
  readonly index: number;
  readonly state: 'left';
  readonly reason: string;
}

/** A case that is computed, behind which the user's command has not run, or shall run again. */
export interface WholeCase {
  readonly index: number;
  readonly state: 'whole';
  readonly workflowId: string;
}

export type PreparedCase = EndedCase | RunningCase | ReadyCase | LeftCase | WholeCase;

/** A hook of the batch's definition. */
export interface HookOrder {
  /** Folder of the batch. */
  readonly outdir: string;
  /** Null: the one behind the whole batch. */
  readonly index: number | null;
  /** How the case, or the sweep, ended. */
  readonly state: string;
  readonly reason: string | null;
}

export interface WatchRequest {
  readonly cases: readonly { readonly index: number; readonly workflowId: string }[];
}

/** The books of a sweep as they go into its folder. */
export interface RecordRequest {
  /** Folder of the batch. */
  readonly outdir: string;
  readonly ended: readonly EndedCase[];
}

/** Behind everything else. */
export interface ConcludeRequest {
  /** Folder of the batch. */
  readonly outdir: string;
  readonly hookFailure: string | null;
}
