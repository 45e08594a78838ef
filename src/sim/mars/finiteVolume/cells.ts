import { expm1 } from '../../numerics/nearOne.js';

/**
 * The size axis of the finite-volume scheme (spec/sizes.md 1.1): n equal cells in x = ln(s/s_min), counted from 1. Cell 0 is no cell but
 * the grains of exactly s_min, the "floor" into which everything smaller falls.
 */
export interface Cells {
  readonly count: number;
  /** ln(s_max/s_min)/n. */
  readonly width: number;
  /** m */
  readonly bottom: number;
  /** Sizes e_0 .. e_n of the edges and s_0 .. s_n: s_min and the geometric centres, m. */
  readonly edges: Float64Array;
  readonly sizes: Float64Array;
}

export function cellsOf(min: number, max: number, count: number): Cells {
  const width = Math.log(max / min) / count;
  const edges = Float64Array.from({ length: count + 1 }, (_, k) => min * Math.exp(k * width));
  edges[count] = max;
  const sizes = Float64Array.from({ length: count + 1 }, (_, k) =>
    k === 0 ? min : min * Math.exp((k - 0.5) * width),
  );
  return { count, width, bottom: min, edges, sizes };
}

/** Unknown that holds grains of ln(s/s_min) = x. */
export function cellAt({ count, width }: Cells, x: number): number {
  return x < 0 ? 0 : Math.min(count, Math.floor(x / width) + 1);
}

/**
 * How the fragments of a collision are spread over sizes: mass dM/ds ~ s^(p-1), p = 4 - alpha with alpha the slope of dN/ds, from s_min up.
 * C(x) = (e^(px) - 1)/p is the mass below x, b_k = C(x_k) - C(x_{k-1}) that of cell k, in the same unit.
 */
export class FragmentLaw {
  readonly weights: Float64Array;
  /** C at the lower edge of each cell. */
  readonly below: Float64Array;
  private readonly p: number;

  constructor({ count, width }: Cells, alpha: number) {
    this.p = 4 - alpha;
    const { p } = this;
    const one = p === 0 ? width : expm1(p * width) / p;
    this.weights = Float64Array.from({ length: count + 1 }, (_, k) =>
      k === 0 ? 0 : one * Math.exp(p * (k - 1) * width),
    );
    this.below = Float64Array.from({ length: count + 1 }, (_, k) =>
      k <= 1 ? 0 : this.cumulative((k - 1) * width),
    );
  }

  cumulative(x: number): number {
    return this.p === 0 ? x : expm1(this.p * x) / this.p;
  }
}
