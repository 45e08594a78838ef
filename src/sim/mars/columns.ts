import type { Column, TableDescription } from '../model.js';
import { diskOf } from './disk.js';
import type { MarsParams } from './params.js';
import { budgetColumns } from './tables/budgetColumns.js';
import { runColumns, step, time } from './tables/runColumns.js';
import { described } from './tables/valuedColumn.js';

/** Positions in the list of tables; a `RowSink` is told one of these. */
export const runTable = 0;
export const sizeHistoryTable = 1;
export const sizeBinsTable = 2;
export const budgetTable = 3;

function float(name: string, unit: string, meaning: string): Column {
  return { name, type: 'float64', unit, meaning };
}

const binColumns: readonly Column[] = [
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

/** All tables of a run, in the order of the constants above. */
export function marsTables(params: MarsParams): readonly TableDescription[] {
  const { grid } = diskOf(params);
  const numbers = Array.from(grid.sizes, (_, k) => float(binColumn(k), 'm-2', `grains in size bin ${k}`));
  const sizeHistory = [
    ...described([step, time]),
    ...numbers,
    float('Sigma_surf', 'kg m-2', 'surface density'),
  ];
  const edges = JSON.stringify(Array.from(grid.edges));
  return [
    { name: 'run', file: 'series/run.parquet', columns: described(runColumns), footer: {} },
    {
      name: 'psd_hist',
      file: 'series/psd_hist.parquet',
      columns: sizeHistory,
      footer: { bin_edges_m: edges },
    },
    { name: 'psd_bins', file: 'series/psd_bins.parquet', columns: binColumns, footer: {}, once: true },
    { name: 'mass_budget', file: 'checks/mass_budget.csv', columns: described(budgetColumns), footer: {} },
  ];
}
