import type { Estimate } from '../model.js';
import { encodeState } from './codec.js';
import { diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import { startState } from './state.js';

/** Tables of bins x bins doubles: kernel, outcomes, net coefficients, Jacobian, its factors, and their like. */
const squareTables = 11;

export function workingBytesOf(params: MarsParams): number {
  return 8 * squareTables * params.sizes.bins ** 2;
}

/**
 * Steps and rows before a run starts, within about a factor of two. A run that cools takes a number of steps per decade of time, which
 * grows as rtol^-0.29 (measured on the reference cases between 1e-4 and 1e-8) and little with the bins; breaks cost a few steps each.
 */
export function estimateOf(params: MarsParams): Estimate {
  const disk = diskOf(params);
  const { rtol } = params.solver;
  const { output } = disk;
  const decades = Math.max(Math.log10(disk.end.time / 1e-3), 1);
  const tightness = (1e-6 / rtol) ** 0.29;
  const perDecade = 24 * tightness * (params.sublimation === null ? 1 : 1.5);
  const landings = params.output.mode === 'land' ? countTimes(disk.output.at, disk.end.time) : 0;
  const steps = Math.ceil(perDecade * decades + 8 * tightness * disk.breaks.length + landings);
  const bySpacing = Number.isFinite(disk.cooling.longestStep) ? disk.end.time / disk.cooling.longestStep : 0;
  const taken = Math.ceil(Math.max(steps, bySpacing));
  const rows =
    output.stride === null ? countTimes(output.at, disk.end.time) + 2 : Math.ceil(taken / output.stride) + 2;
  return { steps: taken, rows, stateBytes: encodeState(startState(disk)).length };
}

/** Number of output times, by bisection on the index: there may be many millions. */
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
