import { z } from 'zod';
import { active, dead, type Key, refused, within } from './key.js';
import { choice, fraction, nonNegative, number, positive, text } from './types.js';

const geometry: Key[] = within('geometry', [
  refused(
    'mode',
    choice('0D', '1D'),
    ['0D'],
    'Dimensions of the model.',
    'use 0D: the 1D driver is another program',
  ),
  active(
    'r_in',
    positive.nullable(),
    null,
    'Inner edge, if disk.geometry is not given.',
    'params.radius, params.area',
    {
      unit: 'm',
    },
  ),
  active(
    'r_out',
    positive.nullable(),
    null,
    'Outer edge, if disk.geometry is not given.',
    'params.radius, params.area',
    {
      unit: 'm',
    },
  ),
  dead('Nr', z.number().int().nullable(), 'cells of the 1D driver', [null]),
]);

const ring: Key[] = within('disk.geometry', [
  active('r_in_RM', positive, undefined, 'Inner edge of the ring.', 'params.radius, params.area', {
    unit: 'R_Mars',
  }),
  active(
    'r_out_RM',
    positive,
    undefined,
    'Outer edge of the ring, >= r_in_RM.',
    'params.radius, params.area',
    {
      unit: 'R_Mars',
    },
  ),
  active(
    'r_profile',
    choice('uniform', 'powerlaw'),
    'uniform',
    'Surface density over radius of inner_disk_mass: uniform, or r^-p_index.',
    'params.initialDensity',
  ),
  active('p_index', number, 0, 'Slope of r_profile powerlaw.', 'params.initialDensity'),
]);

const scope: Key[] = [
  dead('scope.region', text, 'a label', ['inner']),
  active('scope.analysis_years', positive, 2, 'End of the run if numerics gives none.', 'params.stops.end', {
    unit: 'yr',
  }),
  dead('process.state_tagging.enabled', z.boolean(), 'a label', [false]),
  active(
    'physics_mode',
    choice('default', 'full', 'sublimation_only', 'collisions_only'),
    'default',
    'collisions_only switches sublimation off; sublimation_only switches collisions and blow-out off and sublimation on.',
    'params.collisions.enabled, params.blowout.enabled, params.sublimation',
  ),
];

const mass: Key[] = [
  active(
    'inner_disk_mass.use_Mmars_ratio',
    z.boolean(),
    true,
    'true: M_in_ratio counts in Mars masses; false: in kg.',
    'params.initialDensity',
  ),
  active(
    'inner_disk_mass.M_in_ratio',
    positive.nullable(),
    null,
    'Mass of the inner disk between r_in and r_out, spread after r_profile; with optical_depth null it gives the surface density at the reference radius.',
    'params.initialDensity',
    { unit: 'M_Mars' },
  ),
  dead('inner_disk_mass.map_to_sigma', text, 'a label', ['analytic']),
  dead('inner_disk_mass.M_over_Mmars', nonNegative.nullable(), 'inner_disk_mass.M_in_ratio says it', [null]),
  active(
    'surface.init_policy',
    choice('none', 'clip_by_tau1').nullable(),
    'none',
    'clip_by_tau1: with optical_depth null, at most the surface density of optical depth 1 without line-of-sight factor.',
    'params.initialDensity',
  ),
  active(
    'surface.sigma_surf_init_override',
    positive.nullable(),
    null,
    'Surface density at the start, with optical_depth null.',
    'params.initialDensity',
    { unit: 'kg/m2' },
  ),
  dead('surface.use_tcoll', z.boolean(), 'every collision counts', [true]),
  refused(
    'surface.freeze_sigma',
    z.boolean(),
    [false],
    'Holds the surface density fixed.',
    'set it to false',
  ),
  refused(
    'surface.collision_solver',
    choice('smol', 'surface_ode'),
    ['smol'],
    'Collision solver.',
    'use smol (surface_ode is deprecated in the original)',
  ),
  active(
    'init_tau1.enabled',
    z.boolean(),
    false,
    'With optical_depth null: the start has optical depth target_tau.',
    'params.initialDensity',
  ),
  active(
    'init_tau1.scale_to_tau1',
    z.boolean(),
    false,
    'With optical_depth null: the start has at most optical depth target_tau. Refused together with optical_depth.',
    'params.initialDensity',
  ),
  active(
    'init_tau1.tau_field',
    choice('los', 'vertical'),
    'los',
    'Direction in which target_tau counts: line of sight, or without its factor.',
    'params.initialDensity',
  ),
  active('init_tau1.target_tau', positive, 1, 'Optical depth of init_tau1.', 'params.initialDensity'),
];

const opticalDepth: Key[] = within('optical_depth', [
  active(
    'tau0_target',
    positive,
    1,
    'Line-of-sight optical depth at the start; sets the mass of the ring. optical_depth: null leaves the mass to inner_disk_mass, surface.sigma_surf_init_override or init_tau1.',
    'params.tau0',
  ),
  active(
    'tau_stop',
    positive.nullable(),
    null,
    'Ends the run when tau_bound, the optical depth of the grains above the blow-out size, passes it. The original compares all grains, which ends every dense run within seconds. Off unless given.',
    'params.stops.tau',
  ),
  active('tau_stop_tol', nonNegative, 1e-6, 'Relative tolerance of tau_stop.', 'params.stops.tauTolerance'),
  refused(
    'tau_field',
    text,
    ['tau_los', 'los'],
    'Optical depth that is meant.',
    'use tau_los: only the line-of-sight depth is computed',
  ),
]);

const shielding: Key[] = within('shielding', [
  active(
    'mode',
    choice('off', 'psitau', 'fixed_tau1'),
    'off',
    'Radiative shielding Phi: kappa_eff = Phi kappa sets the mass of the start and the reference of the supply, Sigma_tau1 and tau_stop; no other rate knows of it. psitau: Phi of the line-of-sight optical depth there is; fixed_tau1: of a fixed one. The default differs from the original (psitau).',
    'params.shielding',
  ),
  active(
    'table_path',
    text.nullable(),
    null,
    'Table of Phi, CSV or Parquet: tau and phi (or Phi), taken at w0 = 0 and g = 0 (or their smallest values) if it has these columns. null: exp(-tau).',
    'params.shielding.phi',
  ),
  active(
    'fixed_tau1_tau',
    positive.nullable(),
    null,
    'Optical depth of mode fixed_tau1; null: optical_depth.tau0_target.',
    'params.shielding.tau',
  ),
  active(
    'fixed_tau1_sigma',
    z.union([positive, z.literal('auto'), z.literal('auto_max')]).nullable(),
    null,
    'Sigma_tau1 of mode fixed_tau1: a number; auto or null: 1/kappa_eff of the start; auto_max: that or Sigma_surf of the start, whichever is more, with a margin. It is recorded only.',
    'params.shielding.surfaceDensity',
    { unit: 'kg m-2' },
  ),
  active('auto_max_margin', fraction, 0.05, 'Relative margin of auto_max.', 'params.shielding.margin'),
  active(
    'los_geometry.mode',
    choice('aspect_ratio_factor', 'none'),
    'aspect_ratio_factor',
    'Line-of-sight factor f_los = path_multiplier/h_over_r (at least 1), or none: f_los = 1.',
    'params.lineOfSight',
  ),
  active('los_geometry.h_over_r', positive, 1, 'Aspect ratio of the ring.', 'params.lineOfSight'),
  active('los_geometry.path_multiplier', positive, 1, 'Length of the line of sight.', 'params.lineOfSight'),
]);

/** Which ring, how massive, seen from where. */
export const diskKeys: readonly Key[] = [
  ...scope,
  ...geometry,
  ...ring,
  ...mass,
  ...opticalDepth,
  ...shielding,
];
