import { marsDisk } from '../../src/sim/mars/model.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import type { MarsState } from '../../src/sim/mars/state.js';
import type { RowSink } from '../../src/sim/model.js';

/** Rows of all tables of a run, by table name and column name. */
export class Rows implements RowSink {
  readonly tables: Record<string, Float64Array[]> = {};
  private readonly names: string[];
  private readonly columns: Record<string, string[]> = {};

  constructor(params: MarsParams) {
    this.names = marsDisk.tables(params).map((table) => table.name);
    for (const table of marsDisk.tables(params)) {
      this.tables[table.name] = [];
      this.columns[table.name] = table.columns.map((column) => column.name);
    }
  }

  write(table: number, values: Float64Array): void {
    const name = this.names[table];
    if (values.length !== this.columns[name].length) throw new Error(`${name}: ${values.length} values`);
    this.tables[name].push(values.slice());
  }

  column(table: string, column: string): number[] {
    const index = this.columns[table].indexOf(column);
    if (index < 0) throw new Error(`no column ${column}`);
    return this.tables[table].map((row) => row[index]);
  }

  /** Bin numbers of the size history as bin masses, kg m-2. */
  masses(row: number, masses: Float64Array): number[] {
    return Array.from(masses, (mass, k) => this.tables.psd_hist[row][2 + k] * mass);
  }
}

export const never = () => false;

/** A whole run without a cut. */
export function wholeRun(params: MarsParams): { rows: Rows; state: MarsState } {
  const rows = new Rows(params);
  const state = marsDisk.advance(marsDisk.initial(params), params, Number.POSITIVE_INFINITY, never, rows);
  return { rows, state };
}
