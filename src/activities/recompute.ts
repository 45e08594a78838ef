/** The segments of a finished run computed once more, in a folder of their own, for the files that it has lost. */
import fs from 'node:fs';
import { ApplicationFailure } from '@temporalio/common';
import type { RunSpec, SegmentLimits } from '../config/runSpec.js';
import { modelOf } from '../sim/models.js';
import { makeFolder } from '../store/durable.js';
import { DamagedData } from '../store/error.js';
import type { Essentials, Stretch } from '../store/kept.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import type { SegmentRecord } from '../store/manifest.js';
import { type MergeRecord, mergeSeries } from '../store/merge.js';
import { publishSpec } from '../store/specs.js';
import { stateOf } from '../store/states.js';
import type { Dependencies } from './dependencies.js';
import type { SegmentTask } from './segmentTask.js';
import { underItsName } from './threadFailure.js';

export interface Recomputed {
  readonly layout: RunLayout;
  /** All merged files, in the folder above. */
  readonly record: MergeRecord;
  /** Encoded state at the end of the run. */
  readonly end: Uint8Array;
}

/** What recomputing asks of whoever computes. */
export type Computing = Pick<
  Dependencies,
  'computePool' | 'onEvent' | 'partBatchRows' | 'inlineStateLimit' | 'keepStateEvery' | 'recovery'
>;

/** A single stretch that ends where the run does. */
export const wholeRun: readonly Stretch[] = [
  { toTime: 0, steps: 0, startState: '', startHash: '', endHash: null, rows: [] },
];

/**
 * Computes all rows of a run again and merges them, below `folder`. Each stretch must end in the state that was recorded.
 * @throws DamagedData when this engine comes to other states
 */
export async function recompute(
  computing: Computing,
  folder: string,
  spec: Essentials,
  stretches: readonly Stretch[],
  signal?: AbortSignal,
): Promise<Recomputed> {
  fs.rmSync(folder, { recursive: true, force: true }); // of an attempt that was killed
  const layout = layoutOf(folder);
  makeFolder(folder);
  const specHash = publishSpec(layout, specIn(folder, spec)).sha256;
  const bound = modelOf(spec);
  const tables = bound.model.tables(bound.params);
  const segments: SegmentRecord[] = [];
  let state = new Uint8Array(0);
  for (const [index, stretch] of stretches.entries()) {
    if (stretch.startState !== null) state = new Uint8Array(Buffer.from(stretch.startState, 'base64'));
    const isLast = index === stretches.length - 1;
    const boundary = isLast ? Number.MAX_VALUE : stretch.toTime;
    const rows = tables.map((_, i) => stretch.rows[i] ?? 0);
    const task = { outdir: folder, specHash, segment: index, boundary, rows, state };
    const running = computing.computePool.start(taskOf(computing, task));
    const stop = () => running.stop();
    signal?.addEventListener('abort', stop);
    const written = await running.done.catch(underItsName);
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
    const { parts, fromTime, status } = written;
    const endHash = parts.at(-1)!.endHash;
    const reached = isLast ? status.done : status.time >= stretch.toTime;
    if (!reached) throw ApplicationFailure.retryable('the worker stops', 'Draining');
    if (stretch.endHash !== null && endHash !== stretch.endHash) throw otherState(folder, index);
    computing.onEvent('segment-recomputed', { segment: index, steps: status.steps });
    const startHash = segments.at(-1)?.endHash ?? stretch.startHash;
    const record = { index, fromTime, toTime: status.time, steps: status.steps };
    segments.push({ ...record, startState: null, startHash, endHash, parts });
    state = written.state as Uint8Array<ArrayBuffer>;
  }
  const firstRows = stretches[0]!.rows;
  const { identity, model } = spec;
  const record = await mergeSeries({ layout, tables, segments, firstRows, identity, model });
  return { layout, record, end: stateOf(layout, state) };
}

function taskOf(
  { partBatchRows, inlineStateLimit, keepStateEvery, recovery }: Computing,
  task: Pick<SegmentTask, 'outdir' | 'specHash' | 'segment' | 'boundary' | 'rows' | 'state'>,
): SegmentTask {
  const attemptName = `s${String(task.segment).padStart(6, '0')}.a1.00000000`;
  return {
    ...task,
    joinFor: 0,
    attemptName,
    batchRows: partBatchRows,
    inlineStateLimit,
    keepStateEvery,
    recovery,
  };
}

const unlimited: SegmentLimits = {
  interval: Number.MAX_VALUE,
  maxSteps: null,
  maxCompute: Number.MAX_VALUE,
  minCompute: null,
  runSteps: Number.MAX_SAFE_INTEGER,
};

/** The run once more, apart from what only its first life had: nothing but stretches ends its segments, and it leaves no checkpoint files. */
function specIn(folder: string, essentials: Essentials): RunSpec {
  return {
    ...essentials,
    segments: unlimited,
    checkpoints: { enabled: false, folder, format: 'binary', keepLast: 0 },
    resume: { enabled: false, from: null },
    streaming: { memoryLimit: null, flushRows: null, merge: true, removeParts: true },
    memoryLimit: Number.MAX_VALUE,
    archive: null,
    outdir: folder,
    figures: false,
    configuration: {},
    origins: {},
    inputs: [],
  };
}

function otherState(folder: string, index: number): DamagedData {
  return new DamagedData(
    folder,
    `segment ${index}, computed again, ends in another state than the one that was recorded`,
    'Another Node or marsdisk has computed the run: use that one, or --restart to compute all of it again.',
  );
}
