import { coolingOf } from '../../sim/mars/cooling.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { grainTemperatureRatio } from '../../sim/mars/sublimation.js';
import { inWords } from '../durations.js';
import type { Settings } from '../settings.js';

const driver = 'radiation.mars_temperature_driver';

/** Temperatures that a run passes through, K. */
export interface TemperatureRange {
  readonly coldest: number;
  readonly hottest: number;
}

/** Temperatures of black grains at a radius where Mars has these. */
export function ofGrains(radius: number, { coldest, hottest }: TemperatureRange): TemperatureRange {
  const ratio = grainTemperatureRatio(radius);
  return { coldest: coldest * ratio, hottest: hottest * ratio };
}

/** Extremes of the temperature of Mars from the start to the end of the run. */
export function temperaturesReached(law: MarsParams['temperature'], end: number): TemperatureRange {
  const cooling = coolingOf(law);
  const inside = law.kind === 'table' ? law.temperatures.filter((_, i) => law.times[i]! <= end) : [];
  const all = [cooling.at(0), cooling.at(end), ...inside];
  return { coldest: Math.min(...all), hottest: Math.max(...all) };
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
