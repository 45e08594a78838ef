import { PhysicsError } from '../../model.js';
import type { SizeGrid } from '../grid.js';
import type { Supply } from './params.js';

/**
 * Share of the supplied mass that enters each bin, sum 1.
 * @throws PhysicsError when the range of injected sizes misses the grid
 */
export function injectionShares(
  injection: Supply['injection'],
  grid: SizeGrid,
  initial: Float64Array,
): Float64Array {
  switch (injection.kind) {
    case 'min_bin':
      return smallestBin(injection.minSize ?? 0, grid);
    case 'powerlaw_bins':
      return powerLaw(injection, grid);
    case 'initial_psd':
      return initial.slice();
  }
}

/** All in the first bin whose centre reaches the smallest injected size; the last bin if none does. */
function smallestBin(minSize: number, grid: SizeGrid): Float64Array {
  const smallest = Math.max(grid.edges[0], minSize);
  const found = grid.sizes.findIndex((s) => s >= smallest);
  const shares = new Float64Array(grid.bins);
  shares[found < 0 ? grid.bins - 1 : found] = 1;
  return shares;
}

type PowerLaw = Extract<Supply['injection'], { kind: 'powerlaw_bins' }>;

/** dN/ds ~ s^-q inside [minSize, maxSize], integrated over the true bins (eq. 34 of docs/physics.md). */
function powerLaw(injection: PowerLaw, grid: SizeGrid): Float64Array {
  const { bins, edges, masses } = grid;
  const low = Math.max(edges[0], injection.minSize ?? 0);
  const high = Math.min(injection.maxSize ?? Number.POSITIVE_INFINITY, edges[bins]);
  const p = 1 - injection.slope;
  const shares = masses.map((mass, k) => {
    const a = Math.max(edges[k], low);
    const b = Math.min(edges[k + 1], high);
    if (b <= a) return 0;
    return mass * (p === 0 ? Math.log(b / a) : (b ** p - a ** p) / p);
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new PhysicsError(
      `supply.injection: sizes from ${low} to ${high} m with slope ${injection.slope} put no mass on the grid ` +
        `${edges[0]}..${edges[bins]} m; widen s_inj_min..s_inj_max`,
    );
  }
  return shares.map((share) => share / sum);
}
