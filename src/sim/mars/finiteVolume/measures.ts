import { grainMass, type SizeGrid } from '../grid.js';
import type { SizeMeasures } from '../measures.js';
import type { Cells } from './cells.js';
import { opacityAbove } from './opticalDepth.js';
import type { Slopes } from './slopes.js';
import { slopesOf, type Volume } from './volume.js';

/** Measures of masses with a profile in every cell (spec/sizes.md 1.4). */
export class VolumeMeasures implements SizeMeasures {
  readonly firstBin = 1;
  readonly points: SizeGrid;
  readonly opacities: Float64Array;
  private readonly slopes: Slopes;

  /** @param perArea (sqrt(pi)/2) v/H, 1/(m s), or 0 without collisions */
  constructor(
    private readonly volume: Volume,
    private readonly density: number,
    private readonly perArea: number,
  ) {
    this.opacities = volume.opacity.mass;
    this.slopes = slopesOf(volume);
    this.points = pointGrid(volume.cells, density);
  }

  opticalDepth(y: Float64Array): number {
    const { mass, slope } = this.volume.opacity;
    this.slopes.set(y);
    const L = this.slopes.full.values;
    let sum = 0;
    for (let k = 0; k < mass.length; k++) sum += mass[k] * y[k] + slope[k] * L[k];
    return sum;
  }

  opacityGradient(y: Float64Array, out: Float64Array): void {
    const { mass, slope } = this.volume.opacity;
    this.slopes.set(y);
    const { below, here, above } = this.slopes.full;
    out.set(mass);
    for (let k = 0; k < mass.length; k++) {
      out[k] += slope[k] * here[k];
      if (k > 0) out[k - 1] += slope[k] * below[k];
      if (k + 1 < mass.length) out[k + 1] += slope[k] * above[k];
    }
  }

  opticalDepthAbove(y: Float64Array, a: number): number {
    const { cells, opacity } = this.volume;
    this.slopes.set(y);
    return opacityAbove(cells, opacity, this.density, y, this.slopes.leaving.values, a);
  }

  /** Grains of a cell as if all had the size of its centre: sum_j N_j (s_i + s_j)^2 from three sums over the sizes. */
  collisionRate(y: Float64Array): number {
    const { sizes, masses } = this.points;
    let [number, lengths, areas] = [0, 0, 0];
    for (let k = 0; k < sizes.length; k++) {
      const N = y[k] / masses[k];
      number += N;
      lengths += N * sizes[k];
      areas += N * sizes[k] * sizes[k];
    }
    let fastest = 0;
    for (let k = 0; k < sizes.length; k++) {
      if (y[k] > 0) fastest = Math.max(fastest, sizes[k] * (sizes[k] * number + 2 * lengths) + areas);
    }
    return this.perArea * fastest;
  }
}

/** The floor as an empty bin at s_min, then the cells. */
function pointGrid({ count, width, bottom, edges, sizes }: Cells, density: number): SizeGrid {
  const all = Float64Array.of(bottom, ...edges);
  return {
    bins: count + 1,
    edges: all,
    sizes,
    widths: sizes.map((_, k) => all[k + 1] - all[k]),
    masses: sizes.map((s) => grainMass(s, density)),
    opacities: sizes.map((s) => 3 / (4 * density * s)),
    logWidths: sizes.map((_, k) => (k === 0 ? 0 : width)),
  };
}
