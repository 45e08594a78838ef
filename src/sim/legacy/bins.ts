import type { LegacyDisk } from './disk.js';
import type { LegacyState } from './state.js';
import { sumOfProducts } from './sums.js';

/** What hangs on the sizes of the bins, and the numbers in them. */
export class Bins {
  readonly edges: Float64Array;
  readonly widths: Float64Array;
  readonly sizes: Float64Array;
  /** kg */
  readonly masses: Float64Array;
  /** Numbers of the bins; padded by a 0. */
  readonly numbers: Float64Array;
  /** Numbers per area over relative numbers. */
  scale = 0;
  /** Counts the changes of the sizes. */
  version = 0;
  private readonly surfaces: Float64Array;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
  ) {
    const { bins, edges, widths } = disk.grid;
    this.edges = edges;
    this.widths = widths;
    this.sizes = state.sizes;
    this.masses = new Float64Array(bins);
    this.surfaces = new Float64Array(bins);
    this.numbers = new Float64Array(bins + 1);
    this.weigh();
  }

  /** Once the sizes have changed. */
  weigh(): void {
    const { sizes, masses, surfaces } = this;
    for (let k = 0; k < sizes.length; k++) {
      const s = sizes[k];
      masses[k] = (4 / 3) * Math.PI * this.disk.params.density * s * s * s;
      surfaces[k] = Math.PI * s * s;
    }
    this.version++;
  }

  /** Opacity of the grains, m2/kg; leaves relative numbers in `numbers` and their scale in `scale`. */
  opacity(): number {
    const { numbers, widths, masses, surfaces, state } = this;
    const { number } = state;
    for (let k = 0; k < number.length; k++) numbers[k] = number[k] * widths[k];
    const mass = sumOfProducts(masses, numbers, number.length);
    this.scale = mass > 0 ? state.sigma / mass : 0;
    return mass > 0 ? sumOfProducts(surfaces, numbers, number.length) / mass : 0;
  }

  /** `numbers` from relative to numbers per area, m-2. */
  toAreas(): void {
    const { numbers, scale } = this;
    for (let k = 0; k < numbers.length; k++) numbers[k] *= scale;
  }

  /** Takes `numbers` per area as the new relative numbers, in the same scale. */
  keep(): void {
    const { numbers, widths, scale, state } = this;
    if (!(scale > 0)) return;
    for (let k = 0; k < widths.length; k++) state.number[k] = numbers[k] / (scale * widths[k]);
  }
}
