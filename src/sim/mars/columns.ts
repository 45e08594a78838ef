import type { Column, TableDescription } from '../model.js';
import { onceFor } from '../onceFor.js';
import { diskOf } from './disk.js';
import { orbitColumns } from './orbitRollup.js';
import type { MarsParams } from './params.js';
import { budgetColumns } from './tables/budgetColumns.js';
import { diagnosticColumns } from './tables/diagnosticColumns.js';
import { energyBudgetColumns, energyColumns } from './tables/energyColumns.js';
import { runColumnsOf } from './tables/originalNames.js';
import { step, time } from './tables/runColumns.js';
import { described, type ValuedColumn } from './tables/valuedColumn.js';

/** Positions of the tables that every run has; a `RowSink` is told one of these, or what `positionOf` says of the others. */
export const runTable = 0;
export const sizeHistoryTable = 1;
export const sizeBinsTable = 2;
export const budgetTable = 3;

function float(name: string, unit: string, meaning: string): Column {
  return { name, type: 'float64', unit, meaning };
}

export const binColumns: readonly Column[] = [
  { name: 'bin', type: 'int32', unit: '', meaning: 'index of the size bin' },
  float('s_lower', 'm', 'lower edge, grain radius'),
  float('s_center', 'm', 'geometric centre'),
  float('s_upper', 'm', 'upper edge'),
  float('mass', 'kg', 'mass of a grain at the centre'),
];

/** Name of the number column of a bin: n000, n001, ... */
export function binColumn(bin: number): string {
  return `n${String(bin).padStart(3, '0')}`;
}

function table(name: string, file: string, columns: readonly ValuedColumn[]): TableDescription {
  return { name, file, columns: described(columns), footer: {} };
}

/** Tables that a run has when it asks for them. */
function requested({ output, energy }: MarsParams): TableDescription[] {
  const tables: TableDescription[] = [];
  if (output.diagnosticsStride) {
    tables.push(table('diagnostics', 'series/diagnostics.parquet', diagnosticColumns));
  }
  if (output.orbitRollup) {
    tables.push({ name: 'orbit_rollup', file: 'orbit_rollup.csv', columns: orbitColumns, footer: {} });
  }
  if (energy) {
    tables.push(table('energy', 'series/energy.parquet', energyColumns));
    tables.push(table('energy_budget', 'checks/energy_budget.csv', energyBudgetColumns));
  }
  return tables;
}

/** Position of a table in the list; -1 if the run does not have it. */
export function positionOf(params: MarsParams, name: string): number {
  return marsTables(params).findIndex((each) => each.name === name);
}

/** All tables of a run: those of the constants above, then what it asks for. */
export const marsTables = onceFor((params: MarsParams): readonly TableDescription[] => {
  const { grid, measures } = diskOf(params);
  const numbers = Array.from(grid.sizes, (_, k) => float(binColumn(k), 'm-2', `grains in size bin ${k}`));
  const sizeHistory = [
    ...described([step, time]),
    ...numbers,
    ...(measures.firstBin > 0 ? [float('n_floor', 'm-2', 'grains of exactly s_min')] : []),
    float('Sigma_surf', 'kg m-2', 'surface density'),
  ];
  const edges = JSON.stringify(Array.from(grid.edges));
  return [
    table('run', 'series/run.parquet', runColumnsOf(params)),
    {
      name: 'psd_hist',
      file: 'series/psd_hist.parquet',
      columns: sizeHistory,
      footer: { bin_edges_m: edges },
    },
    { name: 'psd_bins', file: 'series/psd_bins.parquet', columns: binColumns, footer: {}, once: true },
    table('mass_budget', 'checks/mass_budget.csv', budgetColumns),
    ...requested(params),
  ];
});
