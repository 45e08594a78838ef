import type { MarsParams } from '../../sim/mars/params.js';
import { particleTemperatureRatio } from '../../sim/mars/phase.js';
import type { Settings } from '../settings.js';
import type { TemperatureRange } from './climate.js';

/**
 * Phase of the grains, or undefined when it is off or they stay solid throughout: then it changes nothing.
 * @param reached temperatures of Mars during the run, K
 */
export function phase(settings: Settings, radius: number, reached: TemperatureRange): MarsParams['phase'] {
  if (!settings.flag('phase.enabled')) return undefined;
  const condense = settings.number('phase.thresholds.T_condense_K');
  const vaporize = settings.number('phase.thresholds.T_vaporize_K');
  if (vaporize < condense) {
    settings.refuseValue(
      'phase.thresholds.T_vaporize_K',
      `must be >= phase.thresholds.T_condense_K = ${condense} [K]`,
    );
  }
  const ofGrains = settings.text('phase.temperature_input') === 'particle';
  const temperatureRatio = ofGrains
    ? particleTemperatureRatio(settings.number('phase.q_abs_mean'), radius)
    : 1;
  if (reached.hottest * temperatureRatio <= condense) return undefined;
  if (reached.coldest * temperatureRatio >= vaporize)
    warnOfMelt(settings, reached.coldest * temperatureRatio, vaporize);
  const referenceTau = settings.maybeNumber('phase.thresholds.tau_ref');
  return {
    temperatureRatio,
    condense,
    vaporize,
    referencePressure: settings.number('phase.thresholds.P_ref_bar'),
    pressure: settings.number('sinks.sub_params.P_gas'),
    referenceTau: referenceTau === 0 ? null : referenceTau,
    sublimesAsMelt: settings.flag('phase.allow_liquid_hkl'),
  };
}

/** Nearly nothing happens in such a run, which is seldom what was meant. */
function warnOfMelt(settings: Settings, coldest: number, vaporize: number): void {
  const sublimes = settings.flag('phase.allow_liquid_hkl')
    ? ''
    : ', and sublimation (phase.allow_liquid_hkl)';
  settings.warn(
    `phase.enabled = true: never below ${Number(coldest.toPrecision(4))} K, the grains are molten for the whole run (phase.thresholds.T_vaporize_K = ${vaporize}): without collisions, blow-out and supply${sublimes}`,
  );
}
