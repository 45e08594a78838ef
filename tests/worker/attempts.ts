/** Attempts at segments as a compute thread makes them, in this process: no server, no kill needed to leave what a killed one leaves. */
import { MessageChannel } from 'node:worker_threads';
import { repairTask } from '../../src/activities/repair.js';
import type { RowsWritten, SegmentTask } from '../../src/activities/segmentTask.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import { modelNamed } from '../../src/sim/models.js';
import { layoutOf } from '../../src/store/layout.js';
import type { SegmentRecord } from '../../src/store/manifest.js';
import { publishSpec } from '../../src/store/specs.js';
import { stateHash } from '../../src/store/states.js';
import repairPart from '../../src/worker/repairThread.js';
import runSegment from '../../src/worker/segmentThread.js';
import { StepGate } from '../../src/worker/stepGate.js';

export interface Attempt {
  /** Ends it so many steps behind the beginning of its segment. */
  readonly steps?: number;
  readonly boundary?: number;
  readonly interval?: number;
  readonly joinFor?: number;
  readonly runSteps?: number;
  readonly recoveryEvery?: number;
  readonly inlineStateLimit?: number;
}

/** What the workflow knows between two segments. */
export interface Books {
  readonly segments: readonly SegmentRecord[];
  readonly state: Uint8Array;
  readonly rows: readonly number[];
  readonly done: boolean;
}

export const atTheBeginning: Books = { segments: [], state: new Uint8Array(0), rows: [], done: false };

let count = 0;

/** Computes the next segment. Whether it is accepted is the caller's business: a zombie's, or a killed one's, is not. */
export function attempt(spec: RunSpec, books: Books, how: Attempt = {}): RowsWritten {
  const segments = {
    interval: how.interval ?? 1e20,
    maxSteps: how.steps ?? null,
    maxCompute: 1e9,
    minCompute: null,
    runSteps: how.runSteps ?? 1e7,
  };
  const { sha256 } = publishSpec(layoutOf(spec.outdir), { ...spec, segments });
  const { port1, port2 } = new MessageChannel();
  const segment = books.segments.length;
  count += 1;
  const task: SegmentTask = {
    outdir: spec.outdir,
    specHash: sha256,
    segment,
    boundary: how.boundary ?? 1e20,
    joinFor: how.joinFor ?? 0,
    rows: books.rows,
    state: books.state,
    attemptName: `s${String(segment).padStart(6, '0')}.a${count}.00000000`,
    batchRows: 16,
    inlineStateLimit: how.inlineStateLimit ?? 32768,
    keepStateEvery: 100,
    recovery: { everySeconds: 1e9, everySteps: how.recoveryEvery ?? null },
  };
  const found = runSegment({ ...task, gate: new StepGate().memory, port: port2 });
  port1.close();
  if ('failure' in found) throw new Error(found.failure.stack);
  return found;
}

/** The books behind a segment that was accepted. */
export function accepted(books: Books, written: RowsWritten): Books {
  const record: SegmentRecord = {
    index: books.segments.length,
    fromTime: written.fromTime,
    toTime: written.status.time,
    steps: written.status.steps,
    startState: Buffer.from(books.state).toString('base64'),
    startHash: stateHash(books.state),
    endHash: written.parts.at(-1)!.endHash,
    parts: written.parts,
  };
  const { state, rows, status } = written;
  return { segments: [...books.segments, record], state, rows, done: status.done };
}

/** Computes a lost part again. */
export function repair(
  spec: RunSpec,
  segments: readonly SegmentRecord[],
  at: { readonly segment: number; readonly part: number },
  inlineStateLimit: number,
): void {
  const layout = layoutOf(spec.outdir);
  const { sha256 } = publishSpec(layout, spec);
  const found = repairPart(repairTask(layout, sha256, segments, at, inlineStateLimit));
  if (found !== null) throw new Error(found.failure.stack);
}

export function tablesOf(spec: RunSpec) {
  const model = modelNamed(spec.model);
  return model.tables(model.params.parse(spec.params));
}
