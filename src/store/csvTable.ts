import type { TableDescription } from '../sim/model.js';
import type { NumberColumn } from './columns.js';
import type { OutputFile } from './outputFile.js';
import type { TableFile } from './tableFile.js';

/** Writes a CSV file: one header line, shortest decimals that read back to the same double, empty for NaN, `\n` behind every line. */
export class CsvTable implements TableFile {
  readonly #output: OutputFile;

  constructor(output: OutputFile, table: TableDescription) {
    this.#output = output;
    this.#line(table.columns.map((column) => quoted(column.name)));
  }

  writeGroup(columns: readonly NumberColumn[], rows: number): void {
    for (let row = 0; row < rows; row++) this.#line(columns.map((column) => decimal(column[row]!)));
  }

  finish(): void {}

  #line(cells: readonly string[]): void {
    this.#output.write(Buffer.from(`${cells.join(',')}\n`));
  }
}

/** Shortest decimal that reads back to the same double; infinities as pandas and DuckDB read them. */
export function decimal(value: number): string {
  if (Number.isNaN(value)) return '';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function quoted(name: string): string {
  return /[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
