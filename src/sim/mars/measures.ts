import type { SizeGrid } from './grid.js';

/** What is measured on a vector of masses, in the way in which a scheme resolves the sizes. */
export interface SizeMeasures {
  /** Place of the first size bin in y. In front of it may stand mass at exactly s_min, the floor. */
  readonly firstBin: number;
  /** A bin for each mass unknown, whose centre stands for all its sizes where one size is enough; that of the floor is empty. */
  readonly points: SizeGrid;
  /** Opacity of each mass unknown, m2/kg. */
  readonly opacities: Float64Array;
  /** Cross-section per area of ring of all grains, and of those larger than a [m]. */
  opticalDepth(y: Float64Array): number;
  opticalDepthAbove(y: Float64Array, a: number): number;
  /** Derivatives of `opticalDepth` by the mass unknowns, m2/kg. */
  opacityGradient(y: Float64Array, out: Float64Array): void;
  /** Largest rate at which a grain of any size that is there meets others, 1/s; 0 without collisions. */
  collisionRate(y: Float64Array): number;
}

/** Whole bins: every grain of a bin has the size of its centre, except that blow-out divides a bin in log size. */
export class WholeMeasures implements SizeMeasures {
  readonly firstBin = 0;
  readonly opacities: Float64Array;

  constructor(
    readonly points: SizeGrid,
    private readonly kernel: () => Float64Array | null,
  ) {
    this.opacities = points.opacities;
  }

  opticalDepth(y: Float64Array): number {
    let sum = 0;
    for (let k = 0; k < this.points.bins; k++) sum += this.opacities[k] * y[k];
    return sum;
  }

  opacityGradient(_y: Float64Array, out: Float64Array): void {
    out.set(this.opacities);
  }

  /** The straddling bin by its share in log size (spec/resolved.md 4). */
  opticalDepthAbove(y: Float64Array, a: number): number {
    const { bins, edges, opacities, logWidths } = this.points;
    let sum = 0;
    for (let k = bins - 1; k >= 0 && edges[k + 1] > a; k--) {
      const bound = edges[k] >= a ? 1 : 1 - Math.log(a / edges[k]) / logWidths[k];
      sum += opacities[k] * y[k] * bound;
    }
    return sum;
  }

  collisionRate(y: Float64Array): number {
    const { points: grid } = this;
    const kernel = this.kernel();
    if (kernel === null) return 0;
    let fastest = 0;
    for (let i = 0; i < grid.bins; i++) {
      if (!(y[i] > 0)) continue;
      let rate = 0;
      for (let j = 0; j < grid.bins; j++) rate += (kernel[i * grid.bins + j] * y[j]) / grid.masses[j];
      fastest = Math.max(fastest, rate);
    }
    return fastest;
  }
}
