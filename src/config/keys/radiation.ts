import { z } from 'zod';
import { materialNames } from '../../sim/optics/materialNames.js';
import { active, dead, type Key, refused, within } from './key.js';
import { between, choice, flag, nonNegative, number, positive, temperature, text } from './types.js';

const efficiency: Key[] = [
  active(
    'source',
    choice('mars', 'off', 'none'),
    'mars',
    'Source of radiation pressure; off or none switches blow-out off.',
    'params.blowout.enabled',
  ),
  active(
    'use_mars_rp',
    flag,
    true,
    'Radiation pressure of Mars; false switches blow-out off.',
    'params.blowout.enabled',
  ),
  active(
    'TM_K',
    temperature.nullable(),
    null,
    'Temperature of Mars, at the start if it cools.',
    'params.temperature',
    { unit: 'K' },
  ),
  active(
    'Q_pr',
    between(0.5, 1.5).nullable(),
    null,
    'Constant radiation-pressure efficiency; overrides the table.',
    'params.efficiency',
  ),
  active(
    'qpr_table_path',
    text.nullable(),
    null,
    'Planck-mean Q_pr, CSV or Parquet: s (or s_m, log10_s), T_M (or T_K), Q_pr on a full rectangle; null: the built-in table of radiation.material.',
    'params.efficiency',
  ),
  active(
    'material',
    choice(...materialNames),
    'forsterite',
    'What the grains are made of, as Q_pr sees it, where no table is named: the built-in tables (docs/optics.md). (That of the original was silica-like.)',
    'params.efficiency',
  ),
  active(
    'qpr_model',
    choice('physical', 'compat'),
    'physical',
    'Built-in table: Q_pr as computed, or as the original has it (forsterite: transparent where no absorption is measured, Q_pr = 1 above x = 1e4).',
    'params.efficiency',
  ),
  active(
    'qpr_interpolation',
    choice('auto', 'linear', 'cubic'),
    'auto',
    'Between nodes of the table: bilinear as in the original, or a bicubic spline, for tables that vary smoothly from node to node; auto: cubic with the built-in physical tables, else linear.',
    'params.efficiency',
  ),
  refused(
    'qpr_strict',
    flag,
    [false],
    'Refuses sizes outside the table.',
    'set it to false: the table is held at its ends',
  ),
  refused('freeze_kappa', flag, [false], 'Holds the opacity fixed.', 'set it to false'),
  dead('use_solar_rp', flag, 'without effect in the original too', [false]),
  dead('qpr_cache.enabled', flag, 'a cache without influence on results'),
  dead('qpr_cache.maxsize', number, 'a cache without influence on results'),
  dead('qpr_cache.round_tol', number.nullable(), 'a cache without influence on results', [null]),
  active(
    'tau_gate.enable',
    flag,
    false,
    'No blow-out while the line-of-sight optical depth of all grains is tau_max or more.',
    'params.blowout.tauGate',
  ),
  active(
    'tau_gate.tau_max',
    positive,
    1,
    'Optical depth that holds blow-out back.',
    'params.blowout.tauGate',
  ),
];

const law = 'params.temperature';
const replaced =
  'no table is generated and none is replaced: radiation.mars_temperature_driver.mode alone decides (mode slab is the law that the generated tables sampled)';

const driver: Key[] = within('mars_temperature_driver', [
  active(
    'enabled',
    flag,
    false,
    'false: T_M stays at radiation.TM_K. (The original silently used a cooling slab instead.)',
    law,
  ),
  active(
    'mode',
    choice('constant', 'slab', 'hyodo', 'table'),
    'constant',
    'constant; slab: T = (T0^-3 + k t)^(-1/3); hyodo: linear fall, as the original has it, right at 4000 K only; table.',
    law,
  ),
  active(
    'constant.value_K',
    temperature.nullable(),
    null,
    'T_M of mode constant; radiation.TM_K if absent.',
    law,
    { unit: 'K' },
  ),
  active('slab.d_layer_m', positive, 1e5, 'Cooling layer of mode slab.', law, { unit: 'm' }),
  active('slab.rho', positive, 3000, 'Density of the layer.', law, { unit: 'kg m-3' }),
  active('slab.cp', positive, 1000, 'Heat capacity of the layer.', law, { unit: 'J kg-1 K-1' }),
  active('hyodo.d_layer_m', positive, 1e5, 'Cooling layer of mode hyodo.', law, { unit: 'm' }),
  dead('hyodo.rho', positive, 'the linear law does not contain it', [3000]),
  dead('hyodo.cp', positive, 'the linear law does not contain it', [1000]),
  active('table.path', text.nullable(), null, 'Temperature table, CSV or Parquet.', law),
  active('table.time_unit', choice('s', 'day', 'yr', 'orbit'), 'day', 'Unit of its time column.', law),
  active('table.column_time', text, 'time_day', 'Name of its time column.', law),
  active('table.column_temperature', text, 'T_K', 'Name of its temperature column.', law),
  active(
    'extrapolation',
    choice('hold', 'error'),
    'hold',
    'Outside the table: hold its ends, or refuse the run.',
    'checked before the start',
  ),
  dead('autogenerate.enabled', flag, replaced, [false]),
  ...(
    [
      ['output_dir', text],
      ['dt_hours', positive],
      ['min_years', nonNegative],
      ['time_margin_years', nonNegative],
      ['known_T0s', z.array(number)],
      ['time_unit', text],
      ['column_time', text],
      ['column_temperature', text],
      ['model', text],
      ['filename_template', text],
    ] as const
  ).map(([name, type]) =>
    dead(
      `autogenerate.${name}`,
      type,
      'no table is generated; radiation.mars_temperature_driver.mode decides',
    ),
  ),
]);

const blowout: Key[] = [
  active(
    'chi_blow',
    z.union([positive, z.literal('auto')]),
    1,
    'Blow-out time t_blow = chi/Omega, chi limited to 0.5..2; auto: from beta and Q_pr at the start.',
    'params.blowout.chi',
  ),
  ...within('blowout', [
    active('enabled', flag, true, 'Blow-out on or off.', 'params.blowout.enabled'),
    active(
      'partial_bin',
      choice('log_fraction', 'lower_edge'),
      'log_fraction',
      'Bin that holds the blow-out size: its share in log size is lost, or all of it (legacy).',
      'params.blowout.partialBin',
    ),
    active(
      'target_phase',
      choice('solid_only', 'any'),
      'solid_only',
      'Grains that are blown out: solid ones, or all but melt (see phase).',
      'params.blowout.anyPhase',
    ),
    dead('layer', text, 'a label', ['surface_tau_le_1']),
    active(
      'gate_mode',
      choice('none', 'sublimation_competition', 'collision_competition'),
      'none',
      'Lessens the booked blow-out of the original by t_solid/(t_solid + t_blow), not the mass that leaves: no budget closes, so only none is accepted.',
      'checked before the start',
    ),
  ]),
];

/** Temperature of Mars, radiation pressure and blow-out. */
export const radiationKeys: readonly Key[] = [...within('radiation', [...efficiency, ...driver]), ...blowout];
