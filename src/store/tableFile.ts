import type { KeyValue } from 'hyparquet';
import type { Column, TableDescription } from '../sim/model.js';
import type { NumberColumn } from './columns.js';
import { CsvTable } from './csvTable.js';
import type { OutputFile } from './outputFile.js';
import { ParquetTable } from './parquetTable.js';

/** A merged table under construction; receives whole row groups, the last one may be shorter. */
export interface TableFile {
  writeGroup(columns: readonly NumberColumn[], rows: number): void;
  finish(): void;
}

/** Opens the writer that the ending of `table.file` asks for. */
export function openTable(
  output: OutputFile,
  table: TableDescription,
  metadata: readonly KeyValue[],
): TableFile {
  if (table.file.endsWith('.parquet')) return new ParquetTable(output, table, metadata);
  if (table.file.endsWith('.csv')) return new CsvTable(output, table);
  throw new Error(`table ${table.name}: ${table.file} must end in .parquet or .csv`);
}

/** Largest row group in memory, unless a table is so wide that the least number of rows takes more. */
export const groupBytes = 16 << 20;
const GROUP_ROWS = [1 << 10, 1 << 16] as const;

/**
 * Rows of a row group: the power of two that keeps a group within 16 MiB. It depends on the table's columns only, so that files do not
 * show how a run was cut.
 */
export function groupRows(table: TableDescription): number {
  const fitting = 2 ** Math.floor(Math.log2(groupBytes / (8 * table.columns.length)));
  return Math.min(Math.max(fitting, GROUP_ROWS[0]), GROUP_ROWS[1]);
}

/** What the key-value metadata of a merged file says besides the table's own footer. */
export interface Provenance {
  readonly identity: string;
  readonly model?: string;
}

/** What the metadata says of a table, whatever the types of its columns are. */
export interface DescribedTable extends Pick<TableDescription, 'name' | 'footer'> {
  readonly columns: readonly Pick<Column, 'name' | 'unit' | 'meaning'>[];
}

/** Units and meanings of the columns. `PANDAS_ATTRS` makes pandas show them as `DataFrame.attrs`. */
export function columnMetadata(columns: DescribedTable['columns']): Record<string, string> {
  const units = Object.fromEntries(columns.map(({ name, unit }) => [name, unit]));
  const definitions = Object.fromEntries(columns.map(({ name, meaning }) => [name, meaning]));
  return {
    units: JSON.stringify(units),
    definitions: JSON.stringify(definitions),
    PANDAS_ATTRS: JSON.stringify({ units, definitions }),
  };
}

/**
 * Key-value metadata of a merged file: units and meanings per column, what was computed, the table's footer. Nothing about time, host or
 * parts.
 */
export function tableMetadata(table: DescribedTable, provenance: Provenance): KeyValue[] {
  const { units, definitions, PANDAS_ATTRS } = columnMetadata(table.columns);
  const own: Record<string, string> = {
    units,
    definitions,
    table: table.name,
    identity: provenance.identity,
    ...(provenance.model === undefined ? {} : { model: provenance.model }),
    PANDAS_ATTRS,
  };
  for (const key of Object.keys(table.footer)) {
    if (key in own) throw new Error(`table ${table.name}: footer key ${key} is taken by the file itself`);
  }
  const footer = Object.entries(table.footer).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...Object.entries(own), ...footer].map(([key, value]) => ({ key, value }));
}
