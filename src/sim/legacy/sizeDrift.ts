/** Size bins that grains drift through: edges and widths stay, the sizes in them move (physics.md e). */
export interface DriftingSizes {
  readonly edges: Float64Array;
  readonly widths: Float64Array;
  /** m; replaced. */
  readonly sizes: Float64Array;
  /** Relative numbers per metre; replaced, and normalised to sum(number s^3 width) = 1. */
  readonly number: Float64Array;
}

/** Nothing gets smaller than this, m: a drift without a floor could end at 0. */
const least = 1e-12;

/**
 * Moves the grains of all bins by `shift` [m], not below `floor`, and sorts them into bins.
 * @returns what is left of the mass, relative; 1 without a change when nothing would be left
 */
export function driftSizes(bins: DriftingSizes, shift: number, floor: number): number {
  const { edges, widths, sizes, number } = bins;
  const n = sizes.length;
  const counts = new Float64Array(n);
  const sums = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const s = Math.max(sizes[k] + shift, floor, least);
    const count = number[k] * widths[k];
    const bin = binHolding(edges, s);
    counts[bin] += count;
    sums[bin] += count * s;
  }
  const before = volume(sizes, number, widths);
  const moved = sizes.map((s, k) => Math.max(counts[k] > 0 ? sums[k] / counts[k] : s, floor, least));
  const density = counts.map((count, k) => count / widths[k]);
  const after = volume(moved, density, widths);
  if (!(after > 0)) return 1;
  for (let k = 0; k < n; k++) {
    sizes[k] = moved[k];
    number[k] = density[k] / after;
  }
  return before > 0 ? after / before : 1;
}

export function volume(sizes: Float64Array, number: Float64Array, widths: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < sizes.length; k++) sum += number[k] * sizes[k] * sizes[k] * sizes[k] * widths[k];
  return sum;
}

/** (Number of edges at or below s) - 1, clipped to the bins. */
function binHolding(edges: Float64Array, s: number): number {
  let k = edges.length - 2;
  while (k > 0 && edges[k] > s) k--;
  return k;
}
