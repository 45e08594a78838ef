import { PhysicsError } from '../../model.js';
import { expm1 } from '../../numerics/nearOne.js';
import type { MarsParams } from '../params.js';
import { type Cells, cellAt } from './cells.js';

type Injection = NonNullable<MarsParams['supply']>['injection'];

/**
 * Share of the supplied mass that enters the floor and each cell, sum 1 (spec/sizes.md 1.5).
 * @throws PhysicsError when the range of injected sizes misses the grid
 */
export function injectionShares(injection: Injection, cells: Cells, initial: Float64Array): Float64Array {
  switch (injection.kind) {
    case 'min_bin': {
      const shares = new Float64Array(cells.count + 1);
      const { minSize } = injection;
      const smallest = minSize === null || minSize <= cells.bottom;
      shares[smallest ? 0 : cellAt(cells, Math.log(minSize / cells.bottom))] = 1;
      return shares;
    }
    case 'powerlaw_bins':
      return powerLaw(injection, cells);
    case 'initial_psd':
      return initial.slice();
  }
}

/** dN/ds ~ s^-q inside [minSize, maxSize]: the mass in a cell is the integral of s^(3-q) ds over their intersection. */
function powerLaw(injection: Extract<Injection, { kind: 'powerlaw_bins' }>, cells: Cells): Float64Array {
  const { count, edges, bottom } = cells;
  const low = Math.max(bottom, injection.minSize ?? 0);
  const high = Math.min(injection.maxSize ?? Number.POSITIVE_INFINITY, edges[count]);
  const p = 4 - injection.slope;
  const shares = edges.map((_, k) => {
    const a = k === 0 ? high : Math.max(edges[k - 1], low);
    const b = Math.min(edges[k], high);
    if (b <= a) return 0;
    const width = Math.log(b / a);
    return p === 0 ? width : (Math.exp(p * Math.log(a / bottom)) * expm1(p * width)) / p;
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new PhysicsError(
      `supply.injection: sizes from ${low} to ${high} m with slope ${injection.slope} put no mass on the grid ` +
        `${edges[0]}..${edges[count]} m; widen s_inj_min..s_inj_max`,
    );
  }
  return shares.map((share) => share / sum);
}
