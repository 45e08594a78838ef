import fc from 'fast-check';
import { factorize, solve } from '../../../src/sim/numerics/lu.js';

function residual(a: Float64Array, x: Float64Array, b: Float64Array): number {
  const n = b.length;
  let worst = 0;
  for (let i = 0; i < n; i++) {
    let sum = -b[i];
    let size = Math.abs(b[i]);
    for (let j = 0; j < n; j++) {
      sum += a[i * n + j] * x[j];
      size += Math.abs(a[i * n + j] * x[j]);
    }
    if (sum !== 0) worst = Math.max(worst, Math.abs(sum) / size);
  }
  return worst;
}

const matrix = fc.integer({ min: 1, max: 17 }).chain((n) =>
  fc.record({
    a: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: n * n, maxLength: n * n }),
    b: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: n, maxLength: n }),
  }),
);

test('solves small systems of odd and even size with a residual of rounding', () => {
  fc.assert(
    fc.property(matrix, ({ a, b }) => {
      const n = b.length;
      // A diagonal at the bottom of the column forces row exchanges and keeps the matrix regular.
      const full = Float64Array.from(
        a,
        (value, p) => value + (p % n === n - 1 - Math.floor(p / n) ? 3000 * n : 0),
      );
      const lu = full.slice();
      const pivots = new Int32Array(n);
      const x = Float64Array.from(b);
      expect(factorize(lu, n, pivots)).toBe(true);
      solve(lu, n, pivots, x);
      expect(residual(full, x, Float64Array.from(b))).toBeLessThan(1e-13);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test('a zero on the diagonal needs a pivot', () => {
  const lu = Float64Array.of(0, 2, 4, 1);
  const pivots = new Int32Array(2);
  const b = Float64Array.of(6, 7);
  expect(factorize(lu, 2, pivots)).toBe(true);
  solve(lu, 2, pivots, b);
  expect(Array.from(b)).toEqual([1, 3]);
});

test.each([
  ['singular', [1, 2, 2, 4]],
  ['zero', [0, 0, 0, 0]],
  ['not a number', [Number.NaN, 1, 1, 1]],
  ['infinite', [1, 1, Number.POSITIVE_INFINITY, 1]],
])('a matrix that is %s is refused', (_, values) => {
  expect(factorize(Float64Array.from(values), 2, new Int32Array(2))).toBe(false);
});
