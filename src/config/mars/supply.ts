import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';
import type { Inputs } from '../tables/inputs.js';
import { feedback, mixingTime, reservoir, temperatureCoupling } from './supplyCoupling.js';
import { supplyRate } from './supplyRate.js';

type Supply = NonNullable<MarsParams['supply']>;

function injectionOf(settings: Settings, grid: MarsParams['sizes']): Supply['injection'] {
  const minSize = settings.maybeNumber('supply.injection.s_inj_min');
  const maxSize = settings.maybeNumber('supply.injection.s_inj_max');
  const mode = settings.text('supply.injection.mode');
  const inside = `the grid reaches from sizes.s_min = ${grid.min} to sizes.s_max = ${grid.max} [m]`;
  if (minSize !== null && minSize >= grid.max) settings.refuseValue('supply.injection.s_inj_min', inside);
  if (maxSize !== null && maxSize <= grid.min) settings.refuseValue('supply.injection.s_inj_max', inside);
  if (minSize !== null && maxSize !== null && minSize >= maxSize) {
    settings.refuseValue(
      'supply.injection.s_inj_min',
      `must be < supply.injection.s_inj_max = ${maxSize} [m]`,
    );
  }
  if (mode === 'min_bin') return { kind: 'min_bin', minSize };
  if (mode === 'initial_psd') return { kind: 'initial_psd' };
  return { kind: 'powerlaw_bins', slope: settings.number('supply.injection.q'), minSize, maxSize };
}

/** The weight of the supplied grains is the mass of a step over the mass there is: it shrinks with the step (physics.md f). */
export function refuseVelocity(settings: Settings): void {
  const key = 'supply.injection.velocity.mode';
  if (settings.text(key) === 'inherit') return;
  settings.refuseValue(
    key,
    'is for numerics.solver=legacy: the weight of the supplied grains is defined with the length of a step and has no continuous limit; use inherit',
  );
}

/** Supply of fresh grains, or null. */
export async function supply(
  settings: Settings,
  inputs: Inputs,
  grid: MarsParams['sizes'],
  radius: number,
): Promise<MarsParams['supply']> {
  if (!settings.flag('supply.enabled')) return null;
  const injection = injectionOf(settings, grid);
  const temperature = await temperatureCoupling(settings, inputs);
  const byTemperature = temperature?.kind === 'table' && temperature.of === 'rate';
  const rate = byTemperature ? nothing : await supplyRate(settings, inputs, radius);
  if (rate === null || temperature === null) return null;
  const extras = {
    reservoir: reservoir(settings),
    feedback: feedback(settings),
    temperature,
    mixingTime: mixingTime(settings, radius),
  };
  const given = Object.entries(extras).filter(([, value]) => value !== undefined);
  return { rate, injection, ...Object.fromEntries(given) };
}

/** Stands where the temperature gives the rate. */
const nothing = { kind: 'constant' as const, value: 0 };
