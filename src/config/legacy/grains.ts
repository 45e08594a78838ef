import type { LegacyParams } from '../../sim/legacy/params.js';
import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';

/** Phase of the grains by thresholds, or nothing. */
export function phase(settings: Settings): Pick<LegacyParams, 'phase'> {
  if (!settings.flag('phase.enabled')) return {};
  const threshold = (name: string) => settings.number(`phase.thresholds.${name}`);
  const referenceTau = threshold('tau_ref');
  return {
    phase: {
      input: settings.text('phase.temperature_input'),
      condense: threshold('T_condense_K'),
      vaporize: threshold('T_vaporize_K'),
      referencePressure: threshold('P_ref_bar'),
      pressure: settings.number('sinks.sub_params.P_gas'),
      referenceTau: referenceTau === 0 ? null : referenceTau,
      sublimesAsMelt: settings.flag('phase.allow_liquid_hkl'),
    },
  };
}

/** Where sublimation acts, and how it is booked. */
export function located(settings: Settings, law: MarsParams['sublimation']): LegacyParams['sublimation'] {
  if (law === null) return null;
  return {
    law,
    location: settings.text('sinks.sublimation_location'),
    massConserving: settings.flag('sinks.sub_params.mass_conserving'),
  };
}

/** The surface-energy floor of the start, or nothing. */
export function surfaceEnergy(settings: Settings): Pick<LegacyParams, 'surfaceEnergy'> {
  if (!settings.flag('surface_energy.enabled')) return {};
  const value = (name: string) => settings.number(`surface_energy.${name}`);
  const alpha = settings.number('psd.alpha', 'is required with surface_energy.enabled true');
  if (!(alpha > 3 && alpha < 4)) {
    settings.warn(`surface_energy.enabled = true has no effect: psd.alpha = ${alpha} is not between 3 and 4`);
  }
  return {
    surfaceEnergy: {
      alpha,
      gamma: value('gamma_J_m2'),
      eta: value('eta'),
      collider: settings.maybeNumber('surface_energy.collider_size_m'),
      largestFragment: value('largest_fragment_mass_fraction'),
    },
  };
}

/** Gas drag and hydrodynamic escape, or nothing. */
export function otherSinks(settings: Settings): Pick<LegacyParams, 'gasDrag' | 'escape'> {
  const density = settings.flag('sinks.enable_gas_drag') ? settings.number('sinks.rho_g') : 0;
  const value = (name: string) => settings.number(`sinks.hydro_escape.${name}`);
  const strength = settings.flag('sinks.hydro_escape.enable') ? value('strength') : 0;
  return {
    ...(density > 0 && { gasDrag: density }),
    ...(strength > 0 && {
      escape: {
        strength,
        exponent: value('temp_power'),
        reference: value('T_ref_K'),
        leastFraction: value('f_vap_floor'),
      },
    }),
  };
}
