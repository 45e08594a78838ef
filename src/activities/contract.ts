/** Types that workflows and activities share. Nothing here exists at run time. */
import type { Archive, RunHead, RunSpec } from '../config/runSpec.js';
import type { Status } from '../sim/model.js';
import type { CaseEnd } from '../store/batch/caseStatus.js';
import type { ManifestRef, SegmentRecord } from '../store/manifest.js';
import type { PartRecord } from '../store/parts.js';
import type { Mended } from './mending.js';
import type { SharingRun } from './segmentTask.js';
import type {
  BatchChecked,
  BatchCheckRequest,
  ConcludeRequest,
  EndedCase,
  HookOrder,
  HookResult,
  MendRequest,
  PrepareRequest,
  RecordRequest,
  SummarizedBatch,
  SummarizeRequest,
  WatchRequest,
} from './sweepContract.js';

export type * from './sweepContract.js';
export type {
  Archive,
  CaseEnd,
  ManifestRef,
  Mended,
  PartRecord,
  RunHead,
  RunSpec,
  SegmentRecord,
  SharingRun,
  Status,
};

/** What a segment needs beside the state, which travels as a second, binary argument (empty: start from the beginning). */
export interface SegmentRequest {
  readonly outdir: string;
  readonly specHash: string;
  readonly segment: number;
  /** Model time whose first step at or beyond it ends the segment, s. */
  readonly boundary: number;
  /** With less compute than this behind it the segment goes on to the next multiple of the interval, s; absent: 0. */
  readonly joinFor?: number;
  /** Rows written before this segment, per table. */
  readonly rows: readonly number[];
  /** Of a run that has no segment yet: how to bring it to its end when this one is also its last. */
  readonly end?: EndOrder;
}

/** Header of the envelope that a segment returns; its only blob is the next state. */
export interface SegmentResult {
  readonly record: Omit<SegmentRecord, 'startState'>;
  readonly rows: readonly number[];
  readonly status: Status;
  readonly attempt: number;
  /** Fingerprint of the engine that computed it; absent in histories recorded before it was taken. */
  readonly engine?: string;
  /** Markdown for the server's UI. */
  readonly details: string;
  /** True when the run has been brought to its end, too. */
  readonly finished?: boolean;
}

/** A segment that is the same for several runs; the state in front of it travels as a second, binary argument. */
export interface SharedRequest {
  /** Of the first member, which is the one that is computed. */
  readonly outdir: string;
  readonly segment: number;
  /** Rows written before this segment, per table. */
  readonly rows: readonly number[];
  readonly members: readonly SharingRun[];
}

/** Header of the envelope that a shared segment returns; its only blob is the next state, which is that of every member. */
export interface SharedResult extends Omit<SegmentResult, 'record' | 'details'> {
  readonly record: Omit<SegmentResult['record'], 'parts'>;
  /** Of each member, in its folder. */
  readonly parts: readonly PartRecord[];
  /** Whether each member has ended. */
  readonly done: readonly boolean[];
  /** Places of the members that go on by themselves. */
  readonly leaving: readonly number[];
}

export interface ManifestRequest {
  readonly outdir: string;
  readonly previous: ManifestRef | null;
  readonly segments: readonly Omit<SegmentRecord, 'startState'>[];
}

/** Names the finished computation to the activities after the last segment. */
export interface FinishRequest {
  readonly outdir: string;
  readonly specHash: string;
  /** Where the segments are recorded, or they themselves. */
  readonly manifest: ManifestRef | readonly SegmentRecord[];
  /** Rows up to the end of the run, per table. */
  readonly rows: readonly number[];
  /** Rows in front of the checkpoint that the run began at, per table; absent: it began at the beginning. */
  readonly firstRows?: readonly number[];
}

/** The checkpoint that a run began at in place of its beginning. */
export interface ResumedFrom {
  /** Name of the file. */
  readonly file: string;
  /** Accepted steps and model time, s, at the checkpoint. */
  readonly step: number;
  readonly time: number;
  /** Hash of its state. */
  readonly hash: string;
  /** Rows in front of it, per table, that the series of this run do not have. */
  readonly rows: readonly number[];
}

export interface Merged {
  /** Parts that were lost or damaged and have been computed again. */
  readonly repaired: readonly string[];
}

/** What only the workflow knows of how a run was executed; goes to the summary's `execution` block. */
export interface ExecutionRecord {
  readonly workflowId: string;
  readonly segments: number;
  /** All restarts; `restarts` names the latest. */
  readonly restartCount: number;
  readonly restarts: readonly { readonly segment: number; readonly cause: string }[];
  readonly repaired: readonly string[];
  /** Engines that computed the run, each with the first segment it computed; more than one: see `engineFingerprint`. */
  readonly engines: readonly { readonly segment: number; readonly fingerprint: string }[];
  /** Null when the run began at the beginning. */
  readonly resumedFrom: ResumedFrom | null;
}

export interface CheckpointRequest {
  readonly outdir: string;
  readonly specHash: string;
  /** Rows written so far, per table. */
  readonly rows: readonly number[];
}

/** All that is left to do for a case behind its last segment. */
export interface FinishCaseRequest {
  /** Of the case, as in `spec`. */
  readonly outdir: string;
  readonly spec: RunHead;
  readonly finish: Omit<FinishRequest, 'manifest'>;
  /** What no manifest entry names yet, with the entry before. */
  readonly segments: ManifestRequest['segments'];
  readonly previous: ManifestRef | null;
  readonly execution: Omit<ExecutionRecord, 'repaired'>;
  readonly removeParts: boolean;
}

/** Names a complete run, or a batch for its own files, to the activity that archives it. */
export interface ArchiveRequest {
  readonly outdir: string;
  readonly archive: Archive;
  /** Remove the parts behind series that stay in the archive alone. */
  readonly removeParts: boolean;
}

/** For a run of one short segment, whose activity goes on with `finishCase`. */
export interface EndOrder extends Pick<FinishCaseRequest, 'spec' | 'execution' | 'removeParts'> {
  readonly firstRows: readonly number[];
}

export interface Activities {
  /** Answers an envelope: the prepared cases, and the binary arguments of the ready ones in order. */
  prepareCases(request: PrepareRequest): Promise<Uint8Array>;
  /** Waits until at least one of the cases has ended, or for some minutes. */
  watchCases(request: WatchRequest): Promise<EndedCase[]>;
  recordCases(request: RecordRequest): Promise<void>;
  concludeSweep(request: ConcludeRequest): Promise<void>;
  publishSpec(spec: RunHead): Promise<string>;
  advanceSegment(request: SegmentRequest, state: Uint8Array): Promise<Uint8Array>;
  /** Like `advanceSegment`, for several runs at once. */
  advanceTogether(request: SharedRequest, state: Uint8Array): Promise<Uint8Array>;
  appendManifest(request: ManifestRequest, ...startStates: Uint8Array[]): Promise<ManifestRef>;
  checkParts(request: FinishRequest): Promise<Merged>;
  writeCheckpoint(request: CheckpointRequest, state: Uint8Array): Promise<string>;
  mergeSeries(request: FinishRequest): Promise<Merged>;
  checkRun(request: FinishRequest, state: Uint8Array): Promise<void>;
  drawFigure(request: FinishRequest): Promise<void>;
  removeParts(request: FinishRequest): Promise<void>;
  /** Manifest, merge, check, removal of the parts and summary in one: a case in thousands cannot afford an entry of the history for each. */
  finishCase(request: FinishCaseRequest, state: Uint8Array, ...startStates: Uint8Array[]): Promise<void>;
  archiveRun(request: ArchiveRequest): Promise<void>;
  writeSummary(spec: RunHead, execution: ExecutionRecord, state: Uint8Array): Promise<void>;
  mendRun(request: MendRequest): Promise<Mended>;
  checkBatch(request: BatchCheckRequest): Promise<BatchChecked>;
  /** Writes summary.parquet of a batch whose cases have ended. */
  summarizeBatch(request: SummarizeRequest): Promise<SummarizedBatch>;
  /** Beats every second; a worker that is lost meanwhile takes the command with it, and it begins again: retry without limit. */
  runHook(order: HookOrder): Promise<HookResult>;
}

/** Failure types that end a run instead of being tried again; the command line maps them to exit codes. */
export type FatalFailure = 'PhysicsError' | 'StateError' | 'DamagedData' | 'SpecMissing';
