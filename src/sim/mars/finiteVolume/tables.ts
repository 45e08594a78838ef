import type { Cells, FragmentLaw } from './cells.js';
import { type PairIntegrals, type PairTerms, plain, slopeBand, withLarger, withSmaller } from './pairs.js';

/** Coefficients of one cell with a smaller or equal partner: own gain A, mass sent below O, gain of the cell below D (spec/sizes.md 1.6). */
export const perSmaller = 6;
/** The two of a larger partner. */
export const perLarger = 2;
/** Those of the slope of a smaller partner's cell. */
export const perSlope = 3;
/** Gain and mass sent of a remnant further down. */
export const perRemnant = 6;

/**
 * Pair coefficients, constants of a run, packed in the order in which they are read. Row k stands for cell k; M and L of a partner multiply
 * M and L of cell k.
 */
export interface PairTables {
  readonly count: number;
  /** How far apart the partners may be for the slope of the smaller one's cell to count. */
  readonly band: number;
  /** Row k, partners 0..k: A, A by own slope, O, O by own slope, D, D by own slope. */
  readonly smaller: Float64Array;
  /** Row k, partners k+1..n: A, A by the partner's slope. */
  readonly larger: Float64Array;
  /** Row k, partners k-band..k-1 (a fixed width of `band`): A, O, D by the partner's slope. */
  readonly smallerSlope: Float64Array;
  /** Row k, partners k+1..k+band: A by own slope. */
  readonly largerSlope: Float64Array;
  /** Remnants below the cell under the larger body: partners, remnant's cell, and gain and mass sent, three moments each. */
  readonly remnants: { readonly count: number; readonly cells: Int32Array; readonly values: Float64Array };
  readonly fragments: FragmentLaw;
}

/** Start of row k in `smaller` and in `larger`. */
export const smallerRow = (k: number) => (perSmaller * k * (k + 1)) / 2;
export const largerRow = (count: number, k: number) => perLarger * (k * count - (k * (k - 1)) / 2);

export function pairTables(cells: Cells, fragments: FragmentLaw, pairs: PairIntegrals): PairTables {
  const { count } = cells;
  const band = Math.min(slopeBand(cells), count);
  const tables = {
    count,
    band,
    smaller: new Float64Array(smallerRow(count + 1)),
    larger: new Float64Array(largerRow(count, count + 1)),
    smallerSlope: new Float64Array((count + 1) * band * perSlope),
    largerSlope: new Float64Array((count + 1) * band),
    fragments,
  };
  const cellsOfRemnants: number[] = [];
  const values: number[] = [];
  for (let j = 0; j <= count; j++) {
    for (let i = 0; i <= j; i++) {
      const terms = pairs.of(i, j);
      store(tables, terms);
      for (const { cell, gain, sent } of terms.remnants) {
        if (cell === j || cell === j - 1) continue;
        cellsOfRemnants.push(i, j, cell);
        values.push(...gain, ...sent);
      }
    }
  }
  const remnants = {
    count: cellsOfRemnants.length / 3,
    cells: Int32Array.from(cellsOfRemnants),
    values: Float64Array.from(values),
  };
  return { ...tables, remnants };
}

/** The partners' own gains, and what remnants in the larger body's cell and in the one below it bring. */
function store(tables: Omit<PairTables, 'remnants'>, terms: PairTerms): void {
  const { i, j, smaller, larger, remnants } = terms;
  const { band, fragments, count } = tables;
  const at = smallerRow(j) + perSmaller * i;
  const ofSlope = band * perSlope * j + perSlope * (i - j + band);
  const own = i === j;
  const put = (column: number, moments: Float64Array, factor: number) => {
    tables.smaller[at + column] += factor * moments[plain];
    tables.smaller[at + column + 1] += factor * (moments[withLarger] + (own ? moments[withSmaller] : 0));
    if (!own && j - i <= band) tables.smallerSlope[ofSlope + column / 2] += factor * moments[withSmaller];
  };
  put(0, larger, 1);
  for (const { cell, gain, sent } of remnants) {
    if (cell !== j && cell !== j - 1) continue;
    put(2, sent, 1);
    if (cell === j) continue;
    // Everything sent below j passes through the cell below it, which a remnant in that cell must not pay.
    put(4, gain, 1);
    put(4, sent, -fragments.weights[j - 1]);
  }
  if (own) return;
  const right = largerRow(count, i) + perLarger * (j - i - 1);
  tables.larger[right] = smaller[plain];
  tables.larger[right + 1] = smaller[withLarger];
  if (j - i <= band) tables.largerSlope[band * i + (j - i - 1)] = smaller[withSmaller];
}
