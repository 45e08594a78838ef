import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { shieldingTable } from '../tables/shielding.js';

type Shielding = NonNullable<MarsParams['shielding']>;

async function phiOf(settings: Settings, inputs: Inputs): Promise<Shielding['phi'] | null> {
  const key = 'shielding.table_path';
  if (settings.maybeText(key) === null) {
    settings.warn(
      `${key} is not given: Phi = exp(-tau), grains that absorb and do not scatter (the nodes of the original's own table)`,
    );
    return { kind: 'exponential' };
  }
  const table = await inputs.read(settings, key, { name: 'shielding', of: shieldingTable });
  return table && { kind: 'table', depths: [...table.depths], values: [...table.values] };
}

/** What is recorded as surface density at tau = 1. */
function surfaceDensityOf(settings: Settings): number | 'auto' | 'auto_max' {
  const key = 'shielding.fixed_tau1_sigma';
  const given = settings.value(key);
  return typeof given === 'number' || given === 'auto_max' ? given : 'auto';
}

/** Shielding from the radiation of Mars, or undefined when it is off. */
export async function shielding(settings: Settings, inputs: Inputs): Promise<MarsParams['shielding'] | null> {
  const mode = settings.text<'off' | Shielding['mode']>('shielding.mode');
  if (mode === 'off') return undefined;
  const phi = await phiOf(settings, inputs);
  if (phi === null) return null;
  if (mode === 'psitau') return { mode, phi };
  const tau =
    settings.maybeNumber('shielding.fixed_tau1_tau') ?? settings.number('optical_depth.tau0_target');
  return {
    mode,
    phi,
    tau,
    surfaceDensity: surfaceDensityOf(settings),
    margin: settings.number('shielding.auto_max_margin'),
  };
}
