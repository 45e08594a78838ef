import type { SlopeSet } from './slopes.js';

/** Adds derivatives by the slopes to those by the masses: every slope depends on three masses. Both square and row-major. */
export function fold(byMass: Float64Array, bySlope: Float64Array, slopes: SlopeSet, size: number): void {
  const { below, here, above } = slopes;
  for (let row = 0; row < size * size; row += size) {
    byMass[row] += bySlope[row] * here[0] + bySlope[row + 1] * below[1];
    for (let l = 1; l < size - 1; l++) {
      byMass[row + l] +=
        bySlope[row + l - 1] * above[l - 1] +
        bySlope[row + l] * here[l] +
        bySlope[row + l + 1] * below[l + 1];
    }
    const last = size - 1;
    byMass[row + last] += bySlope[row + last - 1] * above[last - 1] + bySlope[row + last] * here[last];
  }
}
