import type { SizeGrid } from '../mars/grid.js';
import { constantLaw, type SupplyLaw } from '../mars/supply/law.js';
import { lawOfRate } from '../mars/supply/lawOfRate.js';
import type { LegacyParams } from './params.js';

type Supply = NonNullable<LegacyParams['supply']>;

/**
 * The law of the supply in time, kg m-2 s-1, after mixing. Where a rate is found at the start, epsilon is divided out and multiplied back, so
 * it cancels (Z2).
 * @param opacity of the initial sizes, m2/kg; @param phi shielding at the depth that the rate refers to
 */
export function legacyLaw(
  supply: Supply | null,
  opacity: number,
  phi: number,
  params: LegacyParams,
): SupplyLaw {
  if (supply === null) return constantLaw(0);
  const { rate } = supply;
  const uncancelled = rate.kind === 'orbit' || rate.kind === 'filling' ? { ...rate, epsilon: 1 } : rate;
  const { lineOfSight, radius } = params;
  return lawOfRate(uncancelled, { opacity: phi * opacity, lineOfSight, radius });
}

/** Sizes of the bins as they stand. */
export interface InjectionBins {
  readonly sizes: Float64Array;
  readonly widths: Float64Array;
  /** kg */
  readonly masses: Float64Array;
}

/**
 * Relative numbers of grains supplied to each bin into `out` (physics.md i). Bins reach from centre - width/2 to centre + width/2 here,
 * not from edge to edge.
 * @param smallest s_min_effective, m; @param initial mass shares at the start
 * @returns their mass, kg: numbers times rate over it are numbers per area and time
 */
export function injected(
  injection: Supply['injection'],
  bins: InjectionBins,
  smallest: number,
  initial: Float64Array,
  out: Float64Array,
): number {
  out.fill(0);
  switch (injection.kind) {
    case 'min_bin':
      return intoSmallest(bins, Math.max(smallest, injection.minSize ?? 0), out);
    case 'powerlaw_bins':
      return intoPowerLaw(injection, bins, smallest, out);
    case 'initial_psd':
      for (let k = 0; k < out.length; k++) out[k] = initial[k] / bins.masses[k];
      return 1;
  }
}

function intoSmallest({ sizes, masses }: InjectionBins, low: number, out: Float64Array): number {
  let bin = 0;
  while (bin < sizes.length - 1 && sizes[bin] < low) bin++;
  out[bin] = 1;
  return masses[bin];
}

type PowerLaw = Extract<Supply['injection'], { kind: 'powerlaw_bins' }>;

function intoPowerLaw(law: PowerLaw, bins: InjectionBins, smallest: number, out: Float64Array): number {
  const { sizes, widths, masses } = bins;
  const largest = sizes[sizes.length - 1];
  const low = Math.max(smallest, law.minSize ?? 0);
  const high = Math.max(Math.min(law.maxSize ?? largest, largest), low);
  let mass = 0;
  for (let k = 0; k < sizes.length; k++) {
    const bottom = Math.max(sizes[k] - 0.5 * widths[k], 0);
    const a = Math.max(bottom, low);
    const b = Math.min(bottom + widths[k], high);
    out[k] = b > a ? integral(a, b, 1 - law.slope) : 0;
    mass += out[k] * masses[k];
  }
  if (mass > 0) return mass;
  out.fill(0);
  return intoSmallest(bins, low, out);
}

/** Integral of s^(p - 1) from a to b. */
function integral(a: number, b: number, p: number): number {
  return p === 0 ? Math.log(b / a) : (Math.exp(p * Math.log(b)) - Math.exp(p * Math.log(a))) / p;
}

/** Mass shares of a grid's initial sizes as relative numbers per metre with sum(number s^3 width) = 1. */
export function numbersOf(shares: Float64Array, { sizes, widths }: SizeGrid): Float64Array {
  return shares.map((share, k) => share / (sizes[k] * sizes[k] * sizes[k] * widths[k]));
}
