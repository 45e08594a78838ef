import type { Cells } from './cells.js';
import { inverseSizeMoments, type Moments } from './moments.js';

/** Constants of sublimation on the cells, per unit flux J (eq. 54 of docs/physics.md), m2/kg. */
export interface Evaporation {
  /** Vapour from a cell: moments of 3/(rho s). */
  readonly vapour: Moments;
  /** Mass that shrinks through the lower edge, per unit of M - L: 1/(rho e_{k-1} h). */
  readonly shrinking: Float64Array;
}

export function evaporation(cells: Cells, density: number): Evaporation {
  const { edges, width } = cells;
  return {
    vapour: inverseSizeMoments(cells, 3 / density),
    shrinking: edges.map((_, k) => (k === 0 ? 0 : 1 / (density * edges[k - 1] * width))),
  };
}
