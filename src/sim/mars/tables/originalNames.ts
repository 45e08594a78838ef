import type { MarsParams } from '../params.js';
import { runColumns } from './runColumns.js';
import { alias, type ValuedColumn } from './valuedColumn.js';

/** Names under which files of the original have a quantity a second time, and the column that they repeat. */
const pairs: readonly (readonly [string, string])[] = [
  ['t_blow', 't_blow_s'],
  ['tau_los_mars', 'tau'],
  ['tau_mars_line_of_sight', 'tau'],
  ['a_blow_step', 'a_blow'],
  ['a_blow_at_smin', 'a_blow'],
  ['s_min_effective', 's_min'],
  ['kappa_surf', 'kappa'],
  ['kappa_eff', 'kappa'],
  ['Q_pr_at_smin', 'Qpr_mean'],
  ['Q_pr_used', 'Qpr_mean'],
  ['beta_at_smin_effective', 'beta_at_smin'],
  ['sigma_surf', 'Sigma_surf'],
  ['sigma_tau1', 'Sigma_tau1'],
  ['M_loss_surface_solid_marsRP', 'mass_lost_by_blowout'],
  ['e_kernel_base', 'e_kernel_used'],
  ['e_kernel_supply', 'e_kernel_used'],
  ['e_kernel_effective', 'e_kernel_used'],
  ['i_kernel_base', 'i_kernel_used'],
  ['i_kernel_supply', 'i_kernel_used'],
  ['i_kernel_effective', 'i_kernel_used'],
];

/** Columns of series/run.parquet that a run has when its files are to keep all names of the original (io.original_names). */
export const originalNames: readonly ValuedColumn[] = pairs
  .filter(([name]) => !runColumns.some((column) => column.name === name))
  .map(([name, of]) => alias(name, runColumns.find((column) => column.name === of)!));

/** Columns of series/run.parquet of a run. */
export function runColumnsOf({ output }: MarsParams): readonly ValuedColumn[] {
  return output.originalNames ? [...runColumns, ...originalNames] : runColumns;
}
