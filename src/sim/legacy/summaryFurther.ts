import { marsMass, year } from '../mars/constants.js';
import { place, processes, result, type SummaryResult } from '../mars/summaryResult.js';
import type { Meaning } from '../model.js';
import { lastOf, rangeSeen, timeIn } from './course.js';
import { type LegacyDisk, legacyDisk } from './disk.js';
import type { LegacyParams } from './params.js';
import { phiAtStart } from './shielding.js';
import { type LegacyState, legacyStops } from './state.js';
import { timeOf } from './status.js';

/** What a run has come to. */
interface End {
  readonly state: LegacyState;
  readonly params: LegacyParams;
  readonly disk: LegacyDisk;
}

type Result = SummaryResult<End>;

const isEarly = ({ state }: End) => state.stop > 1;
const reservoirOf = ({ params }: End) => params.supply?.reservoir?.mass ?? Number.NaN;

/** Of the last step; null in a run that a program has begun that did not keep it. */
const atEnd: readonly Result[] = [
  result('T_M_final', 'K', 'surface temperature of Mars of the last step', ({ state }) =>
    lastOf(state, 'T_M'),
  ),
  result('s_blow_m', 'm', 'blow-out size of the last step', ({ state }) => lastOf(state, 'a_blow')),
  result('s_blow_m_effective', 'm', 'the larger of it and s_min_config', ({ state, params }) =>
    Math.max(lastOf(state, 'a_blow'), params.sizes.min),
  ),
  result('Q_pr_used', '', 'Planck-mean Q_pr at s_min_effective, of the last step', ({ state }) =>
    lastOf(state, 'Q_pr'),
  ),
  result('Q_pr_blow', '', 'Planck-mean Q_pr at the blow-out size, of the last step', ({ state }) =>
    lastOf(state, 'Q_pr_blow'),
  ),
  result(
    'beta_at_smin_effective',
    '',
    'radiation pressure over gravity at s_min_effective, of the last step',
    ({ state }) => lastOf(state, 'beta'),
  ),
  result('s_min_floor_dynamic', 'm', 'floor that moves, at the end', ({ state }) => state.floor),
];

const atStart: readonly Result[] = [
  result(
    'kappa_eff_initial',
    'm2 kg-1',
    'opacity at the start, shielded by Phi',
    ({ disk }) => disk.effectiveOpacity0,
  ),
  result(
    'Sigma_surf0',
    'kg m-2',
    'surface density at the start (same as sigma_surf_initial)',
    ({ disk }) => disk.sigma0,
  ),
  result(
    'Sigma_tau1_initial',
    'kg m-2',
    'surface density at tau = 1 without line-of-sight factor at the start, 1/kappa_eff_initial',
    ({ disk }) => 1 / disk.effectiveOpacity0,
  ),
  result(
    'sigma_surf_mu_reference',
    'kg m-2',
    'surface density at mu_reference_tau at the start; null unless the rate is given by mu_orbit10pct',
    ({ params, disk }) => {
      if (params.supply?.rate.kind !== 'orbit') return null;
      const tau = params.supply.rate.referenceTau;
      return tau / (phiAtStart(params.shielding, tau) * disk.opacity0 * params.lineOfSight);
    },
  ),
  ...place,
  ...processes,
];

const supply: readonly Result[] = [
  result(
    'supply_reservoir_mass_total_Mmars',
    'M_Mars',
    'mass of the reservoir at the start',
    (end) => reservoirOf(end) / marsMass,
  ),
  result(
    'supply_reservoir_mass_used_Mmars',
    'M_Mars',
    'mass taken from the reservoir',
    (end) => (reservoirOf(end) - end.state.reservoir) / marsMass,
  ),
  result('supply_reservoir_remaining_Mmars', 'M_Mars', 'mass of the reservoir at the end', (end) =>
    end.params.supply?.reservoir === undefined ? null : end.state.reservoir / marsMass,
  ),
  result(
    'supply_reservoir_fraction_last',
    '',
    'share of the reservoir left at the end',
    (end) => end.state.reservoir / reservoirOf(end),
  ),
  result('supply_feedback_scale_last', '', 'factor of the supply by the feedback at the end', (end) =>
    end.params.supply?.feedback === undefined ? null : end.state.feedback,
  ),
  result('sigma_deep_last', 'kg m-2', 'mass in the deep buffer at the end', ({ state, params }) =>
    params.supply?.mixingTime === undefined ? null : state.deep,
  ),
];

const course: readonly Result[] = [
  result(
    'analysis_window_years',
    'yr',
    'model time of the planned end',
    ({ params }) => params.stops.end / year,
  ),
  result('early_stop_reason', '', 'why the run ended before its time', (end) =>
    isEarly(end) ? legacyStops[end.state.stop] : null,
  ),
  result('early_stop_time_s', 's', 'when the run ended before its time', (end) =>
    isEarly(end) ? timeOf(end.state, end.params) : null,
  ),
  result(
    'phase_method',
    '',
    'threshold: phases follow from temperature (and optical depth); disabled: all is solid',
    ({ params }) => (params.phase === undefined ? 'disabled' : 'threshold'),
  ),
  result('time_vapor_s', 's', 'steps added up in which grains count as vapour', ({ state }) =>
    timeIn(state, 'vapor'),
  ),
  result('time_solid_dominated_s', 's', 'likewise with up to 5 % of melt', ({ state }) =>
    timeIn(state, 'solid_dominated'),
  ),
  result('time_mixed_s', 's', 'likewise with 5 to 95 % of melt', ({ state }) => timeIn(state, 'mixed')),
  result(
    'time_liquid_dominated_s',
    's',
    'likewise with 95 % of melt or more, in which collisions rest',
    ({ state }) => timeIn(state, 'liquid_dominated'),
  ),
  result('time_hydro_escape_s', 's', 'likewise with vapour that escapes, without blow-out', ({ state }) =>
    timeIn(state, 'hydro_escape'),
  ),
  result('time_no_sink_s', 's', 'likewise with neither', ({ state }) => timeIn(state, 'no_sink')),
];

type Range = Parameters<typeof rangeSeen>[1];

/** Least and greatest of all steps; null where a run does not have it. */
function rangeOf(name: Range, unit: string, what: string, has: (params: LegacyParams) => boolean): Result[] {
  return (['min', 'max'] as const).map((end, i) =>
    result(
      `${name}_${end}`,
      unit,
      `${end === 'min' ? 'smallest' : 'largest'} ${what}`,
      ({ state, params }) => (has(params) ? rangeSeen(state, name)[i]! : null),
    ),
  );
}

const extremes: readonly Result[] = [
  ...rangeOf(
    'supply_visibility',
    '',
    'of what reaches the surface over the nominal rate; the first step counts as 0',
    () => true,
  ),
  ...rangeOf(
    'supply_temperature_scale',
    '',
    'factor of the supply by temperature, or the rate itself',
    ({ supply }) => supply?.temperature !== undefined,
  ),
  ...rangeOf(
    'supply_feedback_scale',
    '',
    'factor of the supply by the feedback',
    ({ supply }) => supply?.feedback !== undefined,
  ),
  ...rangeOf(
    'blowout_gate_factor',
    '',
    'factor of the booked blow-out',
    ({ blowout }) => blowout.gate !== undefined,
  ),
  ...rangeOf(
    't_solid',
    's',
    'time that the gate of the books holds against t_blow',
    ({ blowout }) => blowout.gate !== undefined,
  ),
];

const results = [...atEnd, ...atStart, ...supply, ...course, ...extremes];

/** More of what the original's summary.json says (physics.md l). */
export function furtherSummary(
  state: LegacyState,
  params: LegacyParams,
): Record<string, number | string | boolean | null> {
  const end = { state, params, disk: legacyDisk(params) };
  return Object.fromEntries(results.map(({ name, value }) => [name, value(end)]));
}

export const furtherMeanings: Readonly<Record<string, Meaning>> = Object.fromEntries(
  results.map(({ name, unit, meaning }) => [name, { unit, meaning }]),
);
