import { clip } from './cells.js';
import type { MarsParams } from './params.js';

/** Radiative shielding Phi over the line-of-sight optical depth, linear between nodes, ends held (eq. 42 of docs/physics.md). */
export interface PhiTable {
  /** Ascending. */
  readonly depths: readonly number[];
  readonly values: readonly number[];
}

/** Phi(tau), between 0 and 1. */
export function shieldingAt({ depths, values }: PhiTable, tau: number): number {
  const last = depths.length - 1;
  if (!(tau > depths[0])) return clip(values[0], 0, 1);
  if (tau >= depths[last]) return clip(values[last], 0, 1);
  let i = 0;
  while (depths[i + 1] <= tau) i++;
  const share = (tau - depths[i]) / (depths[i + 1] - depths[i]);
  return clip(values[i] + (values[i + 1] - values[i]) * share, 0, 1);
}

type Shielding = MarsParams['shielding'];

/** Phi at a line-of-sight optical depth, 1 without shielding; that of the fixed depth where one is fixed. */
export function shieldingFactor(shielding: Shielding, tau: number): number {
  if (shielding === undefined) return 1;
  const depth = shielding.mode === 'fixed_tau1' ? shielding.tau : tau;
  return shielding.phi.kind === 'exponential' ? Math.exp(-depth) : shieldingAt(shielding.phi, depth);
}

/** What is recorded as surface density at tau = 1, kg m-2. */
export function unitDepthDensity(
  shielding: Shielding,
  opacity: number,
  start: { readonly opacity: number; readonly density: number },
): number {
  if (shielding?.mode !== 'fixed_tau1') return 1 / opacity;
  const { surfaceDensity, margin } = shielding;
  if (typeof surfaceDensity === 'number') return surfaceDensity;
  const auto = 1 / start.opacity;
  return surfaceDensity === 'auto' ? auto : (1 + margin) * Math.max(auto, start.density);
}
