/** What tables will take on disk and in memory, before there are any rows. Shares of formats are measured, each within a factor of two. */
import type { TableDescription } from '../sim/model.js';
import { rowBytes } from './columns.js';
import { groupBytes, groupRows, tableMetadata } from './tableFile.js';

/** Arrow's description of a column in front of each batch of rows: 102 to 129 B measured. */
const partColumn = 110;

/** Snappy on PLAIN doubles, per value: 4.6 B (`run`, many constant columns) to 7.6 B (sizes). */
const parquetValue = 6.2;

/** Statistics and place of a column in the footer, per row group. */
const parquetColumn = 100;

/** Shortest decimals and a comma, per value. */
const csvValue = 17;

/** A row group is in memory as columns and as pages that are being compressed or await the collector: measured. */
const groupCopies = 3;

/** All rows at once, as a program without parts holds them, bytes. @param rows per table */
export function rowsInMemory(tables: readonly TableDescription[], rows: readonly number[]): number {
  return tables.reduce((sum, table, i) => sum + rows[i]! * rowBytes(table), 0);
}

/** The parts of all segments, bytes. */
export function partsBytes(
  tables: readonly TableDescription[],
  rows: readonly number[],
  segments: number,
  batchRows: number,
): number {
  const batches = (count: number) => Math.min(segments + count / batchRows, count);
  const described = tables.reduce(
    (sum, { columns }, i) => sum + batches(rows[i]!) * columns.length * partColumn,
    0,
  );
  return described + rowsInMemory(tables, rows);
}

/** The merged files, bytes. */
export function seriesBytes(tables: readonly TableDescription[], rows: readonly number[]): number {
  return tables.reduce((sum, table, i) => sum + fileBytes(table, rows[i]!), 0);
}

function fileBytes(table: TableDescription, rows: number): number {
  const values = rows * table.columns.length;
  if (table.file.endsWith('.csv')) return csvValue * values;
  const groups = Math.ceil(rows / groupRows(table));
  const texts = tableMetadata(table, { identity: '' }).reduce(
    (sum, { value }) => sum + (value?.length ?? 0),
    0,
  );
  return parquetValue * values + groups * table.columns.length * parquetColumn + texts;
}

/** Memory of a merge, bytes: one row group, whatever the number of rows. */
export const mergeMemory = groupCopies * groupBytes;
