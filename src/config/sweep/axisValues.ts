import { dirname, resolve } from 'node:path';
import { readText } from '../base.js';
import type { Problems } from '../problems.js';
import type { Place } from '../source/entry.js';
import { TableError } from '../tables/columns.js';
import { parseCsv } from '../tables/csv.js';
import type { WrittenAxis } from './schema.js';
import type { AxisValue } from './sweepSpec.js';

/** Enough digits for any parameter, few enough that 0.1 + 0.2 reads as 0.3 and all engines agree. */
const rounded = (value: number) => Number(value.toPrecision(12));

function spaced(from: number, to: number, count: number, at: (share: number) => number): number[] {
  return Array.from({ length: count }, (_, i) =>
    i === 0 ? from : i === count - 1 ? to : rounded(at(i / (count - 1))),
  );
}

function column(file: string, name: string): number[] {
  const table = parseCsv(readText(file, 'the table of an axis'));
  if (!table.names.includes(name)) {
    throw new TableError(`has no column ${name}; it has ${table.names.join(', ')}`);
  }
  return [...table.column(name)];
}

/**
 * Values of an axis in their order.
 * @param file the sweep file: tables are looked for beside it
 */
export function axisValues(
  axis: string,
  written: WrittenAxis,
  file: string,
  problems: Problems,
  place: Place,
): readonly AxisValue[] {
  const refuse = (message: string): [] => {
    problems.add(`axes.${axis}`, `axes.${axis}: ${message}`, place);
    return [];
  };
  if (Array.isArray(written)) return written;
  if ('linspace' in written) {
    const [from, to, count] = written.linspace;
    return spaced(from, to, count, (share) => from + (to - from) * share);
  }
  if ('logspace' in written) {
    const [from, to, count] = written.logspace;
    if (!(from > 0 && to > 0)) {
      return refuse(
        `logspace goes from ${from} to ${to}; give the values at its ends (0.01), not their exponents (-2)`,
      );
    }
    return spaced(from, to, count, (share) => Math.exp(Math.log(from) + Math.log(to / from) * share));
  }
  try {
    return column(resolve(dirname(file), written.csv), written.column ?? axis);
  } catch (error) {
    if (error instanceof TableError) return refuse(`the table ${written.csv} ${error.message}`);
    throw error;
  }
}
