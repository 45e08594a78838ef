import { betaThreshold } from '../blowout.js';
import { marsRadius, stefanBoltzmann } from '../constants.js';
import { radiationPressureEfficiency } from '../efficiency.js';
import { furtherColumns } from './furtherColumns.js';
import type { RowView } from './rowView.js';
import { sinkColumns } from './sinkColumns.js';
import { supplyColumns } from './supplyColumns.js';
import { float, type ValuedColumn, whole } from './valuedColumn.js';

export const step = whole('step', 'accepted step in which the row lies; 0 = start', (row) => row.around.step);
export const time = float('time', 's', 'model time of the row', (row) => row.t);

export const blownMass = float(
  'mass_lost_by_blowout',
  'M_Mars',
  'mass blown out since the start',
  (row) => row.B * row.disk.toMarsMasses,
);
export const sunkMass = float(
  'mass_lost_by_sinks',
  'M_Mars',
  'mass lost since the start by sinks other than blow-out',
  (row) => row.sunk * row.disk.toMarsMasses,
);
export const suppliedMass = float(
  'mass_supplied',
  'M_Mars',
  'mass supplied since the start',
  (row) => row.P * row.disk.toMarsMasses,
);

function orbitRule({ disk }: RowView) {
  const rate = disk.params.supply?.rate;
  return rate?.kind === 'orbit' ? rate : null;
}

/** Columns of series/run.parquet, names as in the original program where the quantity exists there. Append: their order is kept. */
export const runColumns: readonly ValuedColumn[] = [
  step,
  time,
  float('dt', 's', 'length of the step in which the row lies', (row) => row.around.length),
  float('Omega_s', 's-1', 'orbital frequency at the reference radius', (row) => row.disk.Omega),
  float('t_orb_s', 's', 'orbital period', (row) => (2 * Math.PI) / row.disk.Omega),
  float('t_blow_s', 's', 'blow-out time chi/Omega', (row) => row.disk.blowoutTime),
  float(
    'dt_over_t_blow',
    '',
    'step length over blow-out time',
    (row) => row.around.length / row.disk.blowoutTime,
  ),
  float(
    't_coll',
    's',
    'shortest collision time of a populated bin, 1/max sum_j K_ij N_j; NaN without collisions',
    (row) => row.collisionTime,
  ),
  float('r_m', 'm', 'reference radius', (row) => row.disk.params.radius),
  float('r_RM', 'R_Mars', 'reference radius', (row) => row.disk.params.radius / marsRadius),
  float('T_M_used', 'K', 'surface temperature of Mars', (row) => row.T),
  float(
    'T_grain',
    'K',
    'temperature of a black grain, T_M sqrt(R_Mars/(2 r))',
    (row) => row.T * row.disk.grainRatio,
  ),
  float('rad_flux_Mars', 'W m-2', 'sigma T_M^4', (row) => stefanBoltzmann * row.T * row.T * row.T * row.T),
  float('tau', '', 'line-of-sight optical depth of all grains', (row) => row.tau),
  float(
    'tau_bound',
    '',
    'line-of-sight optical depth of grains above the blow-out size',
    (row) => row.boundTau,
  ),
  float('a_blow', 'm', 'blow-out size, exact root of beta = 1/2', (row) => row.a),
  float('s_blow_m', 'm', 'blow-out size (same as a_blow)', (row) => row.a),
  float('s_min', 'm', 'bottom of the size grid', (row) => row.disk.params.sizes.min),
  float('kappa', 'm2 kg-1', 'opacity of the grains present, shielded by Phi', (row) => row.Phi * row.kappa),
  float(
    'Sigma_tau1',
    'kg m-2',
    'surface density at tau = 1 without line-of-sight factor, 1/kappa',
    (row) => row.unitDepthDensity,
  ),
  float('Qpr_mean', '', 'Planck-mean Q_pr at s_min', (row) => row.Q),
  float('Q_pr_blow', '', 'Planck-mean Q_pr at the blow-out size', (row) =>
    radiationPressureEfficiency(row.disk.table, row.a, row.T),
  ),
  float('beta_at_smin', '', 'radiation pressure over gravity at s_min', (row) => row.beta),
  float('beta_threshold', '', 'beta above which grains are blown out', () => betaThreshold),
  float('Sigma_surf', 'kg m-2', 'surface density', (row) => row.Sigma),
  float('outflux_surface', 'kg m-2 s-1', 'blow-out rate', (row) => row.blown),
  float('sink_flux_surface', 'kg m-2 s-1', 'rate of all sinks but blow-out', (row) => row.sinking),
  float(
    'prod_subblow_area_rate',
    'kg m-2 s-1',
    'supply rate, what reaches the surface',
    (row) => row.surfaceSupply,
  ),
  float(
    'dotSigma_prod',
    'kg m-2 s-1',
    'supply rate, what is delivered to the surface or to the deep buffer',
    (row) => row.deliveredSupply,
  ),
  float(
    'mu_orbit10pct',
    '',
    'supply in units of the orbit rule; NaN if the rate is given directly',
    (row) => orbitRule(row)?.mu ?? Number.NaN,
  ),
  float(
    'epsilon_mix',
    '',
    'mixing efficiency of the supply; NaN if the rate is given directly',
    (row) => orbitRule(row)?.epsilon ?? Number.NaN,
  ),
  float('e_kernel_used', '', 'eccentricity of the collision kernel', (row) => row.disk.params.eccentricity),
  float('i_kernel_used', 'rad', 'inclination of the collision kernel', (row) => row.disk.params.inclination),
  float('M_out_dot', 'M_Mars s-1', 'blow-out rate of the ring', (row) => row.blown * row.disk.toMarsMasses),
  float(
    'M_sink_dot',
    'M_Mars s-1',
    'rate of all sinks but blow-out',
    (row) => row.sinking * row.disk.toMarsMasses,
  ),
  float(
    'dM_dt_surface_total',
    'M_Mars s-1',
    'loss rate of the ring',
    (row) => (row.blown + row.sinking) * row.disk.toMarsMasses,
  ),
  float('dSigma_dt_blowout', 'kg m-2 s-1', 'blow-out rate', (row) => row.blown),
  float('dSigma_dt_sinks', 'kg m-2 s-1', 'rate of all sinks but blow-out', (row) => row.sinking),
  float('dSigma_dt_total', 'kg m-2 s-1', 'loss rate', (row) => row.blown + row.sinking),
  float('dSigma_dt_sublimation', 'kg m-2 s-1', 'sublimation rate', (row) => row.vapour),
  float(
    'ds_dt_sublimation',
    'm s-1',
    'change of grain radius by sublimation',
    (row) => (-row.rates.scheme.open.sublimation * row.rates.scheme.J) / row.disk.params.density,
  ),
  float(
    'M_loss_cum',
    'M_Mars',
    'mass lost since the start, blown out and by sinks',
    (row) => (row.B + row.sunk) * row.disk.toMarsMasses,
  ),
  blownMass,
  sunkMass,
  suppliedMass,
  float('mass_total_bins', 'M_Mars', 'mass in the ring', (row) => row.Sigma * row.disk.toMarsMasses),
  float(
    'M_loss_rp_mars',
    'M_Mars',
    'mass lost by the radiation pressure of Mars (same as mass_lost_by_blowout)',
    (row) => row.B * row.disk.toMarsMasses,
  ),
  float('Sigma_blown_out', 'kg m-2', 'ledger: mass blown out since the start', (row) => row.B),
  float('Sigma_sublimed', 'kg m-2', 'ledger: mass sublimed since the start', (row) => row.V),
  float('Sigma_supplied', 'kg m-2', 'ledger: mass supplied since the start', (row) => row.P),
  float(
    'mass_error',
    '',
    'closure of the mass budget, |Sigma + deep + lost - initial - supplied|/(initial + supplied)',
    (row) => row.massError,
  ),
  float('chi_blow_eff', '', 'chi of t_blow = chi/Omega', (row) => row.disk.chi),
  float('rho_used', 'kg m-3', 'grain density', (row) => row.disk.params.density),
  ...furtherColumns,
  ...supplyColumns,
  ...sinkColumns,
];
