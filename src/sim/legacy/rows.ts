import { sizeBins } from '../mars/grid.js';
import type { RowSink } from '../model.js';
import { legacyColumns, type Recorded } from './columns.js';
import type { LegacyDisk } from './disk.js';
import type { LegacyEnergy } from './energyAccount.js';
import { EnergyRows } from './energyRows.js';
import type { Frame } from './frame.js';
import { massBooks, massBudgetError } from './massBudget.js';
import type { LegacyParams } from './params.js';
import type { LegacyState } from './state.js';
import { budgetColumns, budgetTable, drifts, runTable, sizeBinsTable, sizeHistoryTable } from './tables.js';

/** Mass error of a step at which the original complains, %. */
export const tolerancePercent = 0.5;

/** Writes the rows of a step, as far as they are due. */
export class LegacyRows {
  private readonly run = new Float64Array(legacyColumns.length);
  private readonly budget = new Float64Array(budgetColumns.length);
  private readonly history: Float64Array;
  private readonly params: LegacyParams;
  private readonly energies: EnergyRows | null;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
    private readonly frame: Frame,
    energy: LegacyEnergy | null,
    private readonly sink: RowSink,
  ) {
    this.params = disk.params;
    this.energies = energy && new EnergyRows(energy, sink);
    const { bins } = disk.grid;
    this.history = new Float64Array(4 + (drifts(this.params) ? 2 : 1) * bins);
  }

  /** The table of the size bins, once per run. */
  bins(): void {
    for (const row of sizeBins(this.disk.grid)) this.sink.write(sizeBinsTable, row);
  }

  /** @param scale grains per area of a relative number; @param last whether the run ends here */
  write(scale: number, last: boolean): void {
    const { seriesStride, sizeHistoryStride } = this.params.output;
    const index = this.state.steps - 1;
    if (last || index % seriesStride === 0) this.writeRun();
    if (sizeHistoryStride !== null && (last || index % sizeHistoryStride === 0)) this.writeSizes(scale);
  }

  private writeRun(): void {
    const { run, disk, state, frame, sink } = this;
    const from: Recorded = { disk, state, frame, peak: this.peak(), boundTau: this.boundTau() };
    for (let c = 0; c < run.length; c++) run[c] = legacyColumns[c].value(from);
    sink.write(runTable, run);
    this.writeBudget(from);
    this.energies?.write(state.steps, disk.dt, frame);
    state.rows++;
  }

  private writeBudget(from: Recorded): void {
    const { budget, disk, state, frame } = this;
    const { initial, lost, remaining, difference } = massBooks(disk, state);
    budget[0] = frame.time;
    budget[1] = initial;
    budget[2] = remaining;
    budget[3] = lost;
    budget[4] = difference;
    budget[5] = 100 * massBudgetError(disk, state, frame);
    budget[6] = tolerancePercent;
    budget[7] = state.blown;
    budget[8] = state.blown;
    budget[9] = closure(from);
    this.sink.write(budgetTable, budget);
  }

  private writeSizes(scale: number): void {
    const { history, disk, state, frame } = this;
    const { bins, widths } = disk.grid;
    history[0] = state.steps;
    history[1] = frame.time;
    for (let k = 0; k < bins; k++) history[2 + k] = state.number[k] * widths[k] * scale;
    history[2 + bins] = state.sigma;
    history[3 + bins] = scale;
    if (drifts(this.params)) history.set(state.sizes, 4 + bins);
    this.sink.write(sizeHistoryTable, history);
  }

  private peak(): number {
    const { sizes, number } = this.state;
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < sizes.length; k++) {
      const value = sizes[k] * sizes[k] * sizes[k] * number[k];
      if (value > most) {
        most = value;
        best = k;
      }
    }
    return sizes[best];
  }

  /** Optical depth of the bins whose lower edge lies above the blow-out size, behind the step. */
  private boundTau(): number {
    const { state, disk, frame } = this;
    const { widths, edges } = disk.grid;
    let area = 0;
    let mass = 0;
    for (let k = 0; k < widths.length; k++) {
      const s = state.sizes[k];
      const surface = state.number[k] * widths[k] * s * s;
      mass += surface * s;
      if (edges[k] > frame.blowoutSize) area += surface;
    }
    if (!(mass > 0)) return 0;
    return (3 * area * state.sigma * disk.params.lineOfSight) / (4 * disk.params.density * mass);
  }
}

const closureColumn = legacyColumns.find(({ column }) => column.name === 'mass_closure')!;
const closure = (from: Recorded) => closureColumn.value(from);
