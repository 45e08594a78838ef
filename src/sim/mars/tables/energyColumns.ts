import { energyError, errorClass } from '../energy.js';
import type { EnergyAccount } from '../energyAccount.js';
import type { RowView } from './rowView.js';
import { step, time } from './runColumns.js';
import { float, type ValuedColumn, whole } from './valuedColumn.js';

const of = (value: (energy: EnergyAccount) => number) => (row: RowView) => value(row.energy!);

const collisions = ({ rates }: EnergyAccount) => rates[3] + rates[4];

/** A share of something that may not be there: 0 then. */
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

const length = float('dt', 's', 'length of the step in which the row lies', (row) => row.around.length);

/** Both tables hold them. */
const sinceStart: readonly ValuedColumn[] = [
  float(
    'E_rel_cum',
    'J m-2',
    'energy of impacts since the start',
    of(({ since }) => since[0]),
  ),
  float(
    'E_dissipated_cum',
    'J m-2',
    'energy dissipated since the start',
    of(({ since }) => since[1]),
  ),
  float(
    'E_retained_cum',
    'J m-2',
    'kinetic energy kept since the start',
    of(({ since }) => since[2]),
  ),
];

/** Columns of series/energy.parquet; E_rel is the kinetic energy of relative motion in all collisions, E_dissipated + E_retained = E_rel. */
export const energyColumns: readonly ValuedColumn[] = [
  step,
  time,
  length,
  float(
    'E_rel_rate',
    'W m-2',
    'energy of impacts',
    of(({ rates }) => rates[0]),
  ),
  float(
    'E_dissipated_rate',
    'W m-2',
    'energy dissipated by impacts',
    of(({ rates }) => rates[1]),
  ),
  float(
    'E_retained_rate',
    'W m-2',
    'kinetic energy kept by fragments',
    of(({ rates }) => rates[2]),
  ),
  float(
    'E_rel_step',
    'J m-2',
    'energy of impacts, from the start of the step to the row',
    of(({ inStep }) => inStep[0]),
  ),
  float(
    'E_dissipated_step',
    'J m-2',
    'energy dissipated, from the start of the step to the row',
    of(({ inStep }) => inStep[1]),
  ),
  float(
    'E_retained_step',
    'J m-2',
    'kinetic energy kept, from the start of the step to the row',
    of(({ inStep }) => inStep[2]),
  ),
  ...sinceStart,
  float(
    'n_cratering_rate',
    'm-2 s-1',
    'collisions that leave more than half of the mass in the largest remnant',
    of(({ rates }) => rates[3]),
  ),
  float(
    'n_fragmentation_rate',
    'm-2 s-1',
    'collisions that leave at most half of it',
    of(({ rates }) => rates[4]),
  ),
  float(
    'n_cratering_cum',
    'm-2',
    'cratering collisions since the start',
    of(({ since }) => since[3]),
  ),
  float(
    'n_fragmentation_cum',
    'm-2',
    'fragmenting collisions since the start',
    of(({ since }) => since[4]),
  ),
  float(
    'frac_cratering',
    '',
    'share of cratering collisions',
    of((energy) => share(energy.rates[3], collisions(energy))),
  ),
  float(
    'frac_fragmentation',
    '',
    'share of fragmenting collisions',
    of((energy) => share(energy.rates[4], collisions(energy))),
  ),
  float(
    'f_ke_mean',
    '',
    'kept share of the energy, mean over collisions',
    of((energy) => share(energy.rates[5], collisions(energy))),
  ),
  float(
    'f_ke_energy',
    '',
    'kept share of the energy, E_retained_rate/E_rel_rate',
    of(({ rates }) => share(rates[2], rates[0])),
  ),
  float(
    'F_lf_mean',
    '',
    'mass share of the largest remnant, mean over collisions',
    of((energy) => share(energy.rates[6], collisions(energy))),
  ),
];

/** Columns of checks/energy_budget.csv. */
export const energyBudgetColumns: readonly ValuedColumn[] = [
  step,
  time,
  ...sinceStart,
  float(
    'error_relative',
    '',
    '|dissipated + retained - E_rel|/E_rel of the amounts since the start',
    of(({ since }) => energyError(since)),
  ),
  whole('error_class', '0 ok (error <= 1e-12), 1 warning (<= 1e-6), 2 error', (row) =>
    errorClass(energyError(row.energy!.since)),
  ),
];
