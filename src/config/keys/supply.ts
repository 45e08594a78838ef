import { z } from 'zod';
import { active, behind, dead, type Key, refused, within } from './key.js';
import { between, choice, flag, fraction, nonNegative, number, positive, text } from './types.js';

const rate: Key[] = [
  active('enabled', flag, true, 'Supply on or off.', 'params.supply'),
  refused(
    'mode',
    choice('const', 'powerlaw', 'table', 'piecewise'),
    ['const'],
    'Law of the supply rate in time.',
    'use const: rates that change with time are not implemented yet',
  ),
  active('const.prod_area_rate_kg_m2_s', nonNegative, 0, 'Supply rate before mixing.', 'params.supply.rate', {
    unit: 'kg m-2 s-1',
  }),
  active(
    'const.mu_orbit10pct',
    nonNegative.nullable(),
    null,
    'Supply in units of orbit_fraction_at_mu1 of the reference surface density per orbit; replaces prod_area_rate_kg_m2_s.',
    'params.supply.rate',
  ),
  active(
    'const.mu_reference_tau',
    positive,
    1,
    'Optical depth of the reference surface density.',
    'params.supply.rate',
  ),
  active(
    'const.orbit_fraction_at_mu1',
    nonNegative,
    0.05,
    'Share supplied per orbit at mu = 1.',
    'params.supply.rate',
  ),
  refused(
    'const.auto_from_tau1_tfill_years',
    positive.nullable(),
    [null],
    'Rate from a filling time.',
    'give mu_orbit10pct or prod_area_rate_kg_m2_s',
  ),
  active(
    'mixing.epsilon_mix',
    between(0, 2),
    0.05,
    'Multiplies the supply rate. (The original cancels it when mu_orbit10pct is set.)',
    'params.supply.rate',
  ),
  ...behind('supply.mode', [
    ['powerlaw.A_kg_m2_s', number.nullable(), null],
    ['powerlaw.t0_s', number, 0],
    ['powerlaw.index', number, -1],
    ['table.path', text.nullable(), 'data/supply_rate.csv'],
    ['table.interp', text, 'linear'],
    ['table.time_unit', text, 's'],
    ['piecewise', z.array(z.unknown()), []],
  ]),
];

const routing: Key[] = [
  dead('headroom_policy', text, 'headroom limits are always off in the 0D model, as in the original', [
    'clip',
  ]),
  refused('transport.mode', choice('direct', 'deep_mixing'), ['direct'], 'Way to the surface.', 'use direct'),
  ...behind('supply.transport.mode', [
    ['transport.t_mix_orbits', positive.nullable(), null],
    ['transport.headroom_gate', text, 'hard'],
  ]),
  refused('reservoir.enabled', flag, [false], 'Limits the supplied mass.', 'set it to false'),
  refused(
    'reservoir.mass_total_Mmars',
    positive.nullable(),
    [null],
    'Mass of the reservoir; giving one switches it on.',
    'leave it out',
  ),
  ...behind('supply.reservoir.enabled', [
    ['reservoir.depletion_mode', text, 'hard_stop'],
    ['reservoir.taper_fraction', fraction, 0.05],
  ]),
  refused('feedback.enabled', flag, [false], 'Regulates the supply by optical depth.', 'set it to false'),
  ...behind('supply.feedback.enabled', [
    ['feedback.target_tau', positive, 1],
    ['feedback.gain', number, 1],
    ['feedback.response_time_years', positive, 0.5],
    ['feedback.min_scale', nonNegative, 1e-6],
    ['feedback.max_scale', positive, 10],
    ['feedback.initial_scale', nonNegative, 1],
    ['feedback.tau_field', text, 'tau_los'],
  ]),
  refused('temperature.enabled', flag, [false], 'Couples the supply to T_M.', 'set it to false'),
  ...behind('supply.temperature.enabled', [
    ['temperature.mode', text, 'scale'],
    ['temperature.reference_K', positive, 1800],
    ['temperature.exponent', number, 1],
    ['temperature.scale_at_reference', nonNegative, 1],
    ['temperature.floor', nonNegative, 0],
    ['temperature.cap', positive, 10],
    ['temperature.table.path', text.nullable(), 'data/supply_temperature_map.csv'],
    ['temperature.table.value_kind', text, 'scale'],
    ['temperature.table.column_temperature', text, 'T_K'],
    ['temperature.table.column_value', text, 'value'],
  ]),
];

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
  refused('deep_reservoir_tmix_orbits', positive.nullable(), [null], 'Deep buffer.', 'leave it out'),
  refused(
    'velocity.mode',
    choice('inherit', 'fixed_ei', 'factor'),
    ['inherit'],
    'e and i of the supplied grains.',
    'use inherit: the blending weight of the original has no continuous limit',
  ),
  ...behind('supply.injection.velocity.mode', [
    ['velocity.e_inj', number.nullable(), null],
    ['velocity.i_inj', number.nullable(), null],
    ['velocity.vrel_factor', number.nullable(), null],
    ['velocity.blend_mode', text, 'rms'],
    ['velocity.weight_mode', text, 'delta_sigma'],
  ]),
]);

/** Supply of fresh grains. */
export const supplyKeys: readonly Key[] = within('supply', [...rate, ...routing, ...injection]);
