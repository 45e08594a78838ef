import { energySums } from '../mars/energy.js';
import type { Estimate } from '../model.js';
import { legacyCodec } from './codec.js';
import { legacyDisk } from './disk.js';
import type { LegacyParams } from './params.js';
import { startState } from './state.js';

/** The grid of time says it all, unless a stop ends the run sooner. */
export function estimateOf(params: LegacyParams): Estimate {
  const disk = legacyDisk(params);
  const { seriesStride, sizeHistoryStride, orbits } = params.output;
  const rows = rowsOf(disk.steps, seriesStride);
  return {
    steps: disk.steps,
    rows: [
      rows,
      sizeHistoryStride === null ? 0 : rowsOf(disk.steps, sizeHistoryStride),
      disk.grid.bins,
      rows,
      orbits ? Math.max(Math.floor(params.stops.end / disk.orbit), 1) : 0,
      ...(params.energy ? [rows, rows] : []),
    ],
    stateBytes: legacyCodec.encode(startState(disk)).length,
    pace: [{ until: params.stops.end, steps: disk.steps }],
  };
}

/** Steps 0, stride, 2 stride ..., and the last. */
function rowsOf(steps: number, stride: number): number {
  return Math.ceil(steps / stride) + ((steps - 1) % stride === 0 ? 0 : 1);
}

/** Outcomes of all pairs, twice as a table and as a list; with energy accounts their sums, kernel and remnants. */
export function workingBytesOf({ sizes, energy }: LegacyParams): number {
  return 8 * (energy ? 6 + energySums.length : 4) * sizes.bins ** 2;
}
