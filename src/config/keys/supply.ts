import { z } from 'zod';
import { active, dead, type Key, refused, within } from './key.js';
import {
  between,
  choice,
  duration,
  exactly,
  flag,
  fraction,
  nonNegative,
  number,
  positive,
  text,
} from './types.js';

const rateParam = 'params.supply.rate';

/** A piece of supply.piecewise; each is made of the same keys as the law that it names. */
const piece = z.strictObject({
  t_start_s: z.number(),
  t_end_s: z.number(),
  mode: choice('const', 'powerlaw', 'table').default('const'),
  const: z.strictObject({ prod_area_rate_kg_m2_s: nonNegative }).optional(),
  powerlaw: z
    .strictObject({ A_kg_m2_s: nonNegative, t0_s: z.number().default(0), index: z.number().default(-1) })
    .optional(),
  table: z
    .strictObject({
      path: text,
      time_unit: choice('s', 'year', 'yr').default('s'),
      interp: exactly('linear').default('linear'),
    })
    .optional(),
});

const rate: Key[] = [
  active('enabled', flag, true, 'Supply on or off.', 'params.supply'),
  active(
    'mode',
    choice('const', 'powerlaw', 'table', 'piecewise'),
    'const',
    'Law of the supply rate in time.',
    rateParam,
  ),
  active('const.prod_area_rate_kg_m2_s', nonNegative, 0, 'Supply rate before mixing.', rateParam, {
    unit: 'kg m-2 s-1',
  }),
  active(
    'const.mu_orbit10pct',
    nonNegative.nullable(),
    null,
    'Supply in units of orbit_fraction_at_mu1 of the reference surface density per orbit; replaces prod_area_rate_kg_m2_s.',
    rateParam,
  ),
  active('const.mu_reference_tau', positive, 1, 'Optical depth of the reference surface density.', rateParam),
  active('const.orbit_fraction_at_mu1', nonNegative, 0.05, 'Share supplied per orbit at mu = 1.', rateParam),
  active(
    'const.auto_from_tau1_tfill_years',
    duration.nullable(),
    null,
    'Supplies 1/kappa of the start, the surface density at tau = 1, in this time; replaces prod_area_rate_kg_m2_s.',
    rateParam,
    { unit: 'yr' },
  ),
  active(
    'mixing.epsilon_mix',
    between(0, 2),
    0.05,
    'Multiplies the supply rate. (The original cancels it when mu_orbit10pct or auto_from_tau1_tfill_years is set.)',
    rateParam,
  ),
  active(
    'powerlaw.A_kg_m2_s',
    nonNegative.nullable(),
    null,
    'Coefficient of mode powerlaw, A ((t - t0) + 1e-12 s)^index with times in s; nothing before t0.',
    rateParam,
    { unit: 'kg m-2 s-1' },
  ),
  active('powerlaw.t0_s', number, 0, 'Beginning of mode powerlaw.', rateParam, { unit: 's' }),
  active('powerlaw.index', number, -1, 'Exponent of mode powerlaw.', rateParam),
  active(
    'table.path',
    text.nullable(),
    null,
    'Rates of mode table, CSV or Parquet: columns t, rate [kg m-2 s-1], linear between rows, the ends held; with a column r [m] or r_RM a full rectangle, read at the radius of the ring.',
    rateParam,
  ),
  active('table.time_unit', choice('s', 'year', 'yr'), 's', 'Unit of the column t.', rateParam),
  refused('table.interp', text, ['linear'], 'Interpolation.', 'use linear'),
  active(
    'piecewise',
    z.array(piece),
    [],
    'Pieces of mode piecewise: {t_start_s, t_end_s, mode: const | powerlaw | table, and that section}; the first that holds at t counts, none supplies nothing.',
    rateParam,
    { unit: 's' },
  ),
];

const routing: Key[] = [
  dead('headroom_policy', text, 'headroom limits are always off in the 0D model, as in the original', [
    'clip',
  ]),
  active(
    'transport.mode',
    choice('direct', 'deep_mixing'),
    'direct',
    'Way to the surface: at once, or through a deep buffer that drains in t_mix_orbits.',
    'params.supply.mixingTime',
  ),
  active(
    'transport.t_mix_orbits',
    positive.nullable(),
    null,
    'Time in which the deep buffer drains, with deep_mixing.',
    'params.supply.mixingTime',
    { unit: 'orbits' },
  ),
  dead(
    'transport.headroom_gate',
    text,
    'headroom limits are always off in the 0D model, as in the original',
    ['hard'],
  ),
  active(
    'reservoir.enabled',
    flag,
    false,
    'Limits the supplied mass; giving a mass does so too.',
    'params.supply.reservoir',
  ),
  active(
    'reservoir.mass_total_Mmars',
    positive.nullable(),
    null,
    'Mass that there is to supply; giving it switches the reservoir on.',
    'params.supply.reservoir.mass',
    { unit: 'M_Mars' },
  ),
  active(
    'reservoir.depletion_mode',
    choice('hard_stop', 'taper'),
    'hard_stop',
    'How it ends: at once, or falling with what is left once only taper_fraction of it is left.',
    'params.supply.reservoir.taper',
  ),
  active(
    'reservoir.taper_fraction',
    fraction,
    0.05,
    'Share of the mass from which on the rate tapers off.',
    'params.supply.reservoir.taper',
  ),
];

const regulated = 'params.supply.feedback';
const coupled = 'params.supply.temperature';

const coupling: Key[] = [
  active(
    'feedback.enabled',
    flag,
    false,
    'Regulates the supply by optical depth: d ln(scale)/dt = gain/response time (target - tau)/target, tau of all grains in the line of sight.',
    regulated,
  ),
  active('feedback.target_tau', positive, 1, 'Optical depth that is aimed at.', regulated),
  active('feedback.gain', number, 1, 'Strength of the feedback.', regulated),
  active('feedback.response_time_years', duration, 0.5, 'Response time of the feedback.', regulated, {
    unit: 'yr',
  }),
  active('feedback.min_scale', positive, 1e-6, 'Smallest scale; it is held there.', regulated),
  active('feedback.max_scale', positive, 10, 'Largest scale; it is held there.', regulated),
  active('feedback.initial_scale', positive, 1, 'Scale at the start, within the limits.', regulated),
  refused(
    'feedback.tau_field',
    text,
    ['tau_los', 'los'],
    'Optical depth that is meant.',
    'use tau_los: the line-of-sight depth of all grains',
  ),
  active('temperature.enabled', flag, false, 'Couples the supply to T_M.', coupled),
  active(
    'temperature.mode',
    choice('scale', 'table'),
    'scale',
    'Factor scale_at_reference (T_M/reference_K)^exponent, or a table.',
    coupled,
  ),
  active(
    'temperature.reference_K',
    positive,
    1800,
    'Temperature at which the factor is scale_at_reference.',
    coupled,
    {
      unit: 'K',
    },
  ),
  active('temperature.exponent', number, 1, 'Exponent of the factor.', coupled),
  active('temperature.scale_at_reference', nonNegative, 1, 'Factor at reference_K.', coupled),
  active('temperature.floor', nonNegative, 0, 'Smallest factor.', coupled),
  active('temperature.cap', positive, 10, 'Largest factor.', coupled),
  active(
    'temperature.table.path',
    text.nullable(),
    null,
    'Table over T_M, CSV or Parquet, the ends held.',
    coupled,
  ),
  active(
    'temperature.table.value_kind',
    choice('scale', 'rate'),
    'scale',
    'What the table holds: the factor, or the mixed rate itself [kg m-2 s-1] in place of the law of time.',
    coupled,
  ),
  active('temperature.table.column_temperature', text, 'T_K', 'Column of temperatures [K].', coupled),
  active('temperature.table.column_value', text, 'value', 'Column of values.', coupled),
];

const velocity = 'params.supply.velocity (legacy solver)';

const injection: Key[] = within('injection', [
  active(
    'mode',
    choice('min_bin', 'powerlaw_bins', 'initial_psd'),
    'min_bin',
    'Sizes of the supplied grains: smallest bin, power law over bins, or the initial distribution.',
    'params.supply.injection',
  ),
  active(
    's_inj_min',
    positive.nullable(),
    null,
    'Smallest supplied grain.',
    'params.supply.injection.minSize',
    { unit: 'm' },
  ),
  active(
    's_inj_max',
    positive.nullable(),
    null,
    'Largest supplied grain.',
    'params.supply.injection.maxSize',
    { unit: 'm' },
  ),
  active('q', number, 3.5, 'Slope of dN/ds of powerlaw_bins.', 'params.supply.injection.slope'),
  refused(
    'deep_reservoir_tmix_orbits',
    positive.nullable(),
    [null],
    'Deep buffer.',
    'use supply.transport.mode=deep_mixing and supply.transport.t_mix_orbits',
  ),
  active(
    'velocity.mode',
    choice('inherit', 'fixed_ei', 'factor'),
    'inherit',
    'e and i of the supplied grains, blended into those of the kernel; other than inherit in the legacy solver only.',
    velocity,
  ),
  active('velocity.e_inj', between(0, 1).nullable(), null, 'Eccentricity with fixed_ei.', velocity),
  active('velocity.i_inj', nonNegative.nullable(), null, 'Inclination with fixed_ei.', velocity, {
    unit: 'rad',
  }),
  active('velocity.vrel_factor', positive.nullable(), null, 'Factor on e and i with factor.', velocity),
  active('velocity.blend_mode', choice('rms', 'linear'), 'rms', 'How e and i are blended.', velocity),
  active(
    'velocity.weight_mode',
    choice('delta_sigma', 'sigma_ratio'),
    'delta_sigma',
    'Weight of the supplied grains in a step.',
    velocity,
  ),
]);

/** Supply of fresh grains. */
export const supplyKeys: readonly Key[] = within('supply', [...rate, ...routing, ...coupling, ...injection]);
