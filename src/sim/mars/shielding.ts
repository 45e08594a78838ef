import { clip } from './cells.js';

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
