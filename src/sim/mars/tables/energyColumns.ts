import type { Column } from '../../model.js';
import { type EnergyRow, energyError, errorClass } from '../energy.js';
import { step, time } from './runColumns.js';
import { float as ofRow, type ValuedColumn } from './valuedColumn.js';

/** A column of the energies of either solver. */
export interface EnergyColumn extends Column {
  readonly value: (energy: EnergyRow) => number;
}

function float(name: string, unit: string, meaning: string, value: EnergyColumn['value']): EnergyColumn {
  return { name, type: 'float64', unit, meaning, value };
}

const collisions = ({ rates }: EnergyRow) => rates[3] + rates[4];

/** A share of something that may not be there: 0 then. */
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** Both tables hold them. */
const sinceStart: readonly EnergyColumn[] = [
  float('E_rel_cum', 'J m-2', 'energy of impacts since the start', ({ since }) => since[0]),
  float('E_dissipated_cum', 'J m-2', 'energy dissipated since the start', ({ since }) => since[1]),
  float('E_retained_cum', 'J m-2', 'kinetic energy kept since the start', ({ since }) => since[2]),
];

/**
 * What series/energy.parquet says of energies; E_rel is the kinetic energy of relative motion in all collisions,
 * E_dissipated + E_retained = E_rel.
 */
export const energies: readonly EnergyColumn[] = [
  float('E_rel_rate', 'W m-2', 'energy of impacts', ({ rates }) => rates[0]),
  float('E_dissipated_rate', 'W m-2', 'energy dissipated by impacts', ({ rates }) => rates[1]),
  float('E_retained_rate', 'W m-2', 'kinetic energy kept by fragments', ({ rates }) => rates[2]),
  float(
    'E_rel_step',
    'J m-2',
    'energy of impacts, from the start of the step to the row',
    ({ inStep }) => inStep[0],
  ),
  float(
    'E_dissipated_step',
    'J m-2',
    'energy dissipated, from the start of the step to the row',
    ({ inStep }) => inStep[1],
  ),
  float(
    'E_retained_step',
    'J m-2',
    'kinetic energy kept, from the start of the step to the row',
    ({ inStep }) => inStep[2],
  ),
  ...sinceStart,
  float(
    'n_cratering_rate',
    'm-2 s-1',
    'collisions that leave more than half of the mass in the largest remnant',
    ({ rates }) => rates[3],
  ),
  float(
    'n_fragmentation_rate',
    'm-2 s-1',
    'collisions that leave at most half of it',
    ({ rates }) => rates[4],
  ),
  float('n_cratering_cum', 'm-2', 'cratering collisions since the start', ({ since }) => since[3]),
  float('n_fragmentation_cum', 'm-2', 'fragmenting collisions since the start', ({ since }) => since[4]),
  float('frac_cratering', '', 'share of cratering collisions', (energy) =>
    share(energy.rates[3], collisions(energy)),
  ),
  float('frac_fragmentation', '', 'share of fragmenting collisions', (energy) =>
    share(energy.rates[4], collisions(energy)),
  ),
  float('f_ke_mean', '', 'kept share of the energy, mean over collisions', (energy) =>
    share(energy.rates[5], collisions(energy)),
  ),
  float('f_ke_energy', '', 'kept share of the energy, E_retained_rate/E_rel_rate', ({ rates }) =>
    share(rates[2], rates[0]),
  ),
  float('F_lf_mean', '', 'mass share of the largest remnant, mean over collisions', (energy) =>
    share(energy.rates[6], collisions(energy)),
  ),
];

/** What checks/energy_budget.csv says of them. */
export const energyChecks: readonly EnergyColumn[] = [
  ...sinceStart,
  float(
    'error_relative',
    '',
    '|dissipated + retained - E_rel|/E_rel of the amounts since the start',
    ({ since }) => energyError(since),
  ),
  {
    name: 'error_class',
    type: 'int32',
    unit: '',
    meaning: '0 ok (error <= 1e-12), 1 warning (<= 1e-6), 2 error',
    value: ({ since }) => errorClass(energyError(since)),
  },
];

const inRows = (columns: readonly EnergyColumn[]): ValuedColumn[] =>
  columns.map((column) => ({ ...column, value: (row) => column.value(row.energy!) }));

const length = ofRow('dt', 's', 'length of the step in which the row lies', (row) => row.around.length);

/** Columns of series/energy.parquet. */
export const energyColumns: readonly ValuedColumn[] = [step, time, length, ...inRows(energies)];

/** Columns of checks/energy_budget.csv. */
export const energyBudgetColumns: readonly ValuedColumn[] = [step, time, ...inRows(energyChecks)];
