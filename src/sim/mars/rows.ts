import type { RowSink } from '../model.js';
import { budgetTable, runTable, sizeBinsTable, sizeHistoryTable } from './columns.js';
import type { Disk } from './disk.js';
import type { DiskRates } from './rates.js';
import { budgetColumns } from './tables/budgetColumns.js';
import { RowView, type StepAround } from './tables/rowView.js';
import { runColumns } from './tables/runColumns.js';
import { fill } from './tables/valuedColumn.js';

/** Evaluates the rows of all tables from a time and a solution, and hands them to the sink. */
export class RowWriter {
  private readonly view: RowView;
  private readonly run = new Float64Array(runColumns.length);
  private readonly budget = new Float64Array(budgetColumns.length);
  private readonly sizes: Float64Array;

  constructor(
    private readonly disk: Disk,
    rates: DiskRates,
    private readonly sink: RowSink,
  ) {
    this.view = new RowView(disk, rates);
    this.sizes = new Float64Array(disk.grid.bins + 3);
  }

  /** The table of the size bins, once per run. */
  bins(): void {
    const { bins, edges, sizes, masses } = this.disk.grid;
    const row = new Float64Array(5);
    for (let k = 0; k < bins; k++) {
      row.set([k, edges[k], sizes[k], edges[k + 1], masses[k]]);
      this.sink.write(sizeBinsTable, row);
    }
  }

  /** @param y solution at t, inside the step; @param withSizes whether the size history gets a row too */
  row(t: number, y: Float64Array, around: StepAround, withSizes: boolean): void {
    const { view, sink } = this;
    view.set(t, y, around);
    sink.write(runTable, fill(runColumns, view, this.run));
    if (withSizes) {
      this.fillSizes();
      sink.write(sizeHistoryTable, this.sizes);
    }
    sink.write(budgetTable, fill(budgetColumns, view, this.budget));
  }

  /** Numbers per bin; what the method leaves below zero, within its tolerance, shows as zero. */
  private fillSizes(): void {
    const { sizes, view } = this;
    const { bins, masses } = this.disk.grid;
    sizes[0] = view.around.step;
    sizes[1] = view.t;
    for (let k = 0; k < bins; k++) sizes[2 + k] = Math.max(view.y[k], 0) / masses[k];
    sizes[2 + bins] = view.Sigma;
  }
}
