import { coolingOf } from '../../sim/mars/cooling.js';
import { orbitalPeriod } from '../../sim/mars/orbit.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { inWords } from '../durations.js';
import type { Settings } from '../settings.js';

/** No cooling law is followed further than this when the time of a temperature stop is looked for, s. */
const horizon = 1e6 * 31557600;

interface End {
  readonly end: number;
  readonly temperature: number | null;
  readonly temperatureMargin: number;
}

/** End at a temperature: exact for the laws, from the table's pieces otherwise; refused if it is never reached. */
function endByTemperature(
  settings: Settings,
  law: MarsParams['temperature'],
  target: number,
  shortest: number,
): End {
  const key = 'numerics.t_end_until_temperature_K';
  for (const other of ['numerics.t_end_orbits', 'numerics.t_end_years']) {
    if (settings.given(other))
      settings.warn(`${other} is not used: ${key} = ${target} ends the run, as in the original`);
  }
  const cooling = coolingOf(law);
  const now = cooling.at(0);
  if (now <= target) {
    settings.refuseValue(key, `must be below the temperature at the start, ${now} K`);
    return { end: Number.NaN, temperature: target, temperatureMargin: 0 };
  }
  const reached = cooling.passes(target, horizon)[0];
  if (reached === undefined) {
    settings.refuseValue(
      key,
      `T_M never falls that far (radiation.mars_temperature_driver: ${law.kind}); give numerics.t_end_years instead`,
    );
    return { end: Number.NaN, temperature: target, temperatureMargin: 0 };
  }
  const search = settings.seconds('numerics.t_end_temperature_search_years', 'yr');
  if (search !== null && reached > search) {
    settings.refuseValue(
      'numerics.t_end_temperature_search_years',
      `T_M falls to ${target} K only after ${inWords(reached)}`,
    );
  }
  const margin = settings.seconds('numerics.t_end_temperature_margin_years', 'yr')!;
  const temperatureMargin = Math.max(margin, shortest - reached);
  // `end` is an upper bound only: a little room keeps rounding from ending the run just before the temperature is reached.
  return { end: (reached + temperatureMargin) * (1 + 1e-6), temperature: target, temperatureMargin };
}

function plannedEnd(
  settings: Settings,
  radius: number,
  law: MarsParams['temperature'],
  shortest: number,
): End {
  const target = settings.maybeNumber('numerics.t_end_until_temperature_K');
  if (target !== null) return endByTemperature(settings, law, target, shortest);
  const orbits = settings.maybeNumber('numerics.t_end_orbits');
  const years =
    settings.seconds('numerics.t_end_years', 'yr') ?? settings.seconds('scope.analysis_years', 'yr')!;
  if (orbits === null && !(years > 0)) settings.refuseValue('numerics.t_end_years', 'must be > 0');
  if (orbits !== null && settings.given('numerics.t_end_years')) {
    settings.warn('numerics.t_end_years is not used: numerics.t_end_orbits wins, as in the original');
  }
  const end = Math.max(orbits === null ? years : orbits * orbitalPeriod(radius), shortest);
  return { end, temperature: null, temperatureMargin: 0 };
}

/** When a run ends. */
export function stops(
  settings: Settings,
  radius: number,
  law: MarsParams['temperature'],
): MarsParams['stops'] {
  const minDuration = settings.seconds('numerics.min_duration_years', 'yr') ?? 0;
  const tau = settings.maybeNumber('optical_depth.tau_stop');
  if (tau !== null && !settings.legacy) {
    settings.warn(
      `optical_depth.tau_stop = ${tau} is compared with tau_bound, the optical depth of grains above the blow-out size (the original: all grains)`,
    );
  }
  const massError = settings.maybeNumber('numerics.mass_budget_stop');
  return {
    ...plannedEnd(settings, radius, law, minDuration),
    blowoutBelowGrid: settings.flag('numerics.stop_on_blowout_below_smin'),
    tau,
    tauTolerance: settings.number('optical_depth.tau_stop_tol'),
    lossRate: settings.maybeNumber('numerics.mass_loss_rate_stop_Mmars_s'),
    ...(massError !== null && { massError }),
    minDuration,
  };
}
