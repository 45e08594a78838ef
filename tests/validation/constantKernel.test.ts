import { equalWeights } from '../../validation/systems/closedSystem.js';
import { fixedSteps, integrate } from '../../validation/systems/integrate.js';
import { stickyNumberError, stickyUnits } from '../../validation/systems/stickyGrains.js';

describe('bins of whole units: exact in size', () => {
  const { system, start, bins, timeOf, number, worstBin } = stickyUnits;

  /** Measured at rtol 1e-6: 4e-9 in N, 4e-9 N0 in every bin; at 1e-9: 6e-12. */
  test.each([1e-6, 1e-9])('N and every bin at rtol %d', (rtol) => {
    for (const x of [0.5, 1, 2]) {
      const { y } = integrate(system, equalWeights(bins), start, 0, timeOf(x), rtol);
      expect(Math.abs(number(y, x) - 1)).toBeLessThan(0.02 * rtol);
      expect(worstBin(y, x)).toBeLessThan(0.02 * rtol);
      expect(Math.abs(y.reduce((sum, M) => sum + M, 0) / start[0] - 1)).toBeLessThan(1e-14);
    }
  });

  test('halving the step divides the error by 2^5', () => {
    const errors = [16, 32, 64].map((steps) => worstBin(fixedSteps(system, start, timeOf(1), steps), 1));
    for (let i = 0; i < 2; i++) {
      const order = Math.log2(errors[i] / errors[i + 1]);
      expect(order).toBeGreaterThan(4.7);
      expect(order).toBeLessThan(5.6);
    }
  });
});

/** Measured after 1 + x = 11 mergers per grain. */
test.each([
  [1, -0.0141],
  [2, -0.00427],
  [4, -0.00684],
  [8, 0.00045],
])('logarithmic bins of the disk, %d per doubling of mass: N is off by %d', (perDoubling, error) => {
  expect(Math.abs(stickyNumberError(perDoubling, 10) - error)).toBeLessThan(1e-5 + 0.01 * Math.abs(error));
});
