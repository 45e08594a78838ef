/** How far a number may lie from another. */
export type Tolerance = { readonly relative: number } | { readonly absolute: number };

/** A: closed form, computed and checked. B: read in an abstract or in independent code. M: measured here, nothing to compare with. */
export type Sureness = 'A' | 'B' | 'M';

/** One line of docs/validation.md: a number that is known from elsewhere, beside what the model's own code gives. */
export interface Row {
  /** Names the row for good: letters, digits, dots and dashes. */
  readonly key: string;
  /** What is compared, for a reader; markdown. */
  readonly what: string;
  readonly unit: string;
  /** A number with a tolerance, a range it must lie in, or null where nothing is known. */
  readonly expected: number | readonly [low: number, high: number] | null;
  readonly got: number;
  readonly tolerance: Tolerance;
  /** Paper, closed form or other program. */
  readonly source: string;
  readonly sure: Sureness;
  /** How far `got` may move between two computations before the page is out of date. */
  readonly drift: Tolerance;
}

/** Closed forms differ between engines in the last bits only. */
const closedForm: Tolerance = { relative: 1e-9 };

type Details = Pick<Row, 'source' | 'sure'> & { readonly unit?: string; readonly drift?: Tolerance };

/** A row with an expected number and a relative tolerance. */
export function near(
  key: string,
  what: string,
  expected: number,
  got: number,
  relative: number,
  { unit = '', drift = closedForm, source, sure }: Details,
): Row {
  return { key, what, unit, expected, got, tolerance: { relative }, source, sure, drift };
}

/** A row with an expected number and an absolute tolerance. */
export function close(
  key: string,
  what: string,
  expected: number,
  got: number,
  absolute: number,
  { unit = '', drift = closedForm, source, sure }: Details,
): Row {
  return { key, what, unit, expected, got, tolerance: { absolute }, source, sure, drift };
}

/** A row whose number must lie in a range. */
export function between(
  key: string,
  what: string,
  expected: readonly [number, number],
  got: number,
  { unit = '', drift = closedForm, source, sure }: Details,
): Row {
  return { key, what, unit, expected, got, tolerance: { absolute: 0 }, source, sure, drift };
}

/** A row that only tells what was found; its drift is watched like that of the others. */
export function measured(
  key: string,
  what: string,
  got: number,
  { unit = '', drift = closedForm, source }: Omit<Details, 'sure'>,
): Row {
  return { key, what, unit, expected: null, got, tolerance: { absolute: 0 }, source, sure: 'M', drift };
}

export function isWithin(got: number, expected: number, tolerance: Tolerance): boolean {
  const distance = Math.abs(got - expected);
  // Written so that NaN is never within.
  if ('absolute' in tolerance) return distance <= tolerance.absolute;
  return distance <= tolerance.relative * Math.abs(expected);
}

/** Whether a row says what it should; a row without expectation always does. */
export function holds({ expected, got, tolerance }: Row): boolean {
  if (expected === null) return Number.isFinite(got);
  if (typeof expected === 'number') return isWithin(got, expected, tolerance);
  return got >= expected[0] && got <= expected[1];
}
