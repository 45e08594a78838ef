import { fragmentMass, powerLawFragments } from '../../src/sim/mars/fragments.js';
import { grainMass, sizeGrid } from '../../src/sim/mars/grid.js';
import { netCollisions } from '../../src/sim/mars/netCoefficients.js';
import { disruptiveOutcomes } from '../../src/sim/mars/remnant.js';
import type { LedgerSystem } from '../../src/sim/numerics/rosenbrock.js';
import { closedSystem, equalWeights } from './closedSystem.js';
import { integrate } from './integrate.js';

/**
 * Grains that stick, at a rate K for every pair (Smoluchowski 1916): N(t) = N0/(1 + x), x = K N0 t/2. In the disk two grains never stick
 * whole, but infinite strength makes them: nothing is fragmented and the remnant is the sum.
 *
 * Bins of 1, 2, 3 ... units: the sum of two bins is a bin, so the bins are exact and only the error in time is left. From equal grains
 * n_k = N0 x^(k-1)/(1 + x)^(k+1) units; what would grow beyond the last bin is (x/(1+x))^80 < 1e-14 for x <= 2.
 */
export const stickyUnits = (() => {
  const K = 0.7;
  const N0 = 5;
  const bins = 80;
  const masses = Float64Array.from({ length: bins }, (_, k) => 2 * (k + 1));
  const pairs = bins * bins;
  const outcomes = {
    remnant: new Float64Array(pairs).fill(1),
    fragmented: new Float64Array(pairs),
    bin: Int32Array.from({ length: pairs }, (_, p) =>
      Math.min(Math.floor(p / bins) + (p % bins) + 1, bins - 1),
    ),
  };
  const kernel = new Float64Array(pairs).fill(K);
  const system: LedgerSystem = closedSystem(
    netCollisions(masses, kernel, outcomes, fragmentMass(equalWeights(bins))),
  );
  const start = new Float64Array(bins);
  start[0] = N0 * masses[0];
  return {
    system,
    start,
    bins,
    masses,
    N0,
    kernelRate: K,
    timeOf: (x: number) => (2 * x) / (K * N0),
    /** Number of grains over its exact value. */
    number: (y: Float64Array, x: number) => (y.reduce((sum, M, k) => sum + M / masses[k], 0) * (1 + x)) / N0,
    /** Largest error of a bin's number, over N0. */
    worstBin: (y: Float64Array, x: number) =>
      Math.max(...y.map((M, k) => Math.abs(M / masses[k] / N0 - x ** k / (1 + x) ** (k + 2)))),
  };
})();

const density = 3000;
const radius = (mass: number) => Math.cbrt((3 * mass) / (4 * Math.PI * density));
const smallest = 1e-4;
const doublings = 24;

/**
 * The same on the logarithmic grid of the disk, with its own outcomes at infinite strength: the sum of two grains rarely is the centre of a bin,
 * so N has an error of size that falls with the bin width, not evenly (what decides is on which side of an edge the sums lie). Start and
 * solution are exponential, n(m) = N^2 exp(-m N), for mass 1.
 *
 * @returns relative error of N after 1 + x mergers per grain
 */
export function stickyNumberError(perDoubling: number, x: number): number {
  const bins = doublings * perDoubling;
  const grid = sizeGrid(radius(smallest), radius(smallest * 2 ** doublings), bins, density);
  const strength = new Float64Array(bins).fill(Number.POSITIVE_INFINITY);
  const outcomes = disruptiveOutcomes(grid, strength, 1, density);
  const fragments = powerLawFragments(grid.edges, 3.5);
  const kernel = equalWeights(bins * bins);
  const system = closedSystem(netCollisions(grid.masses, kernel, outcomes, fragments));
  const above = (edge: number) => {
    const m = grainMass(edge, density);
    return (1 + m) * Math.exp(-m);
  };
  const start = grid.masses.map((_, k) => above(grid.edges[k]) - above(grid.edges[k + 1]));
  const { y } = integrate(system, equalWeights(bins), start, 0, 2 * x, 1e-6);
  const number = (M: Float64Array) => M.reduce((sum, mass, k) => sum + mass / grid.masses[k], 0);
  return (number(y) * (1 + x)) / number(start) - 1;
}
