import type { FragmentMass } from './fragments.js';
import type { Outcomes } from './remnant.js';

/**
 * Collisions in net form (eq. 24 of docs/physics.md): what a remnant takes out of its bin and puts back is cancelled here, once, exactly.
 * Every number is per M_i M_j.
 */
export interface NetCollisions {
  readonly bins: number;
  /** A_ij: gain of bin i from pairs (i, j) whose remnant stays in the bin of the larger body; n x n row-major. */
  readonly own: Float64Array;
  /** O_ji, i <= j: mass that such a pair sends to the bins below j; n x n row-major, lower triangle. */
  readonly sent: Float64Array;
  /** The other pairs: bins i <= j, bin q of the remnant, gains of the three bins and mass sent below q. */
  readonly others: OtherPairs;
  readonly fragments: FragmentMass;
}

export interface OtherPairs {
  readonly count: number;
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly q: Int32Array;
  readonly gainI: Float64Array;
  readonly gainJ: Float64Array;
  readonly gainQ: Float64Array;
  readonly sent: Float64Array;
}

/** Net gains of a pair per unit of mass that takes part; they sum to zero. */
export interface PairGains {
  i: number;
  j: number;
  q: number;
  /** Spread over the bins below q. */
  sent: number;
}

/**
 * @param masses grain mass of each bin, kg
 * @param kernel collision rate per N_i N_j, n x n row-major, symmetric, without the 1/2 of equal partners
 * @param outcomes shares and remnant bins, n x n row-major
 * @param fragments mass weights of the bins
 */
export function netCollisions(
  masses: Float64Array,
  kernel: Float64Array,
  outcomes: Outcomes,
  fragments: FragmentMass,
): NetCollisions {
  const bins = masses.length;
  const own = new Float64Array(bins * bins);
  const sent = new Float64Array(bins * bins);
  const rest: { i: number; j: number; q: number; rate: number; gains: PairGains }[] = [];
  for (let j = 0; j < bins; j++) {
    for (let i = 0; i <= j; i++) {
      const p = i * bins + j;
      const total = masses[i] + masses[j];
      const rate = ((i === j ? 0.5 : 1) * kernel[p] * total) / (masses[i] * masses[j]);
      const q = outcomes.bin[p];
      const gains = pairGains(masses, i, j, q, outcomes.remnant[p], outcomes.fragmented[p], fragments);
      if (q === j) {
        if (i < j) own[p] = rate * gains.i;
        own[j * bins + i] = rate * gains.j;
        sent[j * bins + i] = rate * gains.sent;
      } else {
        rest.push({ i, j, q, rate, gains });
      }
    }
  }
  return { bins, own, sent, others: packPairs(rest), fragments };
}

/** The table of spec/resolved.md 1.2, i <= j. Where two of the bins are one, its whole gain stands in the first that applies: j, then i. */
export function pairGains(
  masses: Float64Array,
  i: number,
  j: number,
  q: number,
  remnant: number,
  fragmented: number,
  fragments: FragmentMass,
): PairGains {
  const { weights, cumulative } = fragments;
  const shareI = masses[i] / (masses[i] + masses[j]);
  const shareJ = masses[j] / (masses[i] + masses[j]);
  const leaving = q === 0 ? 0 : cumulative[q - 1] / cumulative[q];
  const sent = fragmented * leaving;
  if (i === j) {
    if (q === j) return { i: 0, j: -sent, q: 0, sent };
    return { i: 0, j: -1, q: remnant + (fragmented * weights[q]) / cumulative[q], sent };
  }
  if (q === j) return { i: -shareI, j: shareI - sent, q: 0, sent };
  if (q === i) return { i: shareJ - sent, j: -shareJ, q: 0, sent };
  return { i: -shareI, j: -shareJ, q: remnant + (fragmented * weights[q]) / cumulative[q], sent };
}

function packPairs(
  pairs: readonly { i: number; j: number; q: number; rate: number; gains: PairGains }[],
): OtherPairs {
  return {
    count: pairs.length,
    i: Int32Array.from(pairs, (pair) => pair.i),
    j: Int32Array.from(pairs, (pair) => pair.j),
    q: Int32Array.from(pairs, (pair) => pair.q),
    gainI: Float64Array.from(pairs, (pair) => pair.rate * pair.gains.i),
    gainJ: Float64Array.from(pairs, (pair) => pair.rate * pair.gains.j),
    gainQ: Float64Array.from(pairs, (pair) => pair.rate * pair.gains.q),
    sent: Float64Array.from(pairs, (pair) => pair.rate * pair.gains.sent),
  };
}
