import { beta } from './blowout.js';
import type { Disk } from './disk.js';
import { radiationPressureEfficiency } from './efficiency.js';
import { type MarsState, never } from './state.js';
import { boundOpticalDepth, massError, opticalDepth } from './totals.js';

/** Updates what the summary says about the whole run: extrema, first times, the worst mass error. Called at the end of every step. */
export function observe(disk: Disk, state: MarsState): void {
  const { time, y, extrema } = state;
  const { params } = disk;
  const T = disk.cooling.at(time);
  const a = disk.blowoutRoot.at(T);
  const tau = opticalDepth(disk, y);
  const Q = radiationPressureEfficiency(disk.table, params.sizes.min, T);
  widen(extrema, 0, T);
  widen(extrema, 1, a);
  widen(extrema, 2, beta(params.sizes.min, T, Q, params.density));
  widen(extrema, 3, tau);
  if (state.thickAt === never && tau > 1) state.thickAt = time;
  if (state.thickBoundAt === never && boundOpticalDepth(disk, y, a) > 1) state.thickBoundAt = time;
  state.largestMassError = Math.max(state.largestMassError, massError(disk, time, y));
}

function widen(extrema: Float64Array, which: number, value: number): void {
  extrema[2 * which] = Math.min(extrema[2 * which], value);
  extrema[2 * which + 1] = Math.max(extrema[2 * which + 1], value);
}
