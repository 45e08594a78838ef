import { z } from 'zod';
import { active, dead, type Key, within } from './key.js';
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
  dead(
    'T_sub',
    positive,
    'the exponential flux is 1 kg m-2 s-1 at 1300 K whatever it says, as in the original',
    [1300],
  ),
  active('rp_blowout.enable', flag, true, 'Blow-out by radiation pressure.', 'params.blowout.enabled'),
  active(
    'enable_gas_drag',
    flag,
    false,
    'Gas drags grains out of the ring within t_drag = rho s/(rho_g 500 m/s).',
    'params.gasDrag',
  ),
  active('rho_g', nonNegative, 0, 'Density of that gas.', 'params.gasDrag.density', { unit: 'kg m-3' }),
  active(
    'gas_drag_size_m',
    positive.nullable(),
    1e-6,
    'Size s whose drag time holds for all grains (that of the original); null: each size has its own.',
    'params.gasDrag.size',
    { unit: 'm' },
  ),
  active(
    'hydro_escape.enable',
    flag,
    false,
    'Vapour (vapour fraction f >= 1/2, see phase) escapes at the rate strength (T_M/T_ref)^temp_power max(f, f_vap_floor).',
    'params.escape',
  ),
  active(
    'hydro_escape.strength',
    nonNegative,
    0,
    'Rate at T_ref_K in pure vapour.',
    'params.escape.strength',
    {
      unit: '1/s',
    },
  ),
  active('hydro_escape.temp_power', number, 1, 'Exponent of T_M/T_ref_K.', 'params.escape.exponent'),
  active('hydro_escape.T_ref_K', positive, 2000, 'Reference temperature.', 'params.escape.reference', {
    unit: 'K',
  }),
  active(
    'hydro_escape.f_vap_floor',
    nonNegative,
    1e-3,
    'The vapour fraction counts as at least this.',
    'params.escape.leastFraction',
  ),
];

/** Two ascending temperatures. */
const range = z.tuple([positive, positive]).nullable();

const fromLaw = 'of sublimation.law';
const flux: Key[] = within('sub_params', [
  active(
    'mode',
    choice('hkl', 'exponential', 'logistic'),
    'hkl',
    'Law of the mass flux J: hkl (Hertz-Knudsen-Langmuir); exponential or logistic: exp((T - 1300 K)/max(dT, 1 K)) kg m-2 s-1. (Default of the original: exponential.)',
    'params.sublimation',
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
    'Other coefficients above the liquid switch, where the law has them.',
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
    'Vapour pressure: the formula; tabulated: a table, which the grains must not leave; auto: the table, beyond its ends a line fitted to the points near them, without a table the formula.',
    'params.sublimation',
  ),
  active(
    'psat_table_path',
    text.nullable(),
    null,
    'Vapour-pressure table, CSV or Parquet: T (or T_K) [K] and log10P (or log10P_Pa, of Pa; or P_Pa), both rising; between its rows a monotone cubic.',
    'params.sublimation.pressureTable',
  ),
  active(
    'local_fit_window_K',
    positive,
    300,
    'psat_model auto fits log10 P = A - B/T to the points so near an end of the table.',
    'params.sublimation.pressureTable',
    { unit: 'K' },
  ),
  active(
    'min_points_local_fit',
    integer(2),
    3,
    'With fewer points near an end the formula goes on there.',
    'params.sublimation.pressureTable',
  ),
  dead('psat_table_buffer_K', nonNegative, 'a table holds between its ends, and only there', [75]),
  dead('psat_cache_tol_K', nonNegative, 'a cache without influence on results', [0]),
  active('dT', positive, 50, 'Width of the exponential flux, at least 1 K.', 'params.sublimation.width', {
    unit: 'K',
  }),
  dead('eta_instant', positive, 'sink time-scales are not used', [0.1]),
  dead(
    'mass_conserving',
    flag,
    'sublimation always conserves mass here; blown-out and sublimed mass are booked apart',
    [true],
  ),
  active(
    'valid_K',
    range,
    null,
    `Grain temperatures that the coefficients hold for; a run with hotter grains is warned. null: those ${fromLaw}.`,
    'checked before the start',
    { unit: 'K' },
  ),
  active('valid_liquid_K', range, null, 'The same above the liquid switch.', 'checked before the start', {
    unit: 'K',
  }),
]);

/** Sublimation and other losses. */
export const sinkKeys: readonly Key[] = [
  ...within('sinks', [...switches, ...flux]),
  active(
    'sublimation.law',
    choice('silica', 'forsterite', 'sio_reference'),
    'silica',
    'Vapour pressure and evaporation of a material; sinks.sub_params overrides each coefficient. sio_reference is the default of the original and falls by 4.4e4 at 1900 K.',
    'params.sublimation',
  ),
];
