import type { Column, TableDescription } from '../model.js';
import { diskOf } from './disk.js';
import type { MarsParams } from './params.js';

/** Positions in the list of tables; a `RowSink` is told one of these. */
export const runTable = 0;
export const sizeHistoryTable = 1;
export const sizeBinsTable = 2;
export const budgetTable = 3;

function float(name: string, unit: string, meaning: string): Column {
  return { name, type: 'float64', unit, meaning };
}

const step: Column = {
  name: 'step',
  type: 'int32',
  unit: '',
  meaning: 'accepted step in which the row lies; 0 = start',
};
const time = float('time', 's', 'model time of the row');

/** Columns of series/run.parquet, names as in the original program where the quantity exists there. */
export const runColumns: readonly Column[] = [
  step,
  time,
  float('dt', 's', 'length of the step in which the row lies'),
  float('Omega_s', 's-1', 'orbital frequency at the reference radius'),
  float('t_orb_s', 's', 'orbital period'),
  float('t_blow_s', 's', 'blow-out time chi/Omega'),
  float('dt_over_t_blow', '', 'step length over blow-out time'),
  float(
    't_coll',
    's',
    'shortest collision time of a populated bin, 1/max sum_j K_ij N_j; NaN without collisions',
  ),
  float('r_m', 'm', 'reference radius'),
  float('r_RM', 'R_Mars', 'reference radius'),
  float('T_M_used', 'K', 'surface temperature of Mars'),
  float('T_grain', 'K', 'temperature of a black grain, T_M sqrt(R_Mars/(2 r))'),
  float('rad_flux_Mars', 'W m-2', 'sigma T_M^4'),
  float('tau', '', 'line-of-sight optical depth of all grains'),
  float('tau_bound', '', 'line-of-sight optical depth of grains above the blow-out size'),
  float('a_blow', 'm', 'blow-out size, exact root of beta = 1/2'),
  float('s_blow_m', 'm', 'blow-out size (same as a_blow)'),
  float('s_min', 'm', 'bottom of the size grid'),
  float('kappa', 'm2 kg-1', 'opacity of the grains present'),
  float('Sigma_tau1', 'kg m-2', 'surface density at tau = 1 without line-of-sight factor, 1/kappa'),
  float('Qpr_mean', '', 'Planck-mean Q_pr at s_min'),
  float('Q_pr_blow', '', 'Planck-mean Q_pr at the blow-out size'),
  float('beta_at_smin', '', 'radiation pressure over gravity at s_min'),
  float('beta_threshold', '', 'beta above which grains are blown out'),
  float('Sigma_surf', 'kg m-2', 'surface density'),
  float('outflux_surface', 'kg m-2 s-1', 'blow-out rate'),
  float('sink_flux_surface', 'kg m-2 s-1', 'sublimation rate'),
  float('prod_subblow_area_rate', 'kg m-2 s-1', 'supply rate'),
  float('dotSigma_prod', 'kg m-2 s-1', 'supply rate (same as prod_subblow_area_rate)'),
  float('mu_orbit10pct', '', 'supply in units of the orbit rule; NaN if the rate is given directly'),
  float('epsilon_mix', '', 'mixing efficiency of the supply; NaN if the rate is given directly'),
  float('e_kernel_used', '', 'eccentricity of the collision kernel'),
  float('i_kernel_used', 'rad', 'inclination of the collision kernel'),
  float('M_out_dot', 'M_Mars s-1', 'blow-out rate of the ring'),
  float('M_sink_dot', 'M_Mars s-1', 'sublimation rate of the ring'),
  float('dM_dt_surface_total', 'M_Mars s-1', 'loss rate of the ring'),
  float('dSigma_dt_blowout', 'kg m-2 s-1', 'blow-out rate'),
  float('dSigma_dt_sinks', 'kg m-2 s-1', 'rate of all sinks but blow-out'),
  float('dSigma_dt_total', 'kg m-2 s-1', 'loss rate'),
  float('dSigma_dt_sublimation', 'kg m-2 s-1', 'sublimation rate'),
  float('ds_dt_sublimation', 'm s-1', 'change of grain radius by sublimation'),
  float('M_loss_cum', 'M_Mars', 'mass lost since the start, blown out and sublimed'),
  float('mass_lost_by_blowout', 'M_Mars', 'mass blown out since the start'),
  float('mass_lost_by_sinks', 'M_Mars', 'mass sublimed since the start'),
  float('mass_supplied', 'M_Mars', 'mass supplied since the start'),
  float('mass_total_bins', 'M_Mars', 'mass in the ring'),
  float(
    'M_loss_rp_mars',
    'M_Mars',
    'mass lost by the radiation pressure of Mars (same as mass_lost_by_blowout)',
  ),
  float('Sigma_blown_out', 'kg m-2', 'ledger: mass blown out since the start'),
  float('Sigma_sublimed', 'kg m-2', 'ledger: mass sublimed since the start'),
  float('Sigma_supplied', 'kg m-2', 'ledger: mass supplied since the start'),
  float(
    'mass_error',
    '',
    'closure of the mass budget, |Sigma + lost - initial - supplied|/(initial + supplied)',
  ),
  float('chi_blow_eff', '', 'chi of t_blow = chi/Omega'),
  float('rho_used', 'kg m-3', 'grain density'),
];

const budgetColumns: readonly Column[] = [
  step,
  time,
  float('mass_initial', 'M_Mars', 'mass at the start'),
  float('mass_supplied', 'M_Mars', 'mass supplied since the start'),
  float('mass_lost_by_blowout', 'M_Mars', 'mass blown out since the start'),
  float('mass_lost_by_sinks', 'M_Mars', 'mass sublimed since the start'),
  float('mass_remaining', 'M_Mars', 'mass in the ring'),
  float('mass_diff', 'M_Mars', 'remaining + lost - initial - supplied'),
  float('error_percent', '%', 'mass_diff over initial + supplied mass'),
  float('tolerance_percent', '%', 'largest error allowed'),
];

/** Relative error of the mass budget that must never be exceeded (spec/resolved.md 2.2). */
export const closureLimit = 1e-12;

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
  const sizeHistory = [step, time, ...numbers, float('Sigma_surf', 'kg m-2', 'surface density')];
  const edges = JSON.stringify(Array.from(grid.edges));
  return [
    { name: 'run', file: 'series/run.parquet', columns: runColumns, footer: {} },
    {
      name: 'psd_hist',
      file: 'series/psd_hist.parquet',
      columns: sizeHistory,
      footer: { bin_edges_m: edges },
    },
    { name: 'psd_bins', file: 'series/psd_bins.parquet', columns: binColumns, footer: {}, once: true },
    { name: 'mass_budget', file: 'checks/mass_budget.csv', columns: budgetColumns, footer: {} },
  ];
}
