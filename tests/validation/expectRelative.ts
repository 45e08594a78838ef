/** Expects a number within a relative tolerance of another. */
export function expectRelative(found: number, expected: number, tolerance: number): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);
}
