import type { LegacyParams } from '../../sim/legacy/params.js';
import type { Settings } from '../settings.js';

type Velocity = NonNullable<NonNullable<LegacyParams['supply']>['velocity']>;

const section = 'supply.injection.velocity';

/** Orbits of the supplied grains, or null where they are those of the ring. */
export function velocity(settings: Settings): Velocity | null {
  const mode = settings.text(`${section}.mode`);
  if (mode === 'inherit') return null;
  const need = (name: string) =>
    settings.number(`${section}.${name}`, `is required with ${section}.mode ${mode}`);
  const of: Velocity['of'] =
    mode === 'factor'
      ? { kind: 'factor', factor: need('vrel_factor') }
      : { kind: 'fixed', e: need('e_inj'), i: need('i_inj') };
  return {
    of,
    blend: chosen(settings, 'blend_mode', ['rms', 'linear']),
    weight: chosen(settings, 'weight_mode', ['delta_sigma', 'sigma_ratio']),
  };
}

function chosen<T extends string>(settings: Settings, name: string, values: readonly [T, ...T[]]): T {
  const key = `${section}.${name}`;
  const value = settings.text(key);
  const found = values.find((one) => one === value);
  if (found === undefined) settings.refuseValue(key, `must be one of ${values.join(', ')}`);
  return found ?? values[0];
}
