/** A table as read from a file: named columns of equal length. */
export interface Columns {
  readonly names: readonly string[];
  readonly rows: number;
  column(name: string): readonly number[];
}

/** A table that cannot be used; the message names the place inside the file and what was expected there. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

/** Picks the first of several accepted column names. */
export function anyColumn(
  table: Columns,
  accepted: readonly string[],
): { name: string; values: readonly number[] } {
  const name = accepted.find((one) => table.names.includes(one));
  if (name === undefined) {
    throw new TableError(`needs a column named ${accepted.join(' or ')}; it has ${table.names.join(', ')}`);
  }
  return { name, values: table.column(name) };
}

/** Refuses entries that are no finite numbers, naming the first row (counted from 1, without the header). */
export function requireFinite(name: string, values: readonly number[]): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new TableError(`column ${name}, row ${bad + 1}: ${String(values[bad])} is not a finite number`);
}

/** Refuses an axis that does not ascend strictly. */
export function requireAscending(name: string, values: readonly number[]): void {
  for (let i = 1; i < values.length; i++) {
    if (!(values[i]! > values[i - 1]!)) {
      throw new TableError(
        `column ${name} must ascend: ${values[i]} follows ${values[i - 1]} (row ${i + 1})`,
      );
    }
  }
}
