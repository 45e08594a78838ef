import { marsRadius } from '../../sim/mars/constants.js';
import { coolingOf } from '../../sim/mars/cooling.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { inWords } from '../durations.js';
import type { Settings } from '../settings.js';

const driver = 'radiation.mars_temperature_driver';

/** Highest temperature from the start to the end of the run, K. */
function hottest(law: MarsParams['temperature'], end: number): number {
  if (law.kind !== 'table') return coolingOf(law).at(0);
  const reached = law.temperatures.filter((_, i) => law.times[i]! <= end);
  return Math.max(coolingOf(law).at(0), coolingOf(law).at(end), ...reached);
}

/** Refuses runs on which T_M leaves 1000..6500 K, or leaves its table when that is not allowed (physics.md section c). */
export function checkTemperatures(
  settings: Settings,
  law: MarsParams['temperature'],
  stops: MarsParams['stops'],
): void {
  const cooling = coolingOf(law);
  const last = cooling.at(stops.end);
  // A run that ends at 1000 K by its temperature stop touches the limit; rounding there is no fault.
  if (last < 1000 * (1 - 1e-6)) {
    const when = cooling.passes(1000, stops.end)[0];
    const key = `${driver}.mode`;
    settings.refuse(
      key,
      `${key} = ${settings.text(key)}: T_M falls below 1000 K${when === undefined ? '' : ` after ${inWords(when)}`}, before the end of the run at ${inWords(stops.end)} (allowed: 1000 to 6500 K); end it with numerics.t_end_until_temperature_K=1000`,
    );
  }
  if (law.kind === 'table' && settings.text(`${driver}.extrapolation`) === 'error') {
    const first = law.times[0]!;
    const final = law.times[law.times.length - 1]!;
    if (first > 0 || final < stops.end) {
      settings.refuseValue(
        `${driver}.table.path`,
        `covers ${inWords(Math.max(first, 0))} to ${inWords(final)}, the run lasts ${inWords(stops.end)} (${driver}.extrapolation is error)`,
      );
    }
  }
}

/** Accepts `phase.enabled` only where it changes nothing: no grain ever gets as hot as the condensation threshold. */
export function checkPhase(
  settings: Settings,
  radius: number,
  law: MarsParams['temperature'],
  end: number,
): void {
  if (!settings.flag('phase.enabled')) return;
  const threshold = settings.number('phase.thresholds.T_condense_K');
  const ofGrains = settings.text('phase.temperature_input') === 'particle';
  const share = ofGrains
    ? settings.number('phase.q_abs_mean') ** 0.25 * Math.sqrt(marsRadius / (2 * radius))
    : 1;
  const peak = hottest(law, end) * share;
  if (peak < threshold) return;
  const what = ofGrains ? 'T_p = T_M q_abs^0.25 sqrt(R_M/2r)' : 'T_M (phase.temperature_input mars_surface)';
  settings.refuse(
    'phase.enabled',
    `phase.enabled = true: grains would not stay solid: ${what} reaches ${Number(peak.toPrecision(5))} K, phase.thresholds.T_condense_K is ${threshold} K, and other phases are not implemented yet; set phase.enabled=false to treat all grains as solid${ofGrains ? '' : ', or phase.temperature_input=particle'}`,
  );
}
