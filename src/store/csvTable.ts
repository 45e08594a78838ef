import type { TableDescription } from '../sim/model.js';
import type { NumberColumn } from './columns.js';
import type { OutputFile } from './outputFile.js';
import type { TableFile } from './tableFile.js';

/** Lines that are collected before they go to the file. */
const linesAtOnce = 256;

/** Writes a CSV file: one header line, shortest decimals that read back to the same double, empty for NaN, `\n` behind every line. */
export class CsvTable implements TableFile {
  readonly #output: OutputFile;

  constructor(output: OutputFile, table: TableDescription) {
    this.#output = output;
    output.write(Buffer.from(`${table.columns.map((column) => quoted(column.name)).join(',')}\n`));
  }

  writeGroup(columns: readonly NumberColumn[], rows: number): void {
    const values = new Array<number>(columns.length).fill(0);
    for (let first = 0; first < rows; first += linesAtOnce) {
      let text = '';
      for (let row = first; row < Math.min(rows, first + linesAtOnce); row++) {
        for (let c = 0; c < columns.length; c++) values[c] = columns[c]![row]!;
        text += `${cells(values)}\n`;
      }
      this.#output.write(Buffer.from(text, 'latin1'));
    }
  }

  finish(): void {}
}

/**
 * JSON writes the same decimals as String, but past the engine's cache of numbers in words, which keeps each long enough to outlive the quick
 * collections: millions of rows would fill the memory with garbage.
 */
function cells(values: readonly number[]): string {
  return values.every(isPlain) ? JSON.stringify(values).slice(1, -1) : values.map(decimal).join(',');
}

/** Whether JSON knows the number: finite, and not the zero that has a sign. */
function isPlain(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
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
