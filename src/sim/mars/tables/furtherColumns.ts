import { beta } from '../blowout.js';
import { radiationPressureEfficiency } from '../efficiency.js';
import { sunkMass } from '../totals.js';
import type { RowView } from './rowView.js';
import { float, type ValuedColumn } from './valuedColumn.js';

/** Mean rate [kg m-2 s-1] of a ledger over the step in which the row lies; for the row of the start, which lies in none, the rate there. */
function mean({ around }: RowView, ledger: number, now: number): number {
  if (around.length === 0) return now;
  return (around.after[ledger] - around.before[ledger]) / around.length;
}

const meanBlown = (row: RowView) => mean(row, row.disk.unknowns.blownOut, row.blown);
/** Mass in the ledgers of all sinks but blow-out, kg m-2, gained in the step in which the row lies. */
const sunkInStep = ({ around, disk }: RowView) =>
  sunkMass(disk, around.after) - sunkMass(disk, around.before);

const meanSunk = (row: RowView) =>
  row.around.length === 0 ? row.sinking : sunkInStep(row) / row.around.length;

/** Mass that entered a ledger in the step in which the row lies, M_Mars. */
const inStep = ({ around, disk }: RowView, ledger: number) =>
  (around.after[ledger] - around.before[ledger]) * disk.toMarsMasses;

function betaAtStart({ disk }: RowView): number {
  const { sizes, density } = disk.params;
  const T = disk.cooling.at(0);
  return beta(sizes.min, T, radiationPressureEfficiency(disk.table, sizes.min, T), density);
}

/** More columns of series/run.parquet that files of the original have: means over steps, and what does not change. */
export const furtherColumns: readonly ValuedColumn[] = [
  float(
    'ts_ratio',
    '',
    'blow-out time over collision time, t_blow_s/t_coll; NaN without collisions',
    (row) => row.disk.blowoutTime / row.collisionTime,
  ),
  float('s_blow_m_effective', 'm', 'larger of the blow-out size and the bottom of the grid', (row) =>
    Math.max(row.a, row.disk.params.sizes.min),
  ),
  float('s_min_config', 'm', 'bottom of the size grid (same as s_min)', (row) => row.disk.params.sizes.min),
  float(
    'beta_at_smin_config',
    '',
    'radiation pressure over gravity at s_min at the start of the run',
    betaAtStart,
  ),
  float('Sigma_surf0', 'kg m-2', 'surface density at the start of the run', (row) => row.disk.initialTotal),
  float(
    'M_out_dot_avg',
    'M_Mars s-1',
    'mean of M_out_dot over the step in which the row lies',
    (row) => meanBlown(row) * row.disk.toMarsMasses,
  ),
  float(
    'M_sink_dot_avg',
    'M_Mars s-1',
    'mean of M_sink_dot over the step in which the row lies',
    (row) => meanSunk(row) * row.disk.toMarsMasses,
  ),
  float(
    'dM_dt_surface_total_avg',
    'M_Mars s-1',
    'mean of dM_dt_surface_total over the step in which the row lies',
    (row) => (meanBlown(row) + meanSunk(row)) * row.disk.toMarsMasses,
  ),
  float(
    'mass_lost_sinks_step',
    'M_Mars',
    'mass lost by sinks in the step in which the row lies',
    (row) => sunkInStep(row) * row.disk.toMarsMasses,
  ),
  float('mass_lost_sublimation_step', 'M_Mars', 'mass sublimed in the step in which the row lies', (row) =>
    inStep(row, row.disk.unknowns.sublimed),
  ),
];
