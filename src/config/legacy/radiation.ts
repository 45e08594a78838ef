import type { LegacyParams } from '../../sim/legacy/params.js';
import { blowout as switches } from '../mars/radiation.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { shieldingTable } from '../tables/shielding.js';

type Shielding = NonNullable<LegacyParams['shielding']>;

/** Blow-out with its gates. */
export function blowout(settings: Settings): LegacyParams['blowout'] {
  const { enabled, chi, anyPhase } = switches(settings, settings.flag('phase.enabled'));
  const gate = settings.text<'none' | NonNullable<LegacyParams['blowout']['gate']>>('blowout.gate_mode');
  const known = ['none', 'sublimation_competition', 'collision_competition'];
  if (!known.includes(gate)) settings.refuseValue('blowout.gate_mode', `must be one of ${known.join(', ')}`);
  return {
    enabled,
    chi,
    ...(anyPhase && { anyPhase }),
    ...(settings.flag('radiation.tau_gate.enable') && {
      tauMax: settings.number('radiation.tau_gate.tau_max'),
    }),
    ...(gate !== 'none' && { gate }),
    ...(settings.flag('io.correct_fast_blowout') && { correctsFast: true as const }),
  };
}

/** Shielding inside the loop, or nothing. */
export async function shielding(
  settings: Settings,
  inputs: Inputs,
): Promise<Pick<LegacyParams, 'shielding'>> {
  const mode = settings.text<'off' | Shielding['mode']>('shielding.mode');
  if (mode === 'off') return {};
  const phi = await phiOf(settings, inputs);
  if (phi === null) return {};
  if (mode === 'psitau') return { shielding: { mode, phi } };
  return {
    shielding: {
      mode,
      phi,
      tau: settings.maybeNumber('shielding.fixed_tau1_tau') ?? settings.number('optical_depth.tau0_target'),
      surfaceDensity: surfaceDensityOf(settings),
      margin: settings.number('shielding.auto_max_margin'),
    },
  };
}

async function phiOf(settings: Settings, inputs: Inputs): Promise<Shielding['phi'] | null> {
  const key = 'shielding.table_path';
  if (settings.maybeText(key) === null) return { kind: 'exponential' };
  const table = await inputs.read(settings, key, { name: 'Phi over tau', of: shieldingTable });
  return table && { kind: 'table', depths: [...table.depths], values: [...table.values] };
}

function surfaceDensityOf(settings: Settings): number | 'auto' | 'auto_max' {
  const key = 'shielding.fixed_tau1_sigma';
  const given = settings.value(key);
  if (typeof given === 'number' && !(given > 0))
    settings.refuseValue(key, 'must be > 0 [kg m-2], auto or auto_max');
  if (typeof given === 'string' && given !== 'auto' && given !== 'auto_max') {
    settings.refuseValue(key, 'must be a number [kg m-2], auto or auto_max');
  }
  return typeof given === 'number' || given === 'auto_max' ? given : 'auto';
}
