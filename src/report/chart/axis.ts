/** Domains, ticks and tick labels, chosen here and not by the drawing library, so that nothing depends on measured text. */

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Axis {
  readonly type: 'log' | 'linear';
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Values of the unlabelled short ticks. */
  readonly minor: readonly number[];
}

/**
 * Whether a logarithmic axis shows the value. Far beyond any physical number, and well inside the range of doubles: coordinates that
 * overflow make the PNG renderer abort the whole process.
 */
export function hasLogPlace(value: number): boolean {
  return value > 1e-250 && value < 1e250;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `10⁻³`; from 0.1 to 100 the plain number. */
export function powerOfTen(exponent: number): string {
  if (exponent >= -1 && exponent <= 2) return plain(10 ** exponent);
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) => superscripts[Number(digit)]!);
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}

/** Shortest text of a number with at most four significant digits. */
function plain(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Decades between whole powers of ten so that at most `most` labels stay. */
function decadeStride(from: number, to: number, most: number): number {
  return Math.max(1, Math.ceil((Math.floor(to) - Math.ceil(from) + 1) / most));
}

function multiplesInside(low: number, high: number, multiples: readonly number[]): number[] {
  const inside: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent += 1) {
    // Parsed from text: 10 ** -5 * 2 is not the nearest number to 2e-5, and it would show in the label.
    for (const multiple of multiples) inside.push(Number(`${multiple}e${exponent}`));
  }
  return inside.filter((value) => value >= low && value <= high);
}

/** Below this width powers of ten alone would leave fewer than three labels. */
const narrowDecades = 2.5;
const labelledMultiples = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 5, 7], [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9]];

/** A logarithmic axis over [low, high], both > 0, with at most `most` labelled powers of ten. */
export function logAxis(low: number, high: number, most: number): Axis {
  const from = Math.log10(low);
  const to = Math.log10(high);
  const domain = [low, high] as const;
  if (to - from < narrowDecades) {
    const multiples = labelledMultiples.find(
      (candidate) => multiplesInside(low, high, candidate).length >= 3,
    );
    if (!multiples) return { ...linearAxis(low, high, most), type: 'log' };
    const ticks = multiplesInside(low, high, multiples).map((value) => ({
      value,
      label: narrowLabel(value),
    }));
    return { type: 'log', domain, ticks, minor: multiplesInside(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9]) };
  }
  const stride = decadeStride(from, to, most);
  const exponents: number[] = [];
  for (let exponent = Math.ceil(from); exponent <= to; exponent += 1) exponents.push(exponent);
  const labelled = exponents.filter((exponent) => exponent % stride === 0);
  return {
    type: 'log',
    domain,
    ticks: labelled.map((exponent) => ({ value: Number(`1e${exponent}`), label: powerOfTen(exponent) })),
    minor:
      stride === 1
        ? multiplesInside(low, high, [2, 3, 4, 5, 6, 7, 8, 9])
        : exponents.map((e) => Number(`1e${e}`)),
  };
}

/** `2×10⁻⁵` where the plain number would be long. */
function narrowLabel(value: number): string {
  const [mantissa, exponent] = value.toExponential(3).split('e').map(Number) as [number, number];
  if (value === 0 || (exponent >= -3 && exponent <= 3)) return plain(value);
  return mantissa === 1 ? powerOfTen(exponent) : `${mantissa}×${powerOfTen(exponent)}`;
}

/** A linear axis over [low, high] with round ticks: about `most` of them, and at least two. */
export function linearAxis(low: number, high: number, most: number): Axis {
  const magnitude = 10 ** Math.floor(Math.log10((high - low) / most));
  const steps = [10, 5, 2, 1, 0.5].map((factor) => factor * magnitude);
  const fine = steps.filter((step) => step < (high - low) / most);
  const coarse = steps[steps.length - fine.length - 1]!;
  const values = [coarse, ...fine]
    .map((step) => multiplesOf(step, low, high))
    .find((found) => found.length >= 2)!;
  return {
    type: 'linear',
    domain: [low, high],
    ticks: values.map((value) => ({ value, label: narrowLabel(value) })),
    minor: [],
  };
}

function multiplesOf(step: number, low: number, high: number): number[] {
  const found: number[] = [];
  for (let index = Math.floor(low / step); index <= Math.ceil(high / step); index += 1) {
    // A product such as 3 * 0.1 carries an error that would show in the label.
    found.push(Number((index * step).toPrecision(12)));
  }
  return found.filter((value) => value >= low && value <= high);
}

/**
 * A logarithmic axis that fits positive values, at most `decades` below the largest; null when there are none.
 * @param values anything; what has no place on such an axis is left out
 */
export function fittedLogAxis(values: Iterable<number>, decades: number, most: number): Axis | null {
  const span = extent(values, hasLogPlace);
  if (!span) return null;
  const [smallest, largest] = span;
  const low = Math.max(smallest, largest * 10 ** -decades);
  const margin = Math.max(1.15, (largest / low) ** 0.05);
  return logAxis(low / margin, largest * margin, most);
}

/** A linear axis that fits finite values; null when there are none. */
export function fittedLinearAxis(values: Iterable<number>, most: number): Axis | null {
  const span = extent(values, (value) => Math.abs(value) < 1e250);
  if (!span) return null;
  const [smallest, largest] = span;
  const margin = Math.max((largest - smallest) * 0.06, Math.abs(largest) * 0.01, Number.MIN_VALUE * 1e10);
  return linearAxis(smallest - margin, largest + margin, most);
}

function extent(values: Iterable<number>, keep: (value: number) => boolean): [number, number] | null {
  let smallest = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    if (!keep(value)) continue;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return smallest <= largest ? [smallest, largest] : null;
}
