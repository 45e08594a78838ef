/** Seconds in each unit. The year is the Julian one, as in the rest of the program (physics.md section b). */
const seconds: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
  yr: 31557600,
  year: 31557600,
  years: 31557600,
  kyr: 31557600000,
};

const units = Object.keys(seconds).join('|');

/** Text that stands for a time span: a number without sign, and a unit. */
export const durationPattern = new RegExp(`^\\s*(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*(${units})\\s*$`);

export type DurationUnit = 's' | 'min' | 'h' | 'd' | 'yr';

/**
 * Seconds of a duration: a plain number counts in `unit`, text carries its own unit ("30 d").
 * @throws RangeError for text that is no duration.
 */
export function inSeconds(value: number | string, unit: DurationUnit): number {
  if (typeof value === 'number') return value * seconds[unit]!;
  const match = durationPattern.exec(value);
  if (!match) throw new RangeError(`not a duration: ${JSON.stringify(value)}`);
  return Number(`${match[1]}${match[2] ?? ''}`) * seconds[match[3]!]!;
}

/** A time span in words, in the unit that reads best. */
export function inWords(span: number): string {
  for (const unit of ['yr', 'd', 'h', 'min'] as const) {
    if (span >= seconds[unit]!) return `${Number((span / seconds[unit]!).toPrecision(6))} ${unit}`;
  }
  return `${Number(span.toPrecision(6))} s`;
}
