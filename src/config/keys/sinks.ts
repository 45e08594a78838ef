import { z } from 'zod';
import { active, behind, dead, type Key, refused, within } from './key.js';
import { choice, flag, integer, nonNegative, number, positive, text } from './types.js';

const switches: Key[] = [
  active(
    'mode',
    choice('none', 'sublimation'),
    'sublimation',
    'none switches sublimation off.',
    'params.sublimation',
  ),
  active(
    'enable_sublimation',
    flag,
    true,
    'As in the original, mode sublimation wins over false here.',
    'params.sublimation',
  ),
  dead(
    'sublimation_location',
    choice('surface', 'smol', 'both'),
    'grains shrink from bin to bin in the collision equations wherever this points',
    ['smol'],
  ),
  dead('T_sub', positive, 'without effect in the original too', [1300]),
  active('rp_blowout.enable', flag, true, 'Blow-out by radiation pressure.', 'params.blowout.enabled'),
  refused('enable_gas_drag', flag, [false], 'Gas drag.', 'set it to false'),
  ...behind('sinks.enable_gas_drag', [['rho_g', nonNegative, 0]]),
  refused('hydro_escape.enable', flag, [false], 'Hydrodynamic escape of vapour.', 'set it to false'),
  ...behind('sinks.hydro_escape.enable', [
    ['hydro_escape.strength', nonNegative, 0],
    ['hydro_escape.temp_power', number, 1],
    ['hydro_escape.T_ref_K', positive, 2000],
    ['hydro_escape.f_vap_floor', nonNegative, 1e-3],
  ]),
];

const fromLaw = 'of sublimation.law';
const flux: Key[] = within('sub_params', [
  active(
    'mode',
    choice('hkl', 'exponential', 'logistic'),
    'hkl',
    'Law of the mass flux. (Default of the original: exponential.)',
    'params.sublimation',
    {
      notYet: ['exponential', 'logistic'],
    },
  ),
  active(
    'alpha_evap',
    positive.nullable(),
    null,
    `Evaporation coefficient; null: that ${fromLaw}.`,
    'params.sublimation.alphaEvap',
  ),
  active(
    'mu',
    positive.nullable(),
    null,
    `Molar mass; null: that ${fromLaw}.`,
    'params.sublimation.molarMass',
    { unit: 'kg/mol' },
  ),
  active(
    'A',
    number.nullable(),
    null,
    `log10 P_sat = A - B/T; null: that ${fromLaw}.`,
    'params.sublimation.A',
  ),
  active(
    'B',
    number.nullable(),
    null,
    `log10 P_sat = A - B/T; null: that ${fromLaw}.`,
    'params.sublimation.B',
    { unit: 'K' },
  ),
  active(
    'enable_liquid_branch',
    flag,
    true,
    'Other coefficients above the liquid switch.',
    'params.sublimation.liquid',
  ),
  active(
    'psat_liquid_switch_K',
    positive.nullable(),
    null,
    `Liquid switch; null: that ${fromLaw}.`,
    'params.sublimation.liquid',
    {
      unit: 'K',
    },
  ),
  active(
    'A_liq',
    number.nullable(),
    null,
    `A above the switch; null: that ${fromLaw}.`,
    'params.sublimation.liquid',
  ),
  active(
    'B_liq',
    number.nullable(),
    null,
    `B above the switch; null: that ${fromLaw}.`,
    'params.sublimation.liquid',
    { unit: 'K' },
  ),
  active('P_gas', nonNegative, 0, 'Ambient gas pressure.', 'params.sublimation.gasPressure', { unit: 'Pa' }),
  active(
    'psat_model',
    choice('clausius', 'auto', 'tabulated'),
    'clausius',
    'Vapour pressure: the formula; auto without a table is the same.',
    'params.sublimation',
    {
      notYet: ['tabulated'],
    },
  ),
  refused(
    'psat_table_path',
    text.nullable(),
    [null],
    'Vapour-pressure table.',
    'leave it out and give A and B',
  ),
  ...behind('sinks.sub_params.psat_table_path', [
    ['psat_table_buffer_K', nonNegative, 75],
    ['local_fit_window_K', positive, 300],
    ['min_points_local_fit', integer(1), 3],
    ['psat_cache_tol_K', nonNegative, 0],
  ]),
  ...behind('sinks.sub_params.mode', [['dT', positive, 50]]),
  dead('eta_instant', positive, 'sink time-scales are not used', [0.1]),
  dead(
    'mass_conserving',
    flag,
    'sublimation always conserves mass here; blown-out and sublimed mass are booked apart',
    [true],
  ),
  dead('valid_K', z.array(number), 'the formula is used outside this range too, as in the original'),
  dead('valid_liquid_K', z.array(number), 'the formula is used outside this range too, as in the original'),
]);

/** Sublimation and other losses. */
export const sinkKeys: readonly Key[] = [
  ...within('sinks', [...switches, ...flux]),
  active(
    'sublimation.law',
    choice('forsterite', 'silica', 'sio_reference'),
    'forsterite',
    'Vapour-pressure coefficients; sinks.sub_params overrides each.',
    'params.sublimation',
    { notYet: ['silica', 'sio_reference'] },
  ),
];
