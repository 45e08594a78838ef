import { marsMass } from '../../sim/mars/constants.js';
import { sizeGrid } from '../../sim/mars/grid.js';
import { profileDensity } from '../../sim/mars/innerDisk.js';
import type { MarsParams } from '../../sim/mars/params.js';
import { initialOf } from '../../sim/mars/sizing.js';
import type { Settings } from '../settings.js';

/** Keys that say how massive the ring is where optical_depth does not. */
const otherKeys = [
  'inner_disk_mass.use_Mmars_ratio',
  'inner_disk_mass.M_in_ratio',
  'disk.geometry.r_profile',
  'disk.geometry.p_index',
  'surface.init_policy',
  'surface.sigma_surf_init_override',
  'init_tau1.enabled',
  'init_tau1.scale_to_tau1',
] as const;

export interface Ring {
  /** Reference radius and edges, m. */
  readonly radius: number;
  readonly inner: number;
  readonly outer: number;
  /** m2 */
  readonly area: number;
}

/** What the opacity at the start depends on. */
type Grains = Pick<MarsParams, 'sizes' | 'initial' | 'density' | 'collisions'>;

type Mass = Pick<MarsParams, 'tau0' | 'initialDensity'>;

/** Mass of the ring at the start: by its optical depth, or, with optical_depth null, by a surface density (physics.md j). */
export function startMass(settings: Settings, ring: Ring, grains: Grains, lineOfSight: number): Mass {
  if (!settings.switchedOff('optical_depth')) return byOpticalDepth(settings);
  const kappa = settings.problems.found.length > 0 ? Number.NaN : opacity(grains);
  const density = limited(settings, densityOf(settings, ring, kappa, lineOfSight), kappa, lineOfSight);
  return { tau0: kappa * lineOfSight * density, initialDensity: density };
}

/** Mass by optical depth; keys that would say something else are named. */
export function byOpticalDepth(settings: Settings): { tau0: number } {
  for (const name of otherKeys) {
    const value = settings.value(name);
    if (!settings.given(name) || settings.isDefault(name) || value === false || value === 'none') continue;
    if (name === 'init_tau1.scale_to_tau1') {
      settings.refuseValue(
        name,
        'contradicts optical_depth.tau0_target; set it to false, or optical_depth=null',
      );
    } else {
      settings.warn(
        `${name} = ${value} is not used: optical_depth.tau0_target sets the mass of the ring (optical_depth=null leaves it to others)`,
      );
    }
  }
  return { tau0: settings.number('optical_depth.tau0_target') };
}

/** Of the initial sizes, m2/kg. */
function opacity(grains: Grains): number {
  const { min, max, bins } = grains.sizes;
  return initialOf(grains, sizeGrid(min, max, bins, grains.density)).opacity;
}

/** Optical depth per surface density in the direction of init_tau1.tau_field, m2/kg. */
function depthPerDensity(settings: Settings, kappa: number, lineOfSight: number): number {
  return settings.text('init_tau1.tau_field') === 'los' ? kappa * lineOfSight : kappa;
}

/** Surface density that the keys give, kg m-2. */
function densityOf(settings: Settings, ring: Ring, kappa: number, lineOfSight: number): number {
  const override = settings.maybeNumber('surface.sigma_surf_init_override');
  const ratio = settings.maybeNumber('inner_disk_mass.M_in_ratio');
  if (override !== null && ratio !== null) {
    settings.refuse(
      'surface.sigma_surf_init_override',
      'surface.sigma_surf_init_override and inner_disk_mass.M_in_ratio both give the mass of the ring; give one',
    );
  }
  if (settings.flag('init_tau1.enabled')) {
    const target = settings.number('init_tau1.target_tau');
    if (override !== null || ratio !== null) {
      settings.warn(
        `init_tau1.enabled sets the mass of the ring (optical depth ${target}); ${override !== null ? 'surface.sigma_surf_init_override' : 'inner_disk_mass'} is not used`,
      );
    }
    return target / depthPerDensity(settings, kappa, lineOfSight);
  }
  if (override !== null) return override;
  if (ratio === null) {
    settings.refuse(
      'optical_depth',
      'optical_depth = null: nothing gives the mass of the ring; give inner_disk_mass.M_in_ratio, surface.sigma_surf_init_override or init_tau1.enabled=true, or leave optical_depth as it is',
    );
    return Number.NaN;
  }
  return innerDiskDensity(settings, ring, ratio);
}

function innerDiskDensity(settings: Settings, ring: Ring, ratio: number): number {
  const mass = settings.flag('inner_disk_mass.use_Mmars_ratio') ? ratio * marsMass : ratio;
  if (ring.outer <= ring.inner) return mass / ring.area;
  const uniform = settings.text('disk.geometry.r_profile') === 'uniform';
  const slope = uniform ? 0 : settings.number('disk.geometry.p_index');
  return profileDensity(mass, ring.radius, { inner: ring.inner, outer: ring.outer, slope });
}

/** The density within the limits that init_tau1.scale_to_tau1 and surface.init_policy set. */
function limited(settings: Settings, density: number, kappa: number, lineOfSight: number): number {
  const limits: [string, number][] = [];
  if (settings.flag('init_tau1.scale_to_tau1')) {
    const target = settings.number('init_tau1.target_tau');
    limits.push(['init_tau1.scale_to_tau1', target / depthPerDensity(settings, kappa, lineOfSight)]);
  }
  if (settings.text('surface.init_policy') === 'clip_by_tau1') {
    limits.push(['surface.init_policy clip_by_tau1', 1 / kappa]);
  }
  let kept = density;
  for (const [name, limit] of limits) {
    if (!(limit < kept)) continue;
    settings.warn(
      `${name} lowers the surface density at the start from ${Number(kept.toPrecision(5))} to ${Number(limit.toPrecision(5))} kg m-2`,
    );
    kept = limit;
  }
  return kept;
}
