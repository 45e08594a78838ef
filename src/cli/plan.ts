/** What a run will take, from its configuration alone: no server is asked and no file is written. */

import { temporalConfig } from '../../temporal.config.js';
import { plannedSegments } from '../config/plannedSegments.js';
import type { RunSpec } from '../config/runSpec.js';
import type { PlanFigures } from '../report/planText.js';
import type { Stretch } from '../sim/model.js';
import { modelOf } from '../sim/models.js';
import { batchRowsFor } from '../store/batchRows.js';
import { mergeMemory, partsBytes, rowsInMemory, seriesBytes } from '../store/planned.js';

/** Node, the SDKs of Temporal, Arrow and Parquet: measured peak of a run with hardly any rows. */
export const machinery = 290 * 2 ** 20;

/** Vega, its fonts and the picture: measured. */
const figure = 80 * 2 ** 20;

/** The tables of a run stand in its compute thread and, while a command checks the configuration, in the command. */
const tableCopies = 2.3;

/** What a step took in the original program, which kept all rows as Python objects (measured there: 46 kB). */
const originalStep = 46_000;

/** Events of a segment in the database of the server without the state, which stands there twice: measured with SQLite. */
const historySegment = 10_500;

/** The specification travels with the start of the run, with its publication and with the summary. */
const specCopies = 4;

/** Peak memory of the process that computes a run, bytes, but for the rows on their way to a part. Nothing large is made to know it. */
export function leastMemory(spec: RunSpec): number {
  const { model, params } = modelOf(spec);
  return machinery + mergeMemory + (spec.figures ? figure : 0) + tableCopies * model.workingBytes(params);
}

/** Peak memory of the process that computes a run, bytes. It does not depend on how many rows the run has. */
export function memoryNeeded(spec: RunSpec): number {
  const { model, params } = modelOf(spec);
  const tables = model.tables(params);
  const batch = batchRowsFor(spec.streaming, tables, temporalConfig.partBatchRows);
  return (
    leastMemory(spec) +
    rowsInMemory(
      tables,
      tables.map(() => batch),
    )
  );
}

/** What a plan goes by. */
export interface Planning {
  /** See `measuredStep`. */
  readonly secondsPerStep: number;
  /** Compute that a segment has at the least unless the configuration says so, s. */
  readonly joinFor: number;
}

export function planOf(spec: RunSpec, { secondsPerStep, joinFor }: Planning): PlanFigures {
  const { model, params } = modelOf(spec);
  const tables = model.tables(params);
  const { steps, rows, stateBytes, pace } = model.estimate(params);
  const segments = plannedSegments(pace, spec.segments, secondsPerStep, spec.segments.minCompute ?? joinFor);
  const series = Math.ceil(seriesBytes(tables, rows));
  const parts = Math.ceil(
    partsBytes(tables, rows, segments, batchRowsFor(spec.streaming, tables, temporalConfig.partBatchRows)),
  );
  const { kept, bytes: checkpoints } = checkpointFiles(spec, pace, stateBytes);
  const history = specCopies * JSON.stringify(spec).length + segments * (historySegment + 2 * stateBytes);
  const withSegments = Math.ceil(memoryNeeded(spec));
  return {
    steps,
    segments,
    rows: Object.fromEntries(tables.map(({ name }, i) => [name, rows[i]!])),
    computeSeconds: steps * secondsPerStep,
    memory: {
      withSegments,
      withoutSegments: withSegments + rowsInMemory(tables, rows),
      original: steps * originalStep,
      limit: spec.memoryLimit,
    },
    disk: { series, parts, checkpoints, history, peak: series + parts + checkpoints + history },
    checkpointFiles: kept,
  };
}

/** What a file says beside the state, and how much longer numbers are as text. */
const checkpointHeader = 1000;
const asText = 8;

/** One file behind each step that passes a multiple of the interval, and one at the end. */
function checkpointFiles(spec: RunSpec, pace: readonly Stretch[], stateBytes: number) {
  const { enabled, keepLast, format } = spec.checkpoints;
  if (!enabled) return { kept: 0, bytes: 0 };
  const written = plannedSegments(
    pace,
    { ...spec.segments, maxSteps: null, maxCompute: Number.POSITIVE_INFINITY },
    0,
  );
  const kept = keepLast === 0 ? written : Math.min(written, keepLast);
  return { kept, bytes: kept * (checkpointHeader + (format === 'json' ? asText : 1) * stateBytes) };
}

/** Steps that are timed, at the most, and how long that may take, ms. */
const timedSteps = 40;
const timedFor = 500;

/** Seconds of a step on this machine: the quickest of the first few of the run itself, because others may be computing here, too. */
export function measuredStep(spec: RunSpec): number {
  const { model, params } = modelOf(spec);
  const taken: number[] = [];
  const began = performance.now();
  let last = began;
  const stop = () => {
    const now = performance.now();
    taken.push(now - last);
    last = now;
    return taken.length >= timedSteps || now - began > timedFor;
  };
  model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, stop, { write() {} });
  return taken.length === 0 ? 0 : Math.min(...taken) / 1000;
}
