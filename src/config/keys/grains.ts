import { z } from 'zod';
import { active, dead, type Key, refused, within } from './key.js';
import { between, choice, flag, fraction, integer, nonNegative, number, positive, text } from './types.js';

const sizes: Key[] = [
  active('material.rho', between(1000, 5000), 3000, 'Grain density.', 'params.density', { unit: 'kg m-3' }),
  ...within('sizes', [
    active('s_min', positive, undefined, 'Bottom of the size grid.', 'params.sizes.min', { unit: 'm' }),
    active('s_max', positive, undefined, 'Top of the size grid, > s_min.', 'params.sizes.max', { unit: 'm' }),
    active('n_bins', integer(2), 40, 'Logarithmic size bins.', 'params.sizes.bins'),
    dead('evolve_min_size', flag, 'a diagnostic without influence in the original', [false]),
    dead('apply_evolved_min_size', flag, 'a diagnostic without influence in the original', [false]),
    dead('dsdt_model', z.unknown(), 'a diagnostic without influence in the original', [null]),
    dead('dsdt_params', z.unknown(), 'a diagnostic without influence in the original', [null, {}]),
  ]),
];

const melt = 'params.initial';

const initial: Key[] = within('initial', [
  active(
    's0_mode',
    choice('upper', 'melt_lognormal_mixture', 'melt_truncated_powerlaw'),
    'upper',
    'Initial size distribution: three slopes, two log-normal bumps, or a truncated power law. (mono of the original gave a grid without meaning.)',
    'params.initial.shape',
  ),
  dead('mass_total', positive.nullable(), 'optical_depth.tau0_target sets the mass of the ring', [null]),
  ...within('melt_psd', [
    dead('mode', text, 'initial.s0_mode decides', ['lognormal_mixture', 'truncated_powerlaw']),
    active('f_fine', fraction, 0.3, 'Mass share of the fine bump.', melt),
    active('s_fine', positive, 1e-4, 'Size of the fine bump.', melt, { unit: 'm' }),
    active('s_meter', positive, 1.5, 'Size of the coarse bump.', melt, { unit: 'm' }),
    active('width_dex', positive, 0.3, 'Width of both bumps.', melt, { unit: 'dex' }),
    active('s_cut_condensation', nonNegative, 1e-6, 'Nothing below this size.', melt, { unit: 'm' }),
    active('s_min_solid', positive, 1e-4, 'Bottom of the truncated power law.', melt, { unit: 'm' }),
    active('s_max_solid', positive, 3, 'Top of the truncated power law.', melt, { unit: 'm' }),
    active('alpha_solid', number, 3.5, 'Slope of dN/ds of the truncated power law.', melt),
  ]),
]);

const psd: Key[] = [
  active(
    'psd.alpha',
    number,
    undefined,
    'Slope of dN/ds of s0_mode upper below 10 s_min.',
    'params.initial.alpha',
  ),
  active(
    'psd.wavy_strength',
    number,
    0,
    'Relative amplitude of a wave on s0_mode upper.',
    'params.initial.wavy',
  ),
  dead('psd.alpha_mode', text, 'a label', ['size']),
  refused(
    'psd.floor.mode',
    choice('none', 'fixed', 'evolve_smin'),
    ['none'],
    'Floor of the size distribution. Absent means none (the original: fixed).',
    'set psd.floor.mode=none: a grid that starts at the blow-out size can never lose mass to radiation pressure',
  ),
  active(
    'surface_energy.enabled',
    flag,
    false,
    'The grid starts at the smallest fragment whose surface impacts can pay for, where that is above s_min; needs 3 < psd.alpha < 4.',
    'params.sizes.min',
  ),
  active('surface_energy.gamma_J_m2', positive, 1, 'Surface energy.', 'params.sizes.min', { unit: 'J/m2' }),
  active(
    'surface_energy.eta',
    positive,
    0.1,
    'Share of the impact energy that makes surface.',
    'params.sizes.min',
  ),
  active(
    'surface_energy.collider_size_m',
    positive.nullable(),
    null,
    'Size of the colliders; null: sizes.s_max.',
    'params.sizes.min',
    { unit: 'm' },
  ),
  active(
    'surface_energy.largest_fragment_mass_fraction',
    z.number().gt(0).max(1),
    0.5,
    'Mass share of the largest fragment.',
    'params.sizes.min',
  ),
];

const coefficients = z.tuple([positive, number, positive, number]);
const strength = 'params.strength';

const qstar: Key[] = within('qstar', [
  active(
    'override_coeffs',
    flag,
    false,
    'false: built-in basalt table; Qs, a_s, B, b_g, v_ref_kms and coeff_table are not used.',
    strength,
  ),
  active('coeff_units', choice('ba99_cgs', 'si'), 'ba99_cgs', 'Units of Qs and B.', strength),
  active('Qs', positive.nullable(), null, 'Strength coefficient.', strength, { unit: 'erg/g or J/kg' }),
  active('a_s', number.nullable(), null, 'Size exponent of the strength term.', strength),
  active('B', positive.nullable(), null, 'Gravity coefficient.', strength),
  active('b_g', number.nullable(), null, 'Size exponent of the gravity term.', strength),
  active(
    'v_ref_kms',
    z.union([positive, z.array(positive).min(1)]).nullable(),
    null,
    'Reference speeds of Qs, a_s, B, b_g.',
    strength,
    { unit: 'km/s' },
  ),
  active('coeff_scale', positive, 1, 'Factor of Qs and B; not applied to coeff_table.', strength),
  active(
    'coeff_table',
    z.record(z.string(), coefficients).nullable(),
    null,
    'Coefficients by speed in km/s: {1.0: [Qs, a_s, B, b_g], ...}.',
    strength,
  ),
  active(
    'mu_grav',
    number,
    0.45,
    'Coupling exponent: gravity term ~ v^(2-3 mu) outside the table.',
    'params.strength.muGrav',
  ),
  dead('cache_maxsize', integer(0), 'a cache without influence on results'),
]);

const collisions: Key[] = within('collisions', [
  active('enabled', flag, true, 'Collisions on or off.', 'params.collisions.enabled'),
  active(
    'alpha_frag',
    between(1, 10),
    3.5,
    'Slope of dN/ds of the fragments. The weights of the original are 6.5.',
    'params.collisions.alphaFrag',
  ),
  active(
    'remnant',
    choice('whole', 'finite_volume'),
    'whole',
    'How sizes are resolved. whole: the largest remnant goes all into one bin. finite_volume: remnants shrink inside bins, with a profile in each.',
    'params.collisions.remnant',
  ),
]);

const phase: Key[] = within('phase', [
  active(
    'enabled',
    flag,
    false,
    'Phase of the grains by thresholds. Vapour (f >= 1/2) is neither blown out nor supplied, melt (f >= 0.95) neither collides nor sublimes. Without effect where the grains stay solid for the whole run.',
    'params.phase',
  ),
  active('source', choice('threshold', 'map'), 'threshold', 'Where the phase comes from.', 'params.phase', {
    notYet: ['map'],
  }),
  active(
    'temperature_input',
    choice('mars_surface', 'particle'),
    'mars_surface',
    'Temperature compared with the thresholds: T_M, or T_p = T_M q_abs^0.25 sqrt(R_M/2r).',
    'params.phase.temperatureRatio',
  ),
  active('q_abs_mean', positive, 0.4, 'Absorption efficiency in T_p.', 'params.phase.temperatureRatio'),
  active(
    'thresholds.T_condense_K',
    positive,
    1700,
    'All solid up to this temperature.',
    'params.phase.condense',
    { unit: 'K' },
  ),
  active(
    'thresholds.T_vaporize_K',
    positive,
    2000,
    'All vapour from this temperature on (at least T_condense_K + 1); between the two the vapour fraction f rises linearly.',
    'params.phase.vaporize',
    { unit: 'K' },
  ),
  active(
    'thresholds.P_ref_bar',
    nonNegative,
    1,
    'Between the thresholds f is divided by 1 + P_gas/P_ref; 0: it is not.',
    'params.phase.referencePressure',
    { unit: 'bar' },
  ),
  active(
    'thresholds.tau_ref',
    nonNegative.nullable(),
    1,
    'Between the thresholds f is divided by 1 + tau/tau_ref; 0 or null: it is not.',
    'params.phase.referenceTau',
  ),
  active('allow_liquid_hkl', flag, false, 'Melt sublimes as well.', 'params.phase.sublimesAsMelt'),
  refused(
    'tau_field',
    text,
    ['los'],
    'Optical depth in tau/tau_ref.',
    'use los: only the line-of-sight depth is computed',
  ),
  dead('entrypoint', text.nullable(), 'an external Python function; thresholds decide', [
    'siO2_disk_cooling.siO2_cooling_map:lookup_phase_state',
    null,
  ]),
  dead('extra_kwargs', z.unknown(), 'an external Python function; thresholds decide', [null, {}]),
]);

/** Sizes, initial distribution, strength, fragments and phase of the grains. */
export const grainKeys: readonly Key[] = [...sizes, ...initial, ...psd, ...qstar, ...collisions, ...phase];
