import { betaThreshold } from '../mars/blowout.js';
import { year } from '../mars/constants.js';
import { rateAt } from '../mars/supply/law.js';
import type { Meaning } from '../model.js';
import { legacyDisk } from './disk.js';
import { sampledMedian } from './observe.js';
import type { LegacyParams } from './params.js';
import { extremaNames, type LegacyState, legacyStops, never } from './state.js';
import { coveredFraction, timeOf } from './status.js';
import { furtherMeanings, furtherSummary } from './summaryFurther.js';

type Value = number | string | boolean | null;

/** Results under the names of the original's summary.json where the quantity exists there (physics.md l, Y). */
export function summaryOf(state: LegacyState, params: LegacyParams): Record<string, Value> {
  const summary = {
    ...losses(state, params),
    ...conditions(state, params),
    ...course(state, params),
    ...furtherSummary(state, params),
  };
  for (const [name, value] of Object.entries(summary)) {
    if (typeof value === 'number' && !Number.isFinite(value)) summary[name] = null;
  }
  return summary;
}

function losses(state: LegacyState, params: LegacyParams): Record<string, Value> {
  const disk = legacyDisk(params);
  const { blown, sunk } = state;
  const initial = disk.sigma0 * disk.toMarsMasses;
  const orbits = orbitsCompleted(state, params);
  const perOrbit = (value: number) => (orbits > 0 ? value / orbits : null);
  const closure = state.sigma + state.deep + state.movedOut - state.movedIn - disk.sigma0;
  return {
    M_loss: blown + sunk,
    M_loss_rp_mars: blown,
    M_loss_from_sinks: sunk,
    M_loss_from_sublimation: state.sublimed,
    M_loss_hydro_escape: state.escaped,
    M_out_cum: blown,
    M_sink_cum: sunk,
    M_loss_mean_per_orbit: perOrbit(blown + sunk),
    M_out_mean_per_orbit: perOrbit(blown),
    M_sink_mean_per_orbit: perOrbit(sunk),
    mass_initial: initial,
    mass_remaining: state.sigma * disk.toMarsMasses,
    mass_supplied: state.movedIn * disk.toMarsMasses,
    mass_closure: closure / (disk.sigma0 + state.movedIn),
    mass_budget_max_error_percent: 100 * state.largestError,
  };
}

function conditions(state: LegacyState, params: LegacyParams): Record<string, Value> {
  const disk = legacyDisk(params);
  const { extrema } = state;
  const summary: Record<string, Value> = {};
  extremaNames.forEach((name, i) => {
    summary[`${name}_min`] = extrema[2 * i];
    summary[`${name}_median`] = sampledMedian(state, i);
    summary[`${name}_max`] = extrema[2 * i + 1];
  });
  const status = params.blowout.enabled ? (disk.beta0 >= betaThreshold ? 'blowout' : 'ok') : 'no_blowout';
  return {
    ...summary,
    case_status: status,
    beta_at_smin_config: disk.beta0,
    beta_threshold: betaThreshold,
    chi_blow_eff: disk.chi,
    t_blow_s: disk.blowoutTime,
    dt_over_t_blow_median: disk.dt / disk.blowoutTime,
    s_min_config: params.sizes.min,
    s_min_effective: state.effective,
    kappa_surf_initial: disk.opacity0,
    sigma_surf_initial: disk.sigma0,
    Sigma_surf: state.sigma,
    supply_rate_nominal_kg_m2_s: rateAt(disk.supply, 0),
    T_M_initial: disk.climate(0),
    supply_reservoir_depletion_time_s: state.emptiedAt === never ? null : state.emptiedAt,
  };
}

/** At least 1 in a run that rolls up orbits, as in the original (Z23). */
function orbitsCompleted(state: LegacyState, params: LegacyParams): number {
  return params.output.orbits && state.steps > 0 ? Math.max(state.orbits, 1) : 0;
}

function course(state: LegacyState, params: LegacyParams): Record<string, Value> {
  const disk = legacyDisk(params);
  const time = timeOf(state, params);
  return {
    stop_reason: legacyStops[state.stop],
    stop_time_s: state.stop !== 0 ? time : null,
    time_end_planned_s: params.stops.end,
    t_end_actual_s: state.elapsed,
    analysis_window_years_actual: state.elapsed / year,
    time_covered_s: state.covered,
    covered_fraction: coveredFraction(state, time),
    dt_s: disk.dt,
    n_steps: state.steps,
    n_steps_planned: disk.steps,
    n_rows: state.rows,
    orbits_completed: orbitsCompleted(state, params),
    time_solid_s: state.solidTime,
    time_blowout_s: state.blowoutTime,
  };
}

const mass = 'M_Mars';
const meaning = (unit: string, text: string): Meaning => ({ unit, meaning: text });

const rangeOf = (name: string, unit: string, what: string) => ({
  [`${name}_min`]: meaning(unit, `smallest ${what}`),
  [`${name}_median`]: meaning(unit, `median ${what}, of at most 1024 steps at equal distances`),
  [`${name}_max`]: meaning(unit, `largest ${what}`),
});

/** The numbers of `summaryOf`, by name. */
export const summaryMeanings: Readonly<Record<string, Meaning>> = {
  M_loss: meaning(mass, 'mass booked as lost'),
  M_loss_rp_mars: meaning(mass, 'blown out'),
  M_loss_from_sinks: meaning(mass, 'lost by all sinks but blow-out'),
  M_loss_from_sublimation: meaning(mass, 'sublimed; booked over whole steps (defect Z3)'),
  M_loss_hydro_escape: meaning(mass, 'lost by hydrodynamic escape'),
  M_out_cum: meaning(mass, 'blown out (same as M_loss_rp_mars)'),
  M_sink_cum: meaning(mass, 'lost by sinks (same as M_loss_from_sinks)'),
  M_loss_mean_per_orbit: meaning(mass, 'M_loss over orbits_completed'),
  M_out_mean_per_orbit: meaning(mass, 'M_out_cum over orbits_completed'),
  M_sink_mean_per_orbit: meaning(mass, 'M_sink_cum over orbits_completed'),
  mass_initial: meaning(mass, 'mass of the ring at the start'),
  mass_remaining: meaning(mass, 'mass in the bins at the end'),
  mass_supplied: meaning(mass, 'supplied since the start, in the time that the state has moved on'),
  mass_closure: meaning('', 'real mass balance of the bins, relative: the original books something else'),
  mass_budget_max_error_percent: meaning('%', 'largest mass error of a step that was accepted'),
  ...rangeOf('T_M', 'K', 'surface temperature of Mars'),
  ...rangeOf('a_blow', 'm', 'blow-out size'),
  ...rangeOf('beta_at_smin', '', 'radiation pressure over gravity at s_min_effective'),
  case_status: meaning('', 'blowout: grains of s_min are unbound at the start; ok; no_blowout'),
  beta_at_smin_config: meaning('', 'radiation pressure over gravity at s_min at the start'),
  beta_threshold: meaning('', 'beta from which on grains are blown out'),
  chi_blow_eff: meaning('', 'blow-out time in units of 1/Omega'),
  t_blow_s: meaning('s', 'blow-out time chi/Omega'),
  dt_over_t_blow_median: meaning('', 'step over blow-out time'),
  s_min_config: meaning('m', 's_min of the configuration'),
  s_min_effective: meaning('m', 'smallest size at the end'),
  kappa_surf_initial: meaning('m2 kg-1', 'opacity at the start'),
  sigma_surf_initial: meaning('kg m-2', 'surface density at the start'),
  Sigma_surf: meaning('kg m-2', 'surface density at the end'),
  supply_rate_nominal_kg_m2_s: meaning('kg m-2 s-1', 'supply rate'),
  T_M_initial: meaning('K', 'surface temperature of Mars at the start'),
  supply_reservoir_depletion_time_s: meaning('s', 'when the reservoir was used up'),
  stop_reason: meaning('', 'why the run ended'),
  stop_time_s: meaning('s', 'model time at which the run ended'),
  time_end_planned_s: meaning('s', 'model time of the planned end'),
  t_end_actual_s: meaning('s', 'steps added up, as the original does'),
  analysis_window_years_actual: meaning('yr', 'the same'),
  time_covered_s: meaning('s', 'time by which the state has moved on'),
  covered_fraction: meaning('', 'time_covered_s over the time that the clock shows (defect Z1)'),
  dt_s: meaning('s', 'length of a step'),
  n_steps: meaning('', 'steps'),
  n_steps_planned: meaning('', 'steps of the grid of time'),
  n_rows: meaning('', 'rows of the series'),
  orbits_completed: meaning('', 'orbits rolled up; at least 1 (defect Z23), 0 without roll-up'),
  time_solid_s: meaning('s', 'time with solid grains'),
  time_blowout_s: meaning('s', 'time with blow-out acting'),
  ...furtherMeanings,
};
