import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';

/** Gas that drags grains away, or undefined. */
export function gasDrag(settings: Settings): MarsParams['gasDrag'] {
  if (!settings.flag('sinks.enable_gas_drag')) return undefined;
  const density = settings.number('sinks.rho_g');
  if (density === 0) {
    settings.warn('sinks.enable_gas_drag = true has no effect: sinks.rho_g, the density of the gas, is 0');
    return undefined;
  }
  return { density, size: settings.maybeNumber('sinks.gas_drag_size_m') };
}

/** Hydrodynamic escape of vapour, or undefined. @param phase without it there is no vapour */
export function vapourEscape(settings: Settings, phase: MarsParams['phase']): MarsParams['escape'] {
  if (!settings.flag('sinks.hydro_escape.enable')) return undefined;
  const value = (name: string) => settings.number(`sinks.hydro_escape.${name}`);
  const strength = value('strength');
  if (strength === 0 || phase === undefined) {
    const why =
      strength === 0
        ? 'sinks.hydro_escape.strength is 0'
        : 'only vapour escapes, and the grains stay solid (phase.enabled, phase.thresholds)';
    settings.warn(`sinks.hydro_escape.enable = true has no effect: ${why}`);
    return undefined;
  }
  return {
    strength,
    exponent: value('temp_power'),
    reference: value('T_ref_K'),
    leastFraction: value('f_vap_floor'),
  };
}
