/** Entry of a compute thread: one call computes one segment. CPU work lives here so that the worker's own thread can heartbeat. */
import type { RowsWritten, SegmentProgress, SegmentTask } from '../activities/segmentTask.js';
import type { RunSpec } from '../config/runSpec.js';
import type { Status } from '../sim/model.js';
import { batchRowsFor } from '../store/batchRows.js';
import { saveCheckpoint } from '../store/checkpoints/save.js';
import { sha256 } from '../store/durable.js';
import { edgeAt, type PartRecord } from '../store/parts.js';
import { newestRecovery, sweepRecoveries } from '../store/recovery.js';
import { decodedState, type RunFolder } from '../store/runFolder.js';
import { historyState, stateHash, thinStates } from '../store/states.js';
import { nextBoundary } from '../workflows/segments.js';
import { writeOnceTables } from './onceTables.js';
import { preparedRun } from './preparedRun.js';
import { RecoveryFiles } from './recoveryFiles.js';
import { refuseMoreSteps, SegmentEnd } from './segmentEnd.js';
import type { ThreadFailure } from './segmentFailure.js';
import { SegmentRows } from './segmentRows.js';
import { StepGate } from './stepGate.js';
import { type Attended, answering, progressEvery } from './threadTask.js';

export type ThreadTask = SegmentTask & Attended;

export default function runSegment(task: ThreadTask): RowsWritten | ThreadFailure {
  return answering(task, compute);
}

function compute(task: ThreadTask): RowsWritten {
  const run = preparedRun(task.outdir, task.specHash);
  const { layout, spec, model, params } = run;
  const start = placeToStart(run, task);
  const { fromTime, fromSteps } = start;
  let { state, status } = start;
  const tables = model.tables(params);
  const firstRows = tables.map((_, i) => task.rows[i] ?? 0);
  const rows = new SegmentRows(
    {
      folder: layout.parts,
      name: task.attemptName,
      identity: spec.identity,
      segment: task.segment,
      tables,
      batchRows: batchRowsFor(spec.streaming, tables, task.batchRows),
    },
    edgeAt(start.hash, status),
    firstRows,
    start.parts,
  );
  const recovery = new RecoveryFiles(run, task, { fromTime, fromSteps }, rows);
  const gate = new StepGate(task.gate, (steps) => task.port.postMessage({ halted: steps }));
  const limits = new SegmentEnd(gate, spec.segments, status.steps - fromSteps);
  try {
    if (task.state.length > 0) writeOnceTables(model, params, rows.counts(), rows);
    // Each multiple of the interval that lies ahead, until the segment is worth its costs.
    for (let boundary = firstBoundary(task, status, spec); ; boundary = nextOf(spec, status)) {
      // Cutting a run does not change it, so a segment advances in slices and says after each how far it is.
      while (!limits.reached && !status.done && status.time < boundary) {
        refuseMoreSteps(spec.segments.runSteps, status);
        const slice = limits.slice(
          progressEvery,
          Math.min(recovery.stepsToNext(status), spec.segments.runSteps - status.steps),
        );
        state = model.advance(state, params, boundary, slice, rows);
        status = model.status(state, params);
        task.port.postMessage({ segment: task.segment, status } satisfies SegmentProgress);
        const ends = limits.reached || status.done || status.time >= boundary;
        if (!ends && recovery.isDue(status)) recovery.write(model.encode(state), status);
      }
      // Only here, wherever the segments were cut, so that every run leaves the same files.
      if (spec.checkpoints.enabled && (status.done || status.time >= boundary)) {
        const place = { outdir: task.outdir, ...spec.checkpoints };
        saveCheckpoint(place, { model, params, identity: spec.identity }, state, rows.counts());
      }
      if (limits.reached || status.done || !limits.within(task.joinFor)) break;
    }
    const conserved = model.conserved(state, params);
    const encoded = model.encode(state);
    const counts = rows.counts();
    // The state first: parts that end in a state which cannot be found are of no use.
    const next = forTheHistory(run, task, encoded);
    const parts = rows.finish(edgeAt(sha256(encoded), status), next);
    return { parts, rows: counts, state: next, fromTime, status, conserved };
  } finally {
    rows.abort();
  }
}

const nextOf = ({ segments }: RunSpec, { time }: Status) => nextBoundary(time, segments.interval);

/** A joined segment may have a recovery file behind its first multiple; another one is over where its boundary is reached. */
function firstBoundary({ boundary, joinFor }: ThreadTask, status: Status, spec: RunSpec): number {
  return joinFor > 0 && status.time >= boundary ? nextOf(spec, status) : boundary;
}

interface Start {
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  readonly state: any;
  readonly status: Status;
  /** SHA-256 of the encoded state. */
  readonly hash: string;
  /** Time and steps at which the segment began, maybe in an earlier attempt. */
  readonly fromTime: number;
  readonly fromSteps: number;
  readonly parts: readonly PartRecord[];
}

/** Where an earlier attempt has left off if it has left a recovery file, else the start of the segment. */
function placeToStart(folder: RunFolder, task: ThreadTask): Start {
  const { layout, spec, model, params } = folder;
  sweepRecoveries(layout, task.segment);
  const startHash = stateHash(task.state);
  const { segment, joinFor } = task;
  const boundary = joinFor > 0 ? Number.POSITIVE_INFINITY : task.boundary;
  const found = newestRecovery(layout, { identity: spec.identity, segment, startHash, boundary });
  if (found !== null) {
    const { fromTime, fromSteps, parts } = found.recovery;
    const state = model.decode(found.state);
    return {
      state,
      status: model.status(state, params),
      hash: sha256(found.state),
      fromTime,
      fromSteps,
      parts,
    };
  }
  const state = decodedState(folder, task.state);
  const status = model.status(state, params);
  return { state, status, hash: startHash, fromTime: status.time, fromSteps: status.steps, parts: [] };
}

function forTheHistory({ layout }: RunFolder, task: ThreadTask, encoded: Uint8Array): Uint8Array {
  preparedRun(task.outdir, task.specHash); // throws when the run has ended while this attempt stood still
  const next = historyState(layout, task.segment + 1, encoded, task.inlineStateLimit);
  if (next === encoded) return encoded;
  thinStates(layout, task.segment + 1, task.keepStateEvery);
  return next;
}
