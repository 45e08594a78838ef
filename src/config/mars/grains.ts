import type { MarsParams } from '../../sim/mars/params.js';
import { surfaceEnergyFloor } from '../../sim/mars/surfaceEnergy.js';
import type { Settings } from '../settings.js';

/** The size grid. */
export function sizes(settings: Settings): MarsParams['sizes'] {
  const min = settings.number('sizes.s_min', 'is required: the bottom of the size grid in metres (> 0)');
  const max = settings.number(
    'sizes.s_max',
    'is required: the top of the size grid in metres (> sizes.s_min)',
  );
  if (min >= max) settings.refuseValue('sizes.s_min', `must be < sizes.s_max = ${max} [m]`);
  return { min, max, bins: settings.number('sizes.n_bins') };
}

/** The grid above the smallest fragments that impacts can pay for, if surface_energy asks for it. @param speed of impacts, m/s */
export function payable(
  settings: Settings,
  grid: MarsParams['sizes'],
  speed: number,
  density: number,
): MarsParams['sizes'] {
  if (!settings.flag('surface_energy.enabled')) return grid;
  const of = (name: string) => settings.number(`surface_energy.${name}`);
  const alpha = settings.number('psd.alpha', 'is required with surface_energy.enabled (> 3 and < 4)');
  if (alpha <= 3 || alpha >= 4)
    settings.refuseValue('psd.alpha', 'must be > 3 and < 4 with surface_energy.enabled');
  const law = {
    alpha,
    gamma: of('gamma_J_m2'),
    efficiency: of('eta'),
    collider: settings.maybeNumber('surface_energy.collider_size_m') ?? grid.max,
    largestShare: of('largest_fragment_mass_fraction'),
    density,
    speed,
  };
  const floor = surfaceEnergyFloor(law, grid.max);
  if (floor >= grid.max) {
    settings.refuse(
      'surface_energy.enabled',
      `surface_energy.enabled = true: no fragment below sizes.s_max = ${grid.max} m can be paid for; lower surface_energy.gamma_J_m2`,
    );
  }
  if (!(floor > grid.min)) return grid;
  settings.warn(
    `surface_energy raises the bottom of the grid from sizes.s_min = ${grid.min} m to ${Number(floor.toPrecision(5))} m`,
  );
  settings.decide('sizes.s_min', floor, 'derived');
  return { ...grid, min: floor };
}

/** Initial size distribution; shapes that leave every bin empty are refused. */
export function initialSizes(settings: Settings, grid: MarsParams['sizes']): MarsParams['initial'] {
  const melt = (name: string) => settings.number(`initial.melt_psd.${name}`);
  const shape = settings.text('initial.s0_mode');
  const cut = melt('s_cut_condensation');
  if (shape === 'upper') {
    const alpha = settings.number('psd.alpha', 'is required with initial.s0_mode upper');
    return { shape, alpha, wavy: settings.number('psd.wavy_strength') };
  }
  if (cut >= grid.max) {
    settings.refuseValue(
      'initial.melt_psd.s_cut_condensation',
      `must be < sizes.s_max = ${grid.max} [m]: no bin would hold mass`,
    );
  }
  if (shape === 'melt_lognormal_mixture') {
    return {
      shape,
      fineShare: melt('f_fine'),
      fineSize: melt('s_fine'),
      meterSize: melt('s_meter'),
      widthDex: melt('width_dex'),
      cut,
    };
  }
  const minSize = melt('s_min_solid');
  const maxSize = melt('s_max_solid');
  if (minSize >= maxSize)
    settings.refuseValue(
      'initial.melt_psd.s_min_solid',
      `must be < initial.melt_psd.s_max_solid = ${maxSize} [m]`,
    );
  if (minSize >= grid.max)
    settings.refuseValue(
      'initial.melt_psd.s_min_solid',
      `must be < sizes.s_max = ${grid.max} [m]: no bin would hold mass`,
    );
  if (maxSize <= grid.min)
    settings.refuseValue(
      'initial.melt_psd.s_max_solid',
      `must be > sizes.s_min = ${grid.min} [m]: no bin would hold mass`,
    );
  return { shape: 'melt_truncated_powerlaw', alpha: melt('alpha_solid'), minSize, maxSize, cut };
}

/** How sizes are resolved. The blow-out size divides a finite volume; only whole bins can leave as one. */
export function remnant(settings: Settings): MarsParams['collisions']['remnant'] {
  const scheme = settings.text<MarsParams['collisions']['remnant']>('collisions.remnant');
  if (scheme === 'finite_volume' && settings.text('blowout.partial_bin') === 'lower_edge') {
    settings.refuseValue(
      'blowout.partial_bin',
      'has no meaning with collisions.remnant = finite_volume; use log_fraction, or collisions.remnant=whole',
    );
  }
  return scheme;
}
