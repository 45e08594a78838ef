import { binColumn } from '../mars/columns.js';
import { type EnergyColumn, energies, energyChecks } from '../mars/tables/energyColumns.js';
import type { Column, TableDescription } from '../model.js';
import { onceFor } from '../onceFor.js';
import { legacyColumns } from './columns.js';
import { legacyDisk } from './disk.js';
import { orbitColumns } from './orbits.js';
import type { LegacyParams } from './params.js';

/** Positions in the list of tables. */
export const runTable = 0;
export const sizeHistoryTable = 1;
export const sizeBinsTable = 2;
export const budgetTable = 3;
export const orbitTable = 4;
/** Only with energy accounts. */
export const energyTable = 5;
export const energyBudgetTable = 6;

function float(name: string, unit: string, meaning: string): Column {
  return { name, type: 'float64', unit, meaning };
}

const step: Column = { name: 'step', type: 'int32', unit: '', meaning: 'steps completed' };
const time = float('time', 's', 'model time of the row');

export const budgetColumns: readonly Column[] = [
  time,
  float('mass_initial', 'M_Mars', 'mass at the start'),
  float('mass_remaining', 'M_Mars', 'initial - lost'),
  float('mass_lost', 'M_Mars', 'booked as lost since the start'),
  float('mass_diff', 'M_Mars', 'remaining + lost - initial: nothing but rounding (defect Z12)'),
  float('error_percent', '%', 'mass error that the collision step has accepted'),
  float('tolerance_percent', '%', 'largest error accepted'),
  float('mass_loss_rp_mars', 'M_Mars', 'blown out since the start'),
  float('mass_loss_surface_solid_marsRP', 'M_Mars', 'the same'),
  float('mass_closure', '', 'real balance of the bins, as in the series'),
];

const binColumns: readonly Column[] = [
  { name: 'bin', type: 'int32', unit: '', meaning: 'index of the size bin' },
  float('s_lower', 'm', 'lower edge, grain radius'),
  float('s_center', 'm', 'size at the start'),
  float('s_upper', 'm', 'upper edge'),
  float('mass', 'kg', 'mass of a grain of that size'),
];

/** In front of the energies of a row: what their amounts are about is `smol_dt_eff`. */
export const energyColumns: readonly Column[] = [
  step,
  time,
  float('dt', 's', 'length of the step, by which the clock moves'),
  float('smol_dt_eff', 's', 'time by which the state has moved on in the step: amounts are rates times it'),
  ...energies.map(withoutValue),
];

export const energyBudgetColumns: readonly Column[] = [step, time, ...energyChecks.map(withoutValue)];

function withoutValue({ value: _, ...column }: EnergyColumn): Column {
  return column;
}

/** Name of the column of a bin's size, where sizes drift. */
export const sizeColumn = (bin: number) => `s${String(bin).padStart(3, '0')}`;

/** Sizes move with time where surfaces sublime. */
export const drifts = ({ sublimation }: LegacyParams) =>
  sublimation !== null && sublimation.location !== 'smol';

/** All tables of a run, in the order of the constants above. */
export const legacyTables = onceFor((params: LegacyParams): readonly TableDescription[] => {
  const { grid } = legacyDisk(params);
  const bins = Array.from({ length: grid.bins }, (_, k) => k);
  const history = [
    step,
    time,
    ...bins.map((k) => float(binColumn(k), 'm-2', `grains in size bin ${k}`)),
    float('Sigma_surf', 'kg m-2', 'surface density'),
    float(
      'number_scale',
      'm-2',
      'grains per relative number: N_bin of the original = n/(number_scale width)',
    ),
    ...(drifts(params) ? bins.map((k) => float(sizeColumn(k), 'm', `size of the grains in bin ${k}`)) : []),
  ];
  const edges = JSON.stringify(Array.from(grid.edges));
  const columns = legacyColumns.map(({ column }) => column);
  const tables: TableDescription[] = [
    { name: 'run', file: 'series/run.parquet', columns, footer: {} },
    { name: 'psd_hist', file: 'series/psd_hist.parquet', columns: history, footer: { bin_edges_m: edges } },
    { name: 'psd_bins', file: 'series/psd_bins.parquet', columns: binColumns, footer: {}, once: true },
    { name: 'mass_budget', file: 'checks/mass_budget.csv', columns: budgetColumns, footer: {} },
    { name: 'orbit_rollup', file: 'orbit_rollup.csv', columns: orbitColumns, footer: {} },
  ];
  if (params.energy !== undefined) {
    tables.push(
      { name: 'energy', file: 'series/energy.parquet', columns: energyColumns, footer: {} },
      { name: 'energy_budget', file: 'checks/energy_budget.csv', columns: energyBudgetColumns, footer: {} },
    );
  }
  return tables;
});
