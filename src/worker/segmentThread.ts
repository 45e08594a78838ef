/** Entry of a compute thread: one call computes one segment. CPU work lives here so that the worker's own thread can heartbeat. */
import type { MessagePort } from 'node:worker_threads';
import type { RowsWritten, SegmentProgress, SegmentTask } from '../activities/segmentTask.js';
import type { RunSpec } from '../config/runSpec.js';
import type { Model, RowSink, Status } from '../sim/model.js';
import { modelNamed } from '../sim/models.js';
import { saveCheckpoint } from '../store/checkpoints/save.js';
import { sha256 } from '../store/durable.js';
import { layoutOf } from '../store/layout.js';
import { openPart, type PartEdge } from '../store/parts.js';
import { readSpec } from '../store/specs.js';
import { writeOnceTables } from './onceTables.js';
import { asValue, SegmentFailure, type ThreadFailure } from './segmentFailure.js';
import { StepGate } from './stepGate.js';

export interface ThreadTask extends SegmentTask {
  readonly gate: SharedArrayBuffer;
  readonly port: MessagePort;
}

interface Prepared {
  readonly hash: string;
  readonly spec: RunSpec;
  // biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
  readonly model: Model<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: checked by the model's schema
  readonly params: any;
}

/** Coefficient tables hang on the identity of the params object: keep the last run's for its next segment. */
let last: Prepared | null = null;

/** How often the thread says how far it is, ms. */
const progressEvery = 250;

export default function runSegment(task: ThreadTask): RowsWritten | ThreadFailure {
  try {
    return compute(task);
  } catch (error) {
    return asValue(error);
  } finally {
    task.port.close();
  }
}

function compute(task: ThreadTask): RowsWritten {
  const { spec, model, params } = prepared(task);
  const gate = new StepGate(task.gate, (steps) => task.port.postMessage({ halted: steps }));
  const tables = model.tables(params);
  let state = task.state.length === 0 ? model.initial(params) : model.decode(task.state);
  let status = model.status(state, params);
  const fromTime = status.time;
  const part = openPart({
    folder: layoutOf(task.outdir).parts,
    name: task.attemptName,
    identity: spec.identity,
    segment: task.segment,
    tables,
    firstRows: tables.map((_, i) => task.rows[i] ?? 0),
    batchRows: task.batchRows,
    start: edgeAt(task.state, status),
  });
  const sink: RowSink = { write: (table, values) => part.write(table, values) };
  try {
    if (task.state.length > 0) writeOnceTables(model, params, part.rows(), sink);
    const limits = new SegmentEnd(gate, spec);
    // Cutting a run does not change it, so a segment advances in slices and says after each how far it is.
    while (!limits.reached && !status.done && status.time < task.boundary) {
      state = model.advance(state, params, task.boundary, limits.slice(), sink);
      status = model.status(state, params);
      task.port.postMessage({ segment: task.segment, status } satisfies SegmentProgress);
    }
    // Only here, wherever the segments were cut, so that every run leaves the same files.
    if (spec.checkpoints.enabled && (status.done || status.time >= task.boundary)) {
      const place = { outdir: task.outdir, ...spec.checkpoints };
      saveCheckpoint(place, { model, params, identity: spec.identity }, state, part.rows());
    }
    const conserved = model.conserved(state, params);
    const encoded = model.encode(state);
    const rows = part.rows();
    const record = part.close(edgeAt(encoded, status));
    return { parts: [record], rows, state: encoded, fromTime, status, conserved };
  } finally {
    part.abort();
  }
}

function edgeAt(encoded: Uint8Array, { steps, time }: Status): PartEdge {
  return { hash: sha256(encoded), steps, time };
}

function prepared(task: ThreadTask): Prepared {
  if (last?.hash === task.specHash) return last;
  const spec = readSpec(layoutOf(task.outdir), task.specHash);
  if (spec === null)
    throw new SegmentFailure('SpecMissing', `no specification ${task.specHash} in ${task.outdir}`);
  const model = modelNamed(spec.model);
  last = { hash: task.specHash, spec, model, params: model.params.parse(spec.params) };
  return last;
}

/** The limits of a segment and the word from outside, asked between two steps. None of them changes a step. */
class SegmentEnd {
  reached = false;
  private steps = 0;
  private readonly began = performance.now();

  constructor(
    private readonly gate: StepGate,
    private readonly spec: RunSpec,
  ) {}

  /** A stop rule for the next slice: true at the end of the segment or when it is time to report. */
  slice(): () => boolean {
    const from = performance.now();
    const { maxSteps, maxCompute } = this.spec.segments;
    return () => {
      this.steps += 1;
      this.gate.step(this.steps);
      const now = performance.now();
      this.reached =
        this.gate.stopped ||
        (maxSteps !== null && this.steps >= maxSteps) ||
        now - this.began >= maxCompute * 1000;
      return this.reached || now - from >= progressEvery;
    };
  }
}
