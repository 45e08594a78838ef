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
describe('random scission on bins of whole units: exact in size', () => {
  const L = 30;
  const units = Float64Array.from({ length: L }, (_, k) => k + 1);
  const weights = equalWeights(L + 1);

  function exact(k: number, t: number): number {
    const p = -Math.expm1(-t);
    const intact = (1 - p) ** (k - 1);
    return k === L ? intact : intact * (2 * p + (L - k - 1) * p * p);
  }

  /** Measured: 1.4e-9 at rtol 1e-6, 8e-13 at 1e-9, in every variant; N to 1e-13. */
  test.each([
    ['behind', false, 1e-6],
    ['behind', true, 1e-6],
    ['before', false, 1e-6],
    ['before', true, 1e-6],
    ['behind', false, 1e-9],
  ] as const)('hammers %s, largest fragments one bin below: %s, rtol %d', (place, below, rtol) => {
    const rates = units.map((k) => (k === 1 ? 0 : below ? k - 1 : k + 1));
    const { system, start, grains, hammers } = hammered(units, rates, fragmentMass(units), place, below);
    const y0 = start(units.map((k) => (k === L ? L : 0)));
    for (const t of [0.01, 0.1, 1]) {
      const { y } = integrate(system, weights, y0, 0, t, rtol);
      const numbers = grains(y).map((M, k) => M / units[k]);
      numbers.forEach((n, k) => {
        expect(Math.abs(n - exact(k + 1, t))).toBeLessThan(0.01 * rtol);
      });
      const N = numbers.reduce((sum, n) => sum + n, 0);
      expect(Math.abs(N / (1 - (L - 1) * Math.expm1(-t)) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(hammers(y) - 1)).toBeLessThan(1e-12);
      expect(Math.abs(y.reduce((sum, M) => sum + M, 0) / (L + 1) - 1)).toBeLessThan(1e-14);
    }
  });
});

/**
 * The continuous limit (Ziff & McGrady 1985): rate x, pieces uniform in mass, one grain of mass 1 at the start,
 *
 *     n(x, t) = exp(-t x) (2t + t^2 (1 - x)) + exp(-t) delta(x - 1),   N = 1 + t,   mass above x: exp(-t x) (1 + t x (1 - x)).
 *
 * Uniform in mass is dM/ds ~ s^5, the slope alpha = -2 of the disk's fragments. On its logarithmic bins the scheme is of FIRST order in
 * the bin width: a grain sits at the centre of its bin but breaks into pieces up to the bin's upper edge, so too little leaves the bin.
 * At 10 bins per decade of size (1 per doubling of mass) only 55 % of the pieces exist at t = 10.
 */
describe('random scission on logarithmic bins: first order', () => {
  const density = 3000;
  const radius = (mass: number) => Math.cbrt((3 * mass) / (4 * Math.PI * density));
  const doublings = 20;
  const t = 10;

  /** Relative error of N and largest error of the mass above any bin edge. */
  function errors(perDoubling: number): { number: number; mass: number } {
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

  test('errors halve with the bins, and their extrapolation to zero width is the exact solution', () => {
    const found = [1, 2, 4, 8].map(errors);
    const measured = [-0.4546, -0.2663, -0.1447, -0.0755];
    found.forEach(({ number }, i) => {
      expect(Math.abs(number - measured[i])).toBeLessThan(1e-4);
    });
    const ratio = (i: number) => found[i].number / found[i + 1].number;
    expect(ratio(1)).toBeGreaterThan(1.8);
    expect(ratio(2)).toBeGreaterThan(1.9);
    expect(ratio(2)).toBeLessThan(2);
    expect(found[2].mass / found[3].mass).toBeGreaterThan(1.95);
    // Richardson: the first-order and the second-order part of the error taken out.
    const once = (i: number) => 2 * found[i + 1].number - found[i].number;
    expect(Math.abs((4 * once(2) - once(1)) / 3)).toBeLessThan(1e-3);
  });
});
