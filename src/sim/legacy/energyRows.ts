import type { EnergyRow } from '../mars/energy.js';
import { energies, energyChecks } from '../mars/tables/energyColumns.js';
import type { RowSink } from '../model.js';
import type { Frame } from './frame.js';
import { energyBudgetColumns, energyBudgetTable, energyColumns, energyTable } from './tables.js';

/** Writes the rows of the energies. */
export class EnergyRows {
  private readonly row = new Float64Array(energyColumns.length);
  private readonly check = new Float64Array(energyBudgetColumns.length);

  constructor(
    private readonly energy: EnergyRow,
    private readonly sink: RowSink,
  ) {}

  /** @param steps completed @param dt length of a step, s */
  write(steps: number, dt: number, { time, covered }: Frame): void {
    const { row, check, energy, sink } = this;
    row.set([steps, time, dt, covered, ...energies.map(({ value }) => value(energy))]);
    sink.write(energyTable, row);
    check.set([steps, time, ...energyChecks.map(({ value }) => value(energy))]);
    sink.write(energyBudgetTable, check);
  }
}
