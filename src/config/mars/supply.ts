import type { MarsParams } from '../../sim/mars/params.js';
import type { Settings } from '../settings.js';

type Supply = NonNullable<MarsParams['supply']>;

function rateOf(settings: Settings): Supply['rate'] | null {
  const epsilon = settings.number('supply.mixing.epsilon_mix');
  const mu = settings.maybeNumber('supply.const.mu_orbit10pct');
  if (mu === null) {
    const value = settings.number('supply.const.prod_area_rate_kg_m2_s') * epsilon;
    return value > 0 ? { kind: 'constant', value } : null;
  }
  const orbitFraction = settings.number('supply.const.orbit_fraction_at_mu1');
  if (epsilon !== 1) {
    settings.warn(
      `supply.mixing.epsilon_mix = ${epsilon}${settings.given('supply.mixing.epsilon_mix') ? '' : ' (default)'} multiplies the supply; the original cancels it when supply.const.mu_orbit10pct is set`,
    );
  }
  if (mu * orbitFraction * epsilon === 0) return null;
  return {
    kind: 'orbit',
    mu,
    orbitFraction,
    referenceTau: settings.number('supply.const.mu_reference_tau'),
    epsilon,
  };
}

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

/** Supply of fresh grains, or null. */
export function supply(settings: Settings, grid: MarsParams['sizes']): MarsParams['supply'] {
  if (!settings.flag('supply.enabled')) return null;
  const injection = injectionOf(settings, grid);
  const rate = rateOf(settings);
  return rate === null ? null : { rate, injection };
}
