import { fragmentMass, powerLawFragments } from '../../src/sim/mars/fragments.js';
import { grainMass, sizeGrid } from '../../src/sim/mars/grid.js';
import { equalWeights } from './closedSystem.js';
import { hammered } from './hammered.js';
import { integrate } from './integrate.js';

/**
 * Chains of k units whose k - 1 bonds break at unit rate each: after a time t a bond is broken with probability p = 1 - exp(-t), and from
 * one chain of L units (Montroll & Simha 1940)
 *
 *     n_k = (1-p)^(k-1) (2p + (L-k-1) p^2) for k < L,   n_L = (1-p)^(L-1),   N = 1 + (L-1) p.
 *
 * A break at a random bond makes all shorter chains equally often: mass weights b_k = k. On bins of whole units this is exact; only
 * the error in time is left. With the largest fragments in the chain's own bin the share (k-1)/(k+1) of the hits leaves it, so hits come
 * at k + 1; with the largest in the bin below all leave, so hits come at k - 1.
 */
export const chainUnits = 30;

export interface BrokenChains {
  /** Largest error of the number of any chain, for one chain at the start. */
  readonly worst: number;
  /** Total number over its exact value. */
  readonly number: number;
  /** Mass of the hammers, which must stay 1, and of everything over its start. */
  readonly hammers: number;
  readonly mass: number;
}

export function brokenChains(
  place: 'before' | 'behind',
  below: boolean,
  t: number,
  rtol: number,
): BrokenChains {
  const L = chainUnits;
  const units = Float64Array.from({ length: L }, (_, k) => k + 1);
  const rates = units.map((k) => (k === 1 ? 0 : below ? k - 1 : k + 1));
  const { system, start, grains, hammers } = hammered(units, rates, fragmentMass(units), place, below);
  const y0 = start(units.map((k) => (k === L ? L : 0)));
  const { y } = integrate(system, equalWeights(L + 1), y0, 0, t, rtol);
  const numbers = grains(y).map((M, k) => M / units[k]);
  return {
    worst: Math.max(...numbers.map((n, k) => Math.abs(n - exactChains(k + 1, t)))),
    number: numbers.reduce((sum, n) => sum + n, 0) / (1 - (L - 1) * Math.expm1(-t)),
    hammers: hammers(y),
    mass: y.reduce((sum, M) => sum + M, 0) / (L + 1),
  };
}

function exactChains(k: number, t: number): number {
  const p = -Math.expm1(-t);
  const intact = (1 - p) ** (k - 1);
  return k === chainUnits ? intact : intact * (2 * p + (chainUnits - k - 1) * p * p);
}

const density = 3000;
const radius = (mass: number) => Math.cbrt((3 * mass) / (4 * Math.PI * density));
const doublings = 20;
const t = 10;

/**
 * The continuous limit (Ziff & McGrady 1985): rate x, pieces uniform in mass, one grain of mass 1 at the start,
 *
 *     n(x, t) = exp(-t x) (2t + t^2 (1 - x)) + exp(-t) delta(x - 1),   N = 1 + t,   mass above x: exp(-t x) (1 + t x (1 - x)).
 *
 * Uniform in mass is dM/ds ~ s^5, the slope alpha = -2 of the disk's fragments. On its logarithmic bins the scheme is of FIRST order in
 * the bin width: a grain sits at the centre of its bin but breaks into pieces up to the bin's upper edge, so too little leaves the bin.
 * At 10 bins per decade of size (1 per doubling of mass) only 55 % of the pieces exist at t = 10.
 *
 * @returns relative error of N and largest error of the mass above any bin edge
 */
export function scissionErrors(perDoubling: number): { number: number; mass: number } {
  const bins = doublings * perDoubling;
  const half = 2 ** (0.5 / perDoubling);
  const grid = sizeGrid(radius(half * 2 ** -doublings), radius(half), bins, density);
  const fragments = powerLawFragments(grid.edges, -2);
  const { system, start, grains } = hammered(grid.masses, grid.masses, fragments, 'behind', false);
  const y0 = start(grid.masses.map((_, k) => (k === bins - 1 ? 1 : 0)));
  const M = grains(integrate(system, equalWeights(bins + 1), y0, 0, t, 1e-7).y);
  let above = 0;
  let mass = 0;
  for (let k = bins - 1; k >= 0; k--) {
    above += M[k];
    const x = grainMass(grid.edges[k], density);
    const exact = x > 1 ? 0 : Math.exp(-t * x) * (1 + t * x * (1 - x));
    mass = Math.max(mass, Math.abs(above - exact));
  }
  return { number: M.reduce((sum, m, k) => sum + m / grid.masses[k], 0) / (1 + t) - 1, mass };
}
