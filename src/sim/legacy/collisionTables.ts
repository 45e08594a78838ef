import { powerLawFragments } from '../mars/fragments.js';
import { binOf } from '../mars/grid.js';
import { disruptionThreshold } from '../mars/strength.js';
import type { LegacyParams } from './params.js';

/** Above this ratio of impact energy to Q*_D a collision is super-catastrophic. */
const superCatastrophic = 1.8;

/** Mass share of the largest remnant; the fragments get what floating-point arithmetic leaves of 1, as in the original. */
export function largestRemnant(phi: number): number {
  if (phi < superCatastrophic) return Math.max(1 - 0.5 * phi, 0);
  const x = phi / superCatastrophic;
  return Math.min(0.1 / (x * Math.sqrt(x)), 1);
}

/** Partners i in front of couple m: 2 + 4 + ... + 2m. */
const rowStart = (m: number) => m * (m + 1);

/** Sizes of the bins as they stand: they move when grains drift. */
export interface Grains {
  readonly edges: Float64Array;
  readonly sizes: Float64Array;
  /** kg */
  readonly masses: Float64Array;
}

/** Q*_D of the grains of each bin -> out, J/kg. @param v impact speed, m/s */
export function fillThresholds(
  { strength, density }: LegacyParams,
  sizes: Float64Array,
  v: number,
  out: Float64Array,
): void {
  for (let k = 0; k < out.length; k++) out[k] = disruptionThreshold(strength, sizes[k], v, density);
}

/** That of a pair of bins. @param thresholds Q*_D of each; @param v impact speed, m/s */
export function remnantShare(
  thresholds: Float64Array,
  { sizes, masses }: Grains,
  i: number,
  j: number,
  v: number,
): number {
  // After a drift a higher bin may hold the smaller grains.
  const threshold = thresholds[sizes[i] > sizes[j] ? i : j];
  const total = masses[i] + masses[j];
  const reduced = (masses[i] * masses[j]) / total;
  return largestRemnant((0.5 * reduced * v * v) / total / threshold);
}

/**
 * Outcomes of all pairs i <= j at one speed and scale height (physics.md f), per N_i N_j: mass that goes to the remnant, and mass turned into
 * fragments of all bins up to the remnant's.
 *
 * Most remnants stay in bin j. Their rows lie in couples, rows 2m and 2m + 1 side by side: four numbers for each i, so that N_i is fetched
 * once for all of them. The rest is a list.
 */
export class CollisionTables {
  /** pi v/(sqrt(2 pi) sqrt(2) H) [1/(m s)]: C_ij = N_i N_j reach (s_i + s_j)^2, half of it for i = j. */
  reach = 0;
  /** kg m2 s-1: of each i up to 2m + 1, remnant and fragments with 2m, then with 2m + 1. */
  readonly rows: Float64Array;
  others = 0;
  /** Of the listed pairs: i, j, bin of the remnant. */
  readonly pairs: Int32Array;
  /** Remnant, fragments. */
  readonly pairRates: Float64Array;
  /** Relative mass of the fragments of each bin, and 1/sum up to it. */
  readonly weights: Float64Array;
  readonly inverseSums: Float64Array;
  /** Q*_D of the grains of each bin, J/kg. */
  readonly thresholds: Float64Array;

  constructor(
    private readonly params: LegacyParams,
    readonly bins: number,
    edges: Float64Array,
  ) {
    this.rows = new Float64Array(4 * rowStart((bins + 1) >> 1));
    this.pairs = new Int32Array((3 * bins * (bins + 1)) / 2);
    this.pairRates = new Float64Array(bins * (bins + 1));
    // A mass distribution s^-slope is the number distribution s^-(slope + 3).
    const { weights, cumulative } = powerLawFragments(edges, params.collisions.fragmentSlope + 3);
    this.weights = weights;
    this.inverseSums = cumulative.map((sum) => 1 / sum);
    this.thresholds = new Float64Array(bins);
  }

  /** @param v impact speed, m/s; @param H scale height, m */
  build(grains: Grains, v: number, H: number): void {
    const { bins, rows, params, thresholds } = this;
    const { edges, sizes, masses } = grains;
    const { density } = params;
    this.reach = (Math.PI * v) / (Math.sqrt(2 * Math.PI) * Math.sqrt(2) * H);
    this.others = 0;
    rows.fill(0);
    fillThresholds(params, sizes, v, thresholds);
    for (let j = 0; j < bins; j++) {
      for (let i = 0; i <= j; i++) {
        const total = masses[i] + masses[j];
        const remnant = remnantShare(thresholds, grains, i, j, v);
        const size = Math.cbrt((3 * remnant * total) / (4 * Math.PI * density));
        const wide = sizes[i] + sizes[j];
        const rate = (i === j ? 0.5 : 1) * this.reach * wide * wide * total;
        const bin = binOf(edges, size);
        if (bin === j) {
          const at = 4 * (rowStart(j >> 1) + i) + 2 * (j & 1);
          rows[at] = rate * remnant;
          rows[at + 1] = rate * (1 - remnant);
        } else this.list(i, j, bin, rate * remnant, rate * (1 - remnant));
      }
    }
  }

  private list(i: number, j: number, bin: number, remnant: number, fragments: number): void {
    const at = this.others++;
    this.pairs[3 * at] = i;
    this.pairs[3 * at + 1] = j;
    this.pairs[3 * at + 2] = bin;
    this.pairRates[2 * at] = remnant;
    this.pairRates[2 * at + 1] = fragments;
  }
}
