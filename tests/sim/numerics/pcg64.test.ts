import { clearanceEccentricity, drawn, tiltedInclination } from '../../../src/sim/mars/orbit.js';
import { Pcg64 } from '../../../src/sim/numerics/pcg64.js';
import { describeWithReference, readCsv } from '../../reference/cases.js';

const radius = 1.85 * 3.3895e6;
const clearances = { low: 1.2e6, high: 4e6, distribution: 'uniform' } as const;

describeWithReference('reference/unit/rng_e0.csv', () => {
  test("the numbers of NumPy's default_rng, bit for bit, and the eccentricities drawn with them", () => {
    const rows = readCsv('reference/unit/rng_e0.csv');
    expect(rows.length).toBe(6);
    for (const row of rows) {
      const random = new Pcg64(Number(row.seed));
      expect([random.random(), random.random()]).toEqual([Number(row.u1_default_rng_random), Number(row.u2)]);
      const dr = drawn(clearances, new Pcg64(Number(row.seed)));
      expect(dr).toBe(Number(row['dr_uniform_1.2e6_4.0e6_first_draw']));
      const e = Number(row['e0_at_r_1.85RM_clipped']);
      expect(Math.abs(clearanceEccentricity(radius, dr) - e)).toBeLessThanOrEqual(1e-12 * e);
    }
  });
});

test('seeds of more than 32 bits too (NumPy 2)', () => {
  const two = (seed: number) => {
    const random = new Pcg64(seed);
    return [random.random(), random.random()];
  };
  expect(two(2 ** 33 + 5)).toEqual([0.23772096442823154, 0.42782131249807576]);
  expect(two(2 ** 53 - 1)).toEqual([0.7862681066761149, 0.6063032385025929]);
  for (const seed of [-1, 0.5, 2 ** 53]) expect(() => new Pcg64(seed)).toThrow(/whole number/);
});

test('draws keep to their ranges; loguniform favours the small ones', () => {
  const medianOf = (distribution: 'uniform' | 'loguniform') => {
    const random = new Pcg64(1);
    const found = Array.from({ length: 2001 }, () => drawn({ low: 1e5, high: 1e7, distribution }, random));
    expect(Math.min(...found)).toBeGreaterThanOrEqual(1e5 * (1 - 1e-15));
    expect(Math.max(...found)).toBeLessThan(1e7);
    return found.sort((a, b) => a - b)[1000]!;
  };
  expect(medianOf('uniform') / 5e6).toBeCloseTo(1, 1);
  expect(medianOf('loguniform') / 1e6).toBeCloseTo(1, 0);
  expect(medianOf('loguniform')).toBeLessThan(1.3e6);
});

test('tilts are uniform around the observed one, cut off at 0 and 90 degrees', () => {
  const random = new Pcg64(5);
  const found = Array.from({ length: 500 }, () => (tiltedInclination(10, 20, random) * 180) / Math.PI);
  expect(Math.min(...found)).toBe(0);
  expect(Math.max(...found)).toBeGreaterThan(29);
  expect(Math.max(...found)).toBeLessThan(30);
  expect(tiltedInclination(85, 0, random)).toBeCloseTo((85 * Math.PI) / 180, 15);
  expect(tiltedInclination(120, 1, random)).toBe(Math.PI / 2);
});
