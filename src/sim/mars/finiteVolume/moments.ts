import type { Cells } from './cells.js';

/**
 * Integrals over a cell of quantities that go like 1/s, for the mass profile (M/h)(1 + sigma xi) in x = ln s: per unit of M and of L = sigma M
 * (spec/sizes.md 1.4). With G = h/2 the mean of s_k/s is S0 = sinh(G)/G, that of xi s_k/s is -S1, S1 = (G cosh G - sinh G)/G^2.
 */
export interface Moments {
  readonly mass: Float64Array;
  readonly slope: Float64Array;
}

/** @param factor of 1/s; the floor holds grains of s_min alone */
export function inverseSizeMoments({ sizes, width }: Cells, factor: number): Moments {
  const { S0, S1 } = shapeFactors(width / 2);
  return {
    mass: sizes.map((s, k) => (k === 0 ? factor : factor * S0) / s),
    slope: sizes.map((s, k) => (k === 0 ? 0 : (-factor * S1) / s)),
  };
}

function shapeFactors(G: number): { S0: number; S1: number } {
  // The series avoids the difference of nearly equal terms; (2m+1)! grows so fast that few are needed for any G of a grid.
  let S0 = 1;
  let S1 = G / 3;
  let term = 1;
  for (let m = 1; m < 40; m++) {
    term *= (G * G) / (2 * m * (2 * m + 1));
    S0 += term;
    S1 += (term * G) / (2 * m + 3);
  }
  return { S0, S1 };
}
