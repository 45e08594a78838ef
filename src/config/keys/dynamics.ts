import { z } from 'zod';
import { active, behind, dead, type Key, refused, within } from './key.js';
import { between, choice, fraction, nonNegative, positive, text } from './types.js';

/** How the ring moves and how thick it is. */
export const dynamicsKeys: readonly Key[] = within('dynamics', [
  active(
    'e0',
    z.number().min(0).lt(1).nullable(),
    null,
    'Eccentricity; used with e_profile.mode off, otherwise replaced by the profile.',
    'params.eccentricity',
  ),
  active('i0', nonNegative, undefined, 'Inclination, in i0_unit.', 'params.inclination', { unit: 'rad' }),
  active('i0_unit', choice('rad', 'deg'), 'rad', 'Unit of i0.', 'params.inclination'),
  active(
    'e_profile.mode',
    choice('mars_pericenter', 'off', 'table'),
    'mars_pericenter',
    'mars_pericenter: e = 1 - R_Mars/r; off: e0; table: column e over r.',
    'params.eccentricity',
  ),
  active(
    'e_profile.table_path',
    text.nullable(),
    null,
    'CSV or Parquet with columns r_RM (or r_m) and e.',
    'params.eccentricity',
  ),
  active(
    'e_profile.r_kind',
    choice('r_RM', 'r_m'),
    'r_RM',
    'Radius column of the table.',
    'params.eccentricity',
  ),
  active('e_profile.clip_min', between(0, 0.999999), 0, 'Lower limit of e.', 'params.eccentricity'),
  active('e_profile.clip_max', between(0, 0.999999), 0.999999, 'Upper limit of e.', 'params.eccentricity'),
  active(
    'v_rel_mode',
    choice('pericenter', 'ohtsuki'),
    'pericenter',
    'Relative speed: v_K sqrt((1+e)/(1-e)), or v_K sqrt(1.25 e^2 + i^2).',
    'params.relativeVelocity',
  ),
  active(
    'kernel_H_mode',
    choice('ia', 'fixed'),
    'ia',
    'Scale height H_factor*i*r, or H_fixed_over_a*r.',
    'params.scaleHeight',
  ),
  active('H_factor', positive, 1, 'Factor of kernel_H_mode ia.', 'params.scaleHeight'),
  active('H_fixed_over_a', positive.nullable(), null, 'H/r of kernel_H_mode fixed.', 'params.scaleHeight'),
  refused(
    'kernel_ei_mode',
    choice('config', 'wyatt_eq'),
    ['config'],
    'Where e and i of the kernel come from.',
    'use config: with wyatt_eq speed and scale height follow tau',
  ),
  ...behind('dynamics.kernel_ei_mode', [['f_wake', z.number().min(1), 1]]),
  active(
    'e_mode',
    choice('fixed', 'mars_clearance'),
    'fixed',
    'fixed: e_profile or e0. mars_clearance (needs e_profile.mode off): e = 1 - (R_Mars + dr)/r, dr drawn once between dr_min_m and dr_max_m, the result within [0, 0.999999].',
    'params.eccentricity',
  ),
  active(
    'dr_min_m',
    nonNegative.nullable(),
    null,
    'Least clearance of e_mode mars_clearance.',
    'params.eccentricity',
    {
      unit: 'm',
    },
  ),
  active(
    'dr_max_m',
    positive.nullable(),
    null,
    'Largest clearance of e_mode mars_clearance.',
    'params.eccentricity',
    {
      unit: 'm',
    },
  ),
  active(
    'dr_dist',
    choice('uniform', 'loguniform'),
    'uniform',
    'Distribution from which the clearance is drawn.',
    'params.eccentricity',
  ),
  active(
    'i_mode',
    choice('fixed', 'obs_tilt_spread'),
    'fixed',
    'fixed: i0. obs_tilt_spread: drawn once, uniform in obs_tilt_deg - i_spread_deg .. obs_tilt_deg + i_spread_deg, the result within [0, 90] degrees.',
    'params.inclination',
  ),
  active('obs_tilt_deg', between(0, 90), 30, 'Centre of i_mode obs_tilt_spread.', 'params.inclination', {
    unit: 'deg',
  }),
  active('i_spread_deg', between(0, 90), 0, 'Half width of i_mode obs_tilt_spread.', 'params.inclination', {
    unit: 'deg',
  }),
  active(
    'rng_seed',
    z.number().int().min(0).nullable(),
    null,
    'Seed of the draws, as of numpy.random.default_rng (PCG64); e is drawn before i. null: derived from radius and area of the ring, T_M and optical depth at the start; in a sweep from its seed and the values of the case.',
    'params.eccentricity, params.inclination',
  ),
  dead('t_damp_orbits', nonNegative, 'damping of e and i does not exist in the 0D model, as in the original'),
  dead(
    'enable_e_damping',
    z.boolean(),
    'damping of e and i does not exist in the 0D model, as in the original',
    [false],
  ),
  dead('eps_restitution', fraction, 'energy accounts are not kept'),
  dead('f_ke_cratering', fraction, 'energy accounts are not kept'),
  dead('f_ke_fragmentation', fraction.nullable(), 'energy accounts are not kept', [null]),
]);
