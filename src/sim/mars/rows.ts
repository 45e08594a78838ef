import type { RowSink } from '../model.js';
import { budgetTable, positionOf, runTable, sizeBinsTable, sizeHistoryTable } from './columns.js';
import type { Disk } from './disk.js';
import type { EnergyAccount } from './energyAccount.js';
import { grainMass, sizeBins } from './grid.js';
import type { DiskRates } from './rates.js';
import { budgetColumns } from './tables/budgetColumns.js';
import { diagnosticColumns } from './tables/diagnosticColumns.js';
import { energyBudgetColumns, energyColumns } from './tables/energyColumns.js';
import { runColumnsOf } from './tables/originalNames.js';
import { RowView, type StepAround } from './tables/rowView.js';
import { fill, type ValuedColumn } from './tables/valuedColumn.js';

/** A table that gets a row with every `stride`-th row of `run`, and with the last. */
interface Following {
  readonly stride: number;
  readonly position: number;
  readonly columns: readonly ValuedColumn[];
  readonly values: Float64Array;
}

/** Evaluates the rows of all tables from a time and a solution, and hands them to the sink. */
export class RowWriter {
  private readonly view: RowView;
  private readonly following: readonly Following[];
  private readonly sizes: Float64Array;
  /** Mass of a grain of s_min, kg. */
  private readonly floorMass: number;

  constructor(
    private readonly disk: Disk,
    rates: DiskRates,
    energy: EnergyAccount | null,
    private readonly sink: RowSink,
  ) {
    this.view = new RowView(disk, rates, energy);
    this.sizes = new Float64Array(disk.grid.bins + 3 + disk.measures.firstBin);
    this.floorMass = grainMass(disk.grid.edges[0], disk.params.density);
    this.following = followers(disk);
  }

  /** The table of the size bins, once per run. */
  bins(): void {
    for (const row of sizeBins(this.disk.grid)) this.sink.write(sizeBinsTable, row);
  }

  /** @param y solution at t, inside the step; @param index of the row of `run`; @param last whether it is the last one */
  row(t: number, y: Float64Array, around: StepAround, index: number, last: boolean): void {
    const { view, sink } = this;
    const { sizeHistoryStride: stride } = this.disk.params.output;
    view.set(t, y, around);
    for (const table of this.following) {
      if (!last && index % table.stride !== 0) continue;
      sink.write(table.position, fill(table.columns, view, table.values));
    }
    if (stride !== null && (last || index % stride === 0)) {
      this.fillSizes();
      sink.write(sizeHistoryTable, this.sizes);
    }
  }

  /** Numbers per bin; what the method leaves below zero, within its tolerance, shows as zero. */
  private fillSizes(): void {
    const { sizes, view } = this;
    const { bins, masses } = this.disk.grid;
    const { firstBin } = this.disk.measures;
    sizes[0] = view.around.step;
    sizes[1] = view.t;
    for (let k = 0; k < bins; k++) sizes[2 + k] = Math.max(view.y[firstBin + k], 0) / masses[k];
    if (firstBin > 0) sizes[2 + bins] = Math.max(view.y[0], 0) / this.floorMass;
    sizes[sizes.length - 1] = view.Sigma;
  }
}

function followers({ params }: Disk): readonly Following[] {
  const follow = (position: number, columns: readonly ValuedColumn[], stride = 1): Following => ({
    ...{ stride, position, columns },
    values: new Float64Array(columns.length),
  });
  const named = (name: string) => positionOf(params, name);
  const { diagnosticsStride } = params.output;
  const tables = [follow(runTable, runColumnsOf(params)), follow(budgetTable, budgetColumns)];
  if (diagnosticsStride) tables.push(follow(named('diagnostics'), diagnosticColumns, diagnosticsStride));
  if (params.energy) {
    tables.push(follow(named('energy'), energyColumns));
    tables.push(follow(named('energy_budget'), energyBudgetColumns));
  }
  return tables;
}
