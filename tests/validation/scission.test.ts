import { brokenChains, scissionErrors } from '../../validation/systems/scission.js';

/** Measured: 1.4e-9 at rtol 1e-6, 8e-13 at 1e-9, in every variant; N to 1e-13. */
test.each([
  ['behind', false, 1e-6],
  ['behind', true, 1e-6],
  ['before', false, 1e-6],
  ['before', true, 1e-6],
  ['behind', false, 1e-9],
] as const)(
  'chains of whole units: hammers %s, largest fragments one bin below: %s, rtol %d',
  (place, below, rtol) => {
    for (const t of [0.01, 0.1, 1]) {
      const { worst, number, hammers, mass } = brokenChains(place, below, t, rtol);
      expect(worst).toBeLessThan(0.01 * rtol);
      expect(Math.abs(number - 1)).toBeLessThan(1e-12);
      expect(Math.abs(hammers - 1)).toBeLessThan(1e-12);
      expect(Math.abs(mass - 1)).toBeLessThan(1e-14);
    }
  },
);

test('logarithmic bins: errors halve with the bins, and their extrapolation to zero width is the exact solution', () => {
  const found = [1, 2, 4, 8].map(scissionErrors);
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
