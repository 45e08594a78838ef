import { gaussLegendre } from '../../numerics/gauss.js';
import { placeIn } from './blowoutShares.js';
import type { Cells } from './cells.js';
import type { Moments } from './moments.js';

const rule = gaussLegendre(6);

/**
 * Cross-section over mass of the grains above a size, m2/m2 (spec/sizes.md 1.4): the cell that holds it by its part above, the floor only if a
 * lies below the grid.
 *
 * @param opacity moments of 3/(4 rho s); @param L slopes with L >= -M
 */
export function opacityAbove(
  cells: Cells,
  opacity: Moments,
  density: number,
  M: Float64Array,
  L: Float64Array,
  a: number,
): number {
  const { count, edges } = cells;
  let sum = a < edges[0] ? opacity.mass[0] * M[0] : 0;
  for (let k = count; k > 0 && edges[k] > a; k--) {
    sum += edges[k - 1] >= a ? opacity.mass[k] * M[k] + opacity.slope[k] * L[k] : upperPart(k);
  }
  return sum;

  function upperPart(k: number): number {
    const low = placeIn(cells, k, a);
    let part = 0;
    for (let point = 0; point < rule.nodes.length; point++) {
      const xi = low + ((1 - low) * (1 + rule.nodes[point])) / 2;
      const s = cells.sizes[k] * Math.exp((xi * cells.width) / 2);
      part += (rule.weights[point] * (M[k] + L[k] * xi)) / s;
    }
    return (3 * part * (1 - low)) / (16 * density);
  }
}
