import fc from 'fast-check';
import { Collisions } from '../../../src/sim/mars/collisions.js';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { fragmentMass, powerLawFragments } from '../../../src/sim/mars/fragments.js';
import { netCollisions } from '../../../src/sim/mars/netCoefficients.js';
import { disruptiveOutcomes, split } from '../../../src/sim/mars/remnant.js';
import { diskParams } from '../params.js';

const bins = 9;
const masses = Float64Array.from({ length: bins }, (_, k) => 3 * 4 ** k);
const weights = Float64Array.from({ length: bins }, (_, k) => 1 + k * k);

/** Any kernel and any outcome, symmetric: the net form must equal the gross definition. */
const world = fc
  .record({
    K: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: bins * bins, maxLength: bins * bins }),
    f: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: bins * bins, maxLength: bins * bins }),
    q: fc.array(fc.integer({ min: 0, max: bins - 1 }), { minLength: bins * bins, maxLength: bins * bins }),
    M: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: bins, maxLength: bins }),
  })
  .map(({ K, f, q, M }) => {
    const upper = (p: number) =>
      Math.min(Math.floor(p / bins), p % bins) * bins + Math.max(Math.floor(p / bins), p % bins);
    return {
      kernel: Float64Array.from(K, (_, p) => K[upper(p)] / 1000),
      outcomes: {
        remnant: Float64Array.from(f, (_, p) => f[upper(p)] / 1000),
        fragmented: Float64Array.from(f, (_, p) => 1 - f[upper(p)] / 1000),
        bin: Int32Array.from(q, (_, p) => q[upper(p)]),
      },
      M: Float64Array.from(M, (m) => m / 7),
    };
  });

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** Losses, remnant and fragments, each pair in full. */
function gross({ kernel, outcomes, M }: World): { rates: Float64Array; size: number } {
  const rates = new Float64Array(bins);
  let size = 0;
  const add = (k: number, mass: number) => {
    rates[k] += mass;
    size = Math.max(size, Math.abs(mass));
  };
  for (let i = 0; i < bins; i++) {
    for (let j = i; j < bins; j++) {
      const p = i * bins + j;
      const collisions = ((i === j ? 0.5 : 1) * kernel[p] * M[i] * M[j]) / (masses[i] * masses[j]);
      const total = masses[i] + masses[j];
      const q = outcomes.bin[p];
      add(i, -collisions * masses[i]);
      add(j, -collisions * masses[j]);
      add(q, collisions * outcomes.remnant[p] * total);
      const sum = weights.subarray(0, q + 1).reduce((x, y) => x + y, 0);
      for (let k = 0; k <= q; k++) add(k, (collisions * outcomes.fragmented[p] * total * weights[k]) / sum);
    }
  }
  return { rates, size };
}

test('the net form is the gross definition, for any kernel and outcome', () => {
  fc.assert(
    fc.property(world, (each) => {
      const out = new Float64Array(bins);
      new Collisions(netCollisions(masses, each.kernel, each.outcomes, fragmentMass(weights))).rates(
        each.M,
        out,
      );
      const { rates, size } = gross(each);
      for (let k = 0; k < bins; k++) expect(Math.abs(out[k] - rates[k])).toBeLessThanOrEqual(1e-12 * size);
    }),
    { seed: 5, numRuns: 100 },
  );
});

/** Rates are quadratic in M, so a central difference is exact up to rounding. */
test('the Jacobian is the derivative of the rates', () => {
  fc.assert(
    fc.property(world, ({ kernel, outcomes, M }) => {
      const collisions = new Collisions(netCollisions(masses, kernel, outcomes, fragmentMass(weights)));
      const jacobian = new Float64Array(bins * bins);
      collisions.jacobian(M, jacobian);
      const [plus, minus] = [new Float64Array(bins), new Float64Array(bins)];
      for (let l = 0; l < bins; l++) {
        const step = 50;
        collisions.rates(
          M.map((m, k) => (k === l ? m + step : m)),
          plus,
        );
        collisions.rates(
          M.map((m, k) => (k === l ? m - step : m)),
          minus,
        );
        const size = Math.max(...plus.map(Math.abs), ...minus.map(Math.abs));
        for (let k = 0; k < bins; k++) {
          expect(Math.abs(jacobian[k * bins + l] - (plus[k] - minus[k]) / (2 * step))).toBeLessThanOrEqual(
            1e-13 * size + 1e-300,
          );
        }
      }
    }),
    { seed: 6, numRuns: 50 },
  );
});

test('dust on boulders: the fragmented share keeps all its digits', () => {
  const { grid, thresholds, relativeSpeed } = diskOf(diskParams({ sizes: { bins: 40 } }));
  const outcomes = disruptiveOutcomes(grid, thresholds, relativeSpeed, 3270);
  const w = outcomes.fragmented[0 * 40 + 39];
  expect(w).toBeGreaterThan(0);
  expect(w).toBeLessThan(1e-15);
  expect(outcomes.remnant[39]).toBe(1);
  expect(outcomes.bin[39]).toBe(39);
});

test('remnant: both laws meet at 1.8', () => {
  expect(split(1.8).remnant).toBeCloseTo(0.1, 14);
  expect(split(1.8 - 1e-12).remnant).toBeCloseTo(0.1, 11);
  expect(split(1e-19)).toEqual({ remnant: 1, fragmented: 5e-20 });
  expect(split(7.2).remnant).toBeCloseTo(0.1 / 8, 14);
});

test('fragment weights are those of dM/ds ~ s^(3 - alpha)', () => {
  const edges = Float64Array.of(1, 2, 4);
  expect(Array.from(powerLawFragments(edges, 3).weights)).toEqual([1, 2]);
  expect(Array.from(powerLawFragments(edges, 2).weights)).toEqual([1.5, 6]);
  expect(Array.from(powerLawFragments(edges, 4).weights)).toEqual([Math.LN2, Math.LN2]);
  expect(Array.from(powerLawFragments(edges, 2).cumulative)).toEqual([1.5, 7.5]);
});
