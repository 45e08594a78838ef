/** Nodes of a table of Planck means, both ascending. */
export interface QprGrid {
  /** m */
  readonly sizes: readonly number[];
  /** K */
  readonly temperatures: readonly number[];
}

const digits = (value: number, count: number) => Number(value.toPrecision(count));

/**
 * Nodes of the shipped tables: ten sizes a decade, and temperatures so dense that the bicubic spline errs by less than 0.5 % everywhere,
 * the knots of the optical constants included.
 */
export const denseGrid: QprGrid = {
  sizes: Array.from({ length: 91 }, (_, i) => digits(10 ** ((i - 80) / 10), 4)),
  temperatures: [
    ...[
      200, 250, 300, 350, 400, 450, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700,
    ],
    ...[1800, 1950, 2100, 2300, 2500, 2750, 3000, 3250, 3500, 3750, 4000, 4250, 4500, 4750, 5000, 5250, 5500],
    ...[5750, 6000, 6250, 6500],
  ],
};

/** Nodes of the original's forsterite table, its sizes continued down to 7 nm with the same ratio (spec/optics.md 7). */
export const originalGrid: QprGrid = {
  sizes: Array.from({ length: 53 }, (_, j) => digits(1e-6 * Math.exp((Math.log(3e6) / 39) * (j - 13)), 10)),
  temperatures: [
    ...[300, 500, 700, 900, 1000, 1300, 1600, 1900],
    ...Array.from({ length: 15 }, (_, i) => 2000 + 300 * i),
  ],
};
