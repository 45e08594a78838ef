import type { Estimate, Stretch } from '../model.js';
import { marsCodec } from './codec.js';
import { type Disk, diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import { startState } from './state.js';
import { DiskRun } from './step.js';

/** Tables of bins x bins doubles: kernel, outcomes, net coefficients, Jacobian, its factors, and their like. */
const squareTables = 11;

export function workingBytesOf(params: MarsParams): number {
  return 8 * squareTables * params.sizes.bins ** 2;
}

/** The trial run: so few bins that a step costs some 20 us, a tolerance that it meets in time, and an end of patience. */
const trialBins = 16;
const trialTolerance = 1e-8;
const trialSteps = 20_000;

/** Growth of the number of steps with a tighter tolerance, steps ~ rtol^-x: measured between 1e-8 and 1e-10. */
const tightening = 0.3;

/** Steps that landing on a row takes where the free steps are longer than the rows are apart (measured: 1 to 2.2). */
const perLanding = 1.6;

/**
 * What a run will do, within a factor of two. The number of steps follows from the physics (stiff phases, kinks, stops that depend on the
 * state), which no formula knows, and hardly depends on the number of bins. So the same disk is integrated on 16 bins, without rows, with
 * its own tolerance but not below 1e-8: some 20 to 300 ms. Measured on 30 variants of the quickstart disk: 0.7 to 1.1 of the steps of the run.
 * @throws PhysicsError when the parameters contradict each other or the trial cannot go on
 */
export function estimateOf(params: MarsParams): Estimate {
  const disk = diskOf(params);
  const { output } = disk;
  const pace = tried(params).map((stretch, i, all) => {
    const from = i === 0 ? 0 : all[i - 1]!.until;
    return { until: stretch.until, steps: stepsBetween(disk, from, stretch) };
  });
  const end = pace.at(-1)?.until ?? 0;
  const steps = Math.ceil(pace.reduce((sum, stretch) => sum + stretch.steps, 0));
  const times = output.stride === null ? countTimes(output.at, end) : Math.floor(steps / output.stride);
  const rows = end > 0 ? times + 2 : 1;
  return {
    steps,
    rows: [
      ...[rows, sizeRows(rows, params.output.sizeHistoryStride), params.sizes.bins, rows],
      ...requestedRows(disk, rows, end),
    ],
    stateBytes: marsCodec.encode(startState(disk)).length,
    pace,
  };
}

/** Rows of the tables that a run has on request, in the order of `marsTables`. */
function requestedRows({ params, Omega }: Disk, rows: number, end: number): number[] {
  const { diagnosticsStride, orbitRollup } = params.output;
  return [
    ...(diagnosticsStride ? [sizeRows(rows, diagnosticsStride)] : []),
    ...(orbitRollup ? [Math.ceil((end * Omega) / (2 * Math.PI))] : []),
    ...(params.energy ? [rows, rows] : []),
  ];
}

/** Every stride-th row of `run`, and its last one. */
function sizeRows(rows: number, stride: number | null): number {
  if (stride === null) return 0;
  return Math.ceil(rows / stride) + ((rows - 1) % stride === 0 ? 0 : 1);
}

/** The steps of the trial run, one stretch each. */
function tried(params: MarsParams): Stretch[] {
  const rtol = Math.max(params.solver.rtol, trialTolerance);
  const { energy: _, ...lean } = params;
  const trial = diskOf({
    ...lean,
    sizes: { ...params.sizes, bins: Math.min(params.sizes.bins, trialBins) },
    solver: { ...params.solver, rtol },
    output: {
      mode: 'dense',
      every: { kind: 'steps', stride: Number.MAX_SAFE_INTEGER },
      sizeHistoryStride: null,
    },
  });
  // A dense table limits the steps of the run, not those of the trial: `stepsBetween` counts them without taking them.
  const free = { ...trial, longestStep: Number.POSITIVE_INFINITY };
  const run = new DiskRun(free, startState(free), { write() {} });
  const tighter = Math.exp(tightening * Math.log(rtol / params.solver.rtol));
  const stretches: Stretch[] = [];
  run.begin();
  while (!run.done && stretches.length < trialSteps) {
    run.step();
    stretches.push({ until: run.time, steps: tighter });
  }
  if (!run.done) stretches.push(rest(run.time, free.end.time, stretches));
  return stretches;
}

/** Beyond its last step a trial that was given up goes on with as many steps per decade of time as before. */
function rest(from: number, until: number, taken: readonly Stretch[]): Stretch {
  const steps = taken.reduce((sum, stretch) => sum + stretch.steps, 0);
  const decades = (a: number, b: number) => Math.max(Math.log(b / a), 0);
  return { until, steps: (steps * decades(from, until)) / decades(taken[0]!.until, from) };
}

/** Steps of the run where the trial took `steps`: more where it must land on its rows or follow the nodes of a dense table. */
function stepsBetween(disk: Disk, from: number, { until, steps }: Stretch): number {
  const taken = Math.max(steps, (until - from) / disk.longestStep);
  if (disk.params.output.mode === 'dense') return taken;
  const landings = countTimes(disk.output.at, until) - countTimes(disk.output.at, from);
  return landings === 0 ? taken : Math.max(perLanding * landings, taken + (perLanding - 1) * landings);
}

/** Number of output times up to `end`, by bisection on the index: there may be many millions. */
function countTimes(at: (index: number) => number, end: number): number {
  let low = -1;
  let high = 1;
  while (at(high) <= end) high *= 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) <= end) low = middle;
    else high = middle;
  }
  return high;
}
