import type { RunSpec } from '../../src/config/runSpec.js';
import type { RowSink, TableDescription } from '../../src/sim/model.js';
import { modelOf } from '../../src/sim/models.js';

/** All rows of a run, by table and column. */
export class Computed implements RowSink {
  readonly tables: readonly TableDescription[];
  readonly summary: Record<string, unknown>;
  private readonly rows: Float64Array[][];

  /** Runs it in this thread. */
  constructor(spec: RunSpec) {
    const { model, params } = modelOf(spec);
    this.tables = model.tables(params);
    this.rows = this.tables.map(() => []);
    const end = model.advance(model.initial(params), params, Number.POSITIVE_INFINITY, () => false, this);
    this.summary = model.summary(end, params);
  }

  write(table: number, values: Float64Array): void {
    this.rows[table]!.push(values.slice());
  }

  count(table: string): number {
    return this.rows[this.indexOf(table)]!.length;
  }

  has(table: string, column: string): boolean {
    return this.tables[this.indexOf(table)]!.columns.some(({ name }) => name === column);
  }

  column(table: string, column: string): Float64Array {
    const index = this.indexOf(table);
    const at = this.tables[index]!.columns.findIndex(({ name }) => name === column);
    if (at < 0) throw new Error(`table ${table} has no column ${column}`);
    return Float64Array.from(this.rows[index]!, (row) => row[at]!);
  }

  private indexOf(table: string): number {
    const index = this.tables.findIndex(({ name }) => name === table);
    if (index < 0) throw new Error(`no table ${table}`);
    return index;
  }
}
