/** Numbers and times as people read them. Independent of locale, so that every machine prints the same text. */

const minute = 60;
const hour = 3600;
const day = 86400;
/** Julian year, the one that every input in years is converted with. */
const year = 365.25 * day;

const timeUnits = [
  { symbol: 'yr', seconds: year },
  { symbol: 'd', seconds: day },
  { symbol: 'h', seconds: hour },
  { symbol: 'min', seconds: minute },
] as const;

/** Shown where a value is absent or not a number. */
export const absent = '–';

/** Drops the zeros after the last significant digit of the decimal part: `1.50` -> `1.5`, `100` stays. */
function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * A number with `digits` significant digits: plain from 0.001 up to 99999, otherwise with an exponent (`1.234e-7`).
 * Null, NaN and the infinities are shown as a dash.
 */
export function formatNumber(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return absent;
  if (value === 0) return '0';
  const scientific = value.toExponential(digits - 1);
  const [mantissa, exponentText] = scientific.split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -3 || exponent > 4) return `${withoutTrailingZeros(mantissa)}e${exponent}`;
  return withoutTrailingZeros(Number(scientific).toFixed(Math.max(0, digits - 1 - exponent)));
}

/** A duration given in seconds, in the largest unit of s, min, h, d, yr that keeps it at or above 1. */
export function formatTime(seconds: number | null | undefined, digits = 3): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return absent;
  // Compared after rounding: 59.99 s reads as 1 min, not as 60 s.
  const unit = timeUnits.find(
    (candidate) => Math.abs(Number((seconds / candidate.seconds).toPrecision(digits))) >= 1,
  );
  return unit
    ? `${formatNumber(seconds / unit.seconds, digits)} ${unit.symbol}`
    : `${formatNumber(seconds, digits)} s`;
}

/** A whole number with thin groups of three: `15,778,800`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A size in bytes with a decimal prefix: `46.2 kB`. */
export function formatBytes(bytes: number): string {
  const prefixes = ['B', 'kB', 'MB', 'GB', 'TB'];
  let index = 0;
  let size = bytes;
  while (size >= 999.5 && index < prefixes.length - 1) {
    size /= 1000;
    index += 1;
  }
  return `${formatNumber(size, 3)} ${prefixes[index]}`;
}
