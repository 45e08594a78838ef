import { deepMass } from '../totals.js';
import { blownMass, step, sunkMass, suppliedMass, time } from './runColumns.js';
import { float, type ValuedColumn } from './valuedColumn.js';

/** Relative error of the mass budget that must never be exceeded (spec/resolved.md 2.2). */
export const closureLimit = 1e-12;

/** Columns of checks/mass_budget.csv. The difference is formed in the ledgers' own unit, so that it is not the rounding of a conversion. */
export const budgetColumns: readonly ValuedColumn[] = [
  step,
  time,
  float(
    'mass_initial',
    'M_Mars',
    'mass at the start',
    (row) => row.disk.initialTotal * row.disk.toMarsMasses,
  ),
  suppliedMass,
  blownMass,
  sunkMass,
  float('mass_remaining', 'M_Mars', 'mass in the ring', (row) => row.Sigma * row.disk.toMarsMasses),
  float(
    'mass_diff',
    'M_Mars',
    'remaining + deep + lost - initial - supplied',
    (row) => row.massDifference * row.disk.toMarsMasses,
  ),
  float('error_percent', '%', 'mass_diff over initial + supplied mass', (row) => 100 * row.massError),
  float('tolerance_percent', '%', 'largest error allowed', () => 100 * closureLimit),
  float(
    'mass_deep',
    'M_Mars',
    'supplied mass that is still in the deep buffer',
    (row) => deepMass(row.disk, row.y) * row.disk.toMarsMasses,
  ),
];
