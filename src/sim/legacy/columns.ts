import { betaThreshold } from '../mars/blowout.js';
import { marsMass, marsRadius, stefanBoltzmann } from '../mars/constants.js';
import type { Column } from '../model.js';
import { recordedOutflux, recordedSinks } from './accounts.js';
import { bulkStates, phaseStates, selectedSinks } from './codes.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';

/** Where a row finds its values. */
export interface Recorded {
  readonly disk: LegacyDisk;
  readonly state: LegacyState;
  readonly frame: Frame;
  /** Size with the most mass per logarithm, m; optical depth of the grains above the blow-out size. */
  readonly peak: number;
  readonly boundTau: number;
}

export interface RunColumn {
  readonly column: Column;
  readonly value: (from: Recorded) => number;
}

function of(name: string, unit: string, meaning: string, value: RunColumn['value']): RunColumn {
  return { column: { name, type: 'float64', unit, meaning }, value };
}

function code(name: string, meaning: string, value: RunColumn['value']): RunColumn {
  return { column: { name, type: 'int32', unit: '', meaning }, value };
}

const flux = 'kg m-2 s-1';
const surface = 'kg m-2';
const mass = 'M_Mars';
const massRate = 'M_Mars s-1';
const codes = (names: readonly string[]) => names.map((name, i) => `${i} ${name}`).join(', ');

const outflux = ({ frame }: Recorded) => recordedOutflux(frame);
const sinkRate = ({ frame, disk }: Recorded) => recordedSinks(frame, disk.dt);
const sublimationRate = ({ frame, disk }: Recorded) => frame.sublimation + frame.drifted / disk.dt;
const initialMass = ({ disk }: Recorded) => disk.sigma0 * disk.toMarsMasses;

/** Step, clock and orbit. */
const course: readonly RunColumn[] = [
  code('step', 'steps completed at the end of the row', ({ state }) => state.steps),
  of('time', 's', 'model time at the end of the step', ({ frame }) => frame.time),
  of('dt', 's', 'length of a step, by which the clock moves', ({ disk }) => disk.dt),
  of('smol_dt_eff', 's', 'time by which the state has moved on in the step', ({ frame }) => frame.covered),
  of('time_covered', 's', 'sum of smol_dt_eff since the start', ({ state }) => state.covered),
  of(
    'covered_fraction',
    '',
    'time_covered over time: what the state has seen of the time that the clock shows (defect Z1)',
    ({ state, frame }) => state.covered / frame.time,
  ),
  of('Omega_s', 's-1', 'orbital frequency at the reference radius', ({ disk }) => disk.Omega),
  of('t_orb_s', 's', 'orbital period', ({ disk }) => disk.orbit),
  of('t_blow_s', 's', 'blow-out time chi/Omega', ({ disk }) => disk.blowoutTime),
  of('t_blow', 's', 'the same', ({ disk }) => disk.blowoutTime),
  of('dt_over_t_blow', '', 'dt over t_blow', ({ disk }) => disk.dt / disk.blowoutTime),
  of(
    't_coll',
    's',
    'shortest collision time of a bin, 1/max L; NaN without collisions and up to tau 1e-12',
    ({ frame }) => frame.collisionTime,
  ),
  of('ts_ratio', '', 't_blow over t_coll', ({ disk, frame }) => disk.blowoutTime / frame.collisionTime),
  of('r_m', 'm', 'reference radius', ({ disk }) => disk.params.radius),
  of('r_RM', 'R_Mars', 'reference radius', ({ disk }) => disk.params.radius / marsRadius),
];

/** Temperatures, radiation pressure and opacity. */
const radiation: readonly RunColumn[] = [
  of('T_M_used', 'K', 'surface temperature of Mars at the start of the step', ({ frame }) => frame.T),
  of('T_p_effective', 'K', 'temperature of a grain of the phase rule', ({ frame }) => frame.particleT),
  of('rad_flux_Mars', 'W m-2', 'sigma T_M^4', ({ frame: { T } }) => stefanBoltzmann * T * T * T * T),
  of('a_blow', 'm', 'blow-out size after six iterations', ({ frame }) => frame.blowoutSize),
  of('s_blow_m', 'm', 'the same', ({ frame }) => frame.blowoutSize),
  of('s_blow_m_effective', 'm', 'the larger of a_blow and s_min_config', ({ frame, disk }) =>
    Math.max(disk.params.sizes.min, frame.blowoutSize),
  ),
  of('s_min', 'm', 'smallest size after the floor has moved', ({ state }) => state.effective),
  of('s_min_effective', 'm', 'the same', ({ state }) => state.effective),
  of('s_min_config', 'm', 's_min of the configuration', ({ disk }) => disk.params.sizes.min),
  of('Qpr_mean', '', 'Planck-mean Q_pr at s_min_effective', ({ frame }) => frame.Qmean),
  of('Q_pr_blow', '', 'Planck-mean Q_pr at a_blow', ({ frame }) => frame.Qblow),
  of('beta_at_smin', '', 'radiation pressure over gravity at s_min_effective', ({ frame }) => frame.beta),
  of('beta_at_smin_effective', '', 'the same', ({ frame }) => frame.beta),
  of('beta_at_smin_config', '', 'the same at s_min_config, at the start', ({ disk }) => disk.beta0),
  of('beta_threshold', '', 'beta from which on grains are blown out', () => betaThreshold),
  of('kappa_surf', 'm2 kg-1', 'opacity of the grains', ({ frame }) => frame.opacity),
  of('kappa_eff', 'm2 kg-1', 'opacity times phi_used', ({ frame }) => frame.effectiveOpacity),
  of('kappa', 'm2 kg-1', 'the same as kappa_eff', ({ frame }) => frame.effectiveOpacity),
  of('tau', '', 'line-of-sight optical depth before the collision step', ({ frame }) => frame.tau),
  of('tau_bound', '', 'of it, bins above the blow-out size', ({ boundTau }) => boundTau),
  of('phi_used', '', 'shielding factor Phi', ({ frame }) => frame.phi),
  of('Sigma_tau1', surface, 'surface density at tau = 1, 1/kappa_eff', ({ frame }) => frame.tau1),
  of('Sigma_tau1_last_finite', surface, 'its last finite value', ({ state }) => state.lastTau1),
];

/** Surface density, supply and losses. */
const balance: readonly RunColumn[] = [
  of('Sigma_surf', surface, 'surface density behind the step', ({ state }) => state.sigma),
  of('Sigma_surf0', surface, 'at the start', ({ disk }) => disk.sigma0),
  of('sigma_deep', surface, 'deep buffer', ({ state }) => state.deep),
  of('outflux_surface', flux, 'blow-out rate at the start of the step', outflux),
  of(
    'sink_flux_surface',
    flux,
    'rate of the other sinks, without drift',
    ({ frame }) => frame.external + frame.sublimation,
  ),
  of('dSigma_dt_blowout', flux, 'the same as outflux_surface', outflux),
  of('dSigma_dt_sinks', flux, 'rate of the other sinks and the drift', sinkRate),
  of('dSigma_dt_total', flux, 'loss rate', (from) => outflux(from) + sinkRate(from)),
  of('dSigma_dt_sublimation', flux, 'rate of sublimation and drift', sublimationRate),
  of('ds_dt_sublimation', 'm s-1', 'change of grain radius that acts', ({ frame }) => frame.shrink),
  of('ds_dt_sublimation_raw', 'm s-1', 'change of grain radius by the law', ({ frame }) => frame.shrinkRaw),
  of('ds_step_uniform', 'm', 'drift of the sizes in the step', ({ frame }) => frame.driftShift),
  of('mass_ratio_uniform', '', 'mass that the drift leaves', ({ frame }) => frame.massRatio),
  of('prod_rate_raw', flux, 'supply rate of the law in time', ({ frame }) => frame.nominal),
  of('supply_rate_nominal', flux, 'the same', ({ frame }) => frame.nominal),
  of('supply_rate_scaled', flux, 'supply rate with its factors', ({ frame }) => frame.scaled),
  of('dotSigma_prod', flux, 'the same', ({ frame }) => frame.scaled),
  of('prod_rate_applied_to_surf', flux, 'supply that reaches the surface', ({ frame }) => frame.applied),
  of('supply_rate_applied', flux, 'the same', ({ frame }) => frame.applied),
  of('prod_subblow_area_rate', flux, 'the same', ({ frame }) => frame.applied),
  of('prod_rate_diverted_to_deep', flux, 'supply that does not', ({ frame }) => frame.diverted),
  of('prod_rate_into_deep', flux, 'into the deep buffer', ({ frame }) => frame.intoDeep),
  of('deep_to_surf_flux', flux, 'out of the deep buffer', ({ frame }) => frame.fromDeep),
  of(
    'supply_temperature_scale',
    '',
    'factor of the supply by temperature, or the rate itself',
    ({ frame }) => frame.temperatureScale,
  ),
  of('supply_feedback_scale', '', 'factor of the supply by feedback', ({ state }) => state.feedback),
  of(
    'supply_clip_factor',
    '',
    'share of it that the reservoir lets through',
    ({ frame }) => frame.clipFactor,
  ),
  of(
    'supply_reservoir_remaining_Mmars',
    mass,
    'what is left in the reservoir; NaN without one',
    ({ state, disk }) =>
      disk.params.supply?.reservoir === undefined ? Number.NaN : state.reservoir / marsMass,
  ),
  of('supply_velocity_weight_w', '', 'weight of the supply in the orbits', ({ frame }) => frame.weight),
  of('e_kernel_used', '', 'eccentricity of the kernel', ({ frame }) => frame.e),
  of('i_kernel_used', 'rad', 'inclination of the kernel', ({ frame }) => frame.i),
  of('M_out_dot', massRate, 'blow-out rate of the ring', (from) => outflux(from) * from.disk.toMarsMasses),
  of('M_sink_dot', massRate, 'rate of the other sinks', (from) => sinkRate(from) * from.disk.toMarsMasses),
  of(
    'dM_dt_surface_total',
    massRate,
    'loss rate of the ring',
    (from) => (outflux(from) + sinkRate(from)) * from.disk.toMarsMasses,
  ),
  of('M_out_dot_avg', massRate, 'blown out in the step over dt', ({ frame, disk }) => frame.blown / disk.dt),
  of(
    'M_sink_dot_avg',
    massRate,
    'lost by sinks in the step over dt',
    ({ frame, disk }) => frame.sunk / disk.dt,
  ),
];

/** Accounts since the start. */
const accounts: readonly RunColumn[] = [
  of('M_loss_cum', mass, 'booked as lost since the start', ({ state }) => state.blown + state.sunk),
  of('mass_lost_by_blowout', mass, 'of it, blown out', ({ state }) => state.blown),
  of('M_loss_rp_mars', mass, 'the same', ({ state }) => state.blown),
  of('M_loss_surface_solid_marsRP', mass, 'the same', ({ state }) => state.blown),
  of('mass_lost_by_sinks', mass, 'of it, by other sinks', ({ state }) => state.sunk),
  of('mass_lost_sinks_step', mass, 'by other sinks in the step', ({ frame }) => frame.sunk),
  of('mass_lost_sublimation_step', mass, 'sublimed in the step', ({ frame }) => frame.sublimed),
  of('mass_lost_hydro_step', mass, 'escaped in the step', ({ frame }) => frame.escaped),
  of('M_loss_hydro', mass, 'escaped since the start', ({ state }) => state.escaped),
  of(
    'mass_total_bins',
    mass,
    'mass at the start less what is booked as lost; not what is in the bins, may fall below 0 (defect Z3)',
    (from) => initialMass(from) - (from.state.blown + from.state.sunk),
  ),
  of(
    'mass_supplied',
    mass,
    'supplied since the start, in the time that the state has moved on',
    ({ state, disk }) => state.movedIn * disk.toMarsMasses,
  ),
  of(
    'mass_closure',
    '',
    'real mass balance: (in the bins + really lost - really supplied - initial)/(initial + supplied)',
    ({ state, disk }) =>
      (state.sigma + state.deep + state.movedOut - state.movedIn - disk.sigma0) /
      (disk.sigma0 + state.movedIn),
  ),
  of('chi_blow_eff', '', 'chi of t_blow = chi/Omega', ({ disk }) => disk.chi),
  of('rho_used', 'kg m-3', 'grain density', ({ disk }) => disk.params.density),
];

/** Phase, gates, and the collision step itself. */
const inside: readonly RunColumn[] = [
  code('phase_state', codes(phaseStates), ({ frame }) => frame.state),
  of('phase_f_vap', '', 'share of vapour', ({ frame }) => frame.vapour),
  code('phase_bulk_state', codes(bulkStates), ({ frame }) => frame.bulk),
  code('blowout_beta_gate', '1: beta at s_min_effective reaches the threshold', ({ frame }) =>
    Number(frame.betaGate),
  ),
  code('sink_selected', codes(selectedSinks), ({ frame }) => (frame.blow ? 1 : frame.escapes ? 2 : 0)),
  code('tau_gate_blocked', '1: the optical depth holds back blow-out', ({ frame }) => Number(frame.gated)),
  of('blowout_gate_factor', '', 'factor of the booked blow-out', ({ frame }) => frame.gateFactor),
  of('t_solid_s', 's', 'time that it holds against t_blow; NaN without', ({ frame }) => frame.solidTime),
  of('smol_sigma_before', surface, 'surface density before the collision step', ({ frame }) => frame.before),
  of('smol_sigma_after', surface, 'behind it', ({ state }) => state.sigma),
  of('smol_prod_mass_rate', flux, 'supply of the collision step', ({ frame }) => frame.applied),
  of(
    'smol_extra_mass_loss_rate',
    flux,
    'sinks of the collision step',
    ({ frame }) => frame.outflux + frame.external + frame.sublimation,
  ),
  of('smol_mass_error', '', 'its mass error as the original measures it', ({ frame }) => frame.massError),
  of('smol_gain_mass_rate', flux, 'mass that collisions bring into bins', ({ frame }) => frame.gain),
  of('smol_loss_mass_rate', flux, 'mass that they take out of bins', ({ frame }) => frame.loss),
  of(
    'smol_sink_mass_rate',
    flux,
    'the same as smol_extra_mass_loss_rate',
    ({ frame }) => frame.outflux + frame.external + frame.sublimation,
  ),
  of('smol_source_mass_rate', flux, 'mass that the supply brings into bins', ({ frame }) => frame.source),
  of('s_peak', 'm', 'size of the largest s^3 number', ({ peak }) => peak),
];

/** Columns of series/run.parquet: names of the original; those that were text there are codes. */
export const legacyColumns: readonly RunColumn[] = [
  ...course,
  ...radiation,
  ...balance,
  ...accounts,
  ...inside,
];
