import type { Column, TableDescription } from '../sim/model.js';

/** Values of one column; the type follows `Column.type`. */
export type NumberColumn = Float64Array | Int32Array;

/** Some rows of a table, column by column. Reused by who hands it out: copy what must stay. */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly NumberColumn[];
}

/** Room for `rows` rows of every column of a table. */
export function allocateColumns(table: TableDescription, rows: number): NumberColumn[] {
  return table.columns.map((column) =>
    column.type === 'int32' ? new Int32Array(rows) : new Float64Array(rows),
  );
}

/** @throws RangeError for what an int32 column would silently change */
export function requireInt32(value: number, table: TableDescription, column: Column): number {
  if ((value | 0) === value) return value;
  throw new RangeError(`table ${table.name}, column ${column.name}: ${value} is not a 32-bit integer`);
}

/** Bytes of a row in memory. */
export function rowBytes(table: TableDescription): number {
  return table.columns.reduce((sum, { type }) => sum + (type === 'int32' ? 4 : 8), 0);
}
