import type { SizeGrid } from './grid.js';
import { keplerSpeed } from './orbit.js';
import type { MarsParams } from './params.js';

/** One impact speed for all pairs, m/s: at pericentre, or the random speed of Ohtsuki et al. (2002) (eq. 18 of docs/physics.md). */
export function relativeSpeed(params: MarsParams): number {
  const { eccentricity: e, inclination: i, radius } = params;
  const v = keplerSpeed(radius);
  if (params.relativeVelocity === 'ohtsuki') return v * Math.sqrt(1.25 * e * e + i * i);
  return pericentreSpeed(radius, e);
}

/** Speed at the pericentre of an orbit with semi-major axis r [m], m/s. */
export function pericentreSpeed(r: number, e: number): number {
  return keplerSpeed(r) * Math.sqrt((1 + e) / Math.max(1 - e, 1e-8));
}

/** Scale height of the ring, m (eq. 19 of docs/physics.md). */
export function scaleHeight(params: MarsParams): number {
  const { scaleHeight: rule, inclination, radius } = params;
  const H = rule.kind === 'inclination' ? rule.factor * inclination * radius : rule.overRadius * radius;
  return Math.max(H, 1e-12);
}

/**
 * Collision kernel K_ij = (sqrt(pi)/2) (s_i+s_j)^2 v/H, m2/s: rate of collisions per N_i N_j in a column, equal scale heights (eq. 20 of docs/physics.md).
 * @returns n x n, row-major, symmetric
 */
export function geometricKernel(grid: SizeGrid, v: number, H: number): Float64Array {
  const { bins, sizes } = grid;
  const kernel = new Float64Array(bins * bins);
  const perArea = ((Math.sqrt(Math.PI) / 2) * v) / H;
  for (let i = 0; i < bins; i++) {
    for (let j = 0; j < bins; j++) {
      const reach = sizes[i] + sizes[j];
      kernel[i * bins + j] = perArea * reach * reach;
    }
  }
  return kernel;
}
