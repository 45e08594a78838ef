import { type FragmentMass, fragmentMass } from '../../src/sim/mars/fragments.js';
import { netCollisions } from '../../src/sim/mars/netCoefficients.js';
import type { LedgerSystem } from '../../src/sim/numerics/rosenbrock.js';
import { closedSystem } from './closedSystem.js';

/** 1e20 hammers of 1e-20 each: countless against the grains they break, so their number stays, and too light to be seen in a fragment. */
const hammerMass = 1e-20;

export interface Hammered {
  readonly system: LedgerSystem;
  /** Vector of unknowns for grains of these masses per bin. */
  start(grains: ArrayLike<number>): Float64Array;
  /** The grains' part of a solution, and the hammers' mass, which must stay 1. */
  grains(y: Float64Array): Float64Array;
  hammers(y: Float64Array): number;
}

/**
 * Makes breakage a linear process out of the disk's pair collisions: an extra bin holds hammers that hit nothing but grains and break each
 * of them completely, at a given rate. Everything runs through the net coefficients, their fast evaluation and the solver of the disk.
 *
 * @param rates breakage of a grain of each bin, 1/s
 * @param place whether the hammers' bin comes before or behind the grains': other rows of the table of net gains
 * @param largestBelow whether the largest fragments lie in the grain's own bin or in the one below
 */
export function hammered(
  masses: Float64Array,
  rates: Float64Array,
  fragments: FragmentMass,
  place: 'before' | 'behind',
  largestBelow: boolean,
): Hammered {
  const bins = masses.length + 1;
  const hammer = place === 'before' ? 0 : bins - 1;
  const first = place === 'before' ? 1 : 0;
  const allMasses = new Float64Array(bins).fill(hammerMass);
  allMasses.set(masses, first);
  // The hammers' own weight: nothing noticeable, but not zero, since shares below the first bin of grains are divided by it.
  const weights = new Float64Array(bins).fill(1e-60);
  weights.set(fragments.weights, first);
  const kernel = new Float64Array(bins * bins);
  const outcomes = {
    remnant: new Float64Array(bins * bins),
    fragmented: new Float64Array(bins * bins).fill(1),
    bin: new Int32Array(bins * bins),
  };
  for (let k = 0; k < masses.length; k++) {
    const bin = k + first;
    for (const p of [bin * bins + hammer, hammer * bins + bin]) {
      kernel[p] = rates[k] * hammerMass;
      outcomes.bin[p] = largestBelow ? Math.max(bin - 1, 0) : bin;
    }
  }
  return {
    system: closedSystem(netCollisions(allMasses, kernel, outcomes, fragmentMass(weights))),
    start(grains) {
      const y = new Float64Array(bins).fill(1);
      y.set(Float64Array.from(grains), first);
      return y;
    },
    grains: (y) => y.slice(first, first + masses.length),
    hammers: (y) => y[hammer],
  };
}
