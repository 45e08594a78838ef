import fc from 'fast-check';
import { parse } from 'yaml';
import { canonicalJson, differences } from '../../src/config/identity.js';
import { keys } from '../../src/config/keys/index.js';
import { loadRunSpec } from '../../src/config/load.js';
import { quick, smallest, temporary } from './loading.js';

const identity = async (...overrides: string[]) => (await quick(...overrides)).identity;

describe('canonical JSON', () => {
  it('sorts keys, drops spaces, writes -0 as 0 and the shortest number that reads back', () => {
    expect(canonicalJson({ b: [1e21, -0, 0.1], a: { d: null, c: 'é' }, x: undefined })).toBe(
      '{"a":{"c":"é","d":null},"b":[1e+21,0,0.1]}',
    );
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });

  it('reads back as the same value, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

/** Writes a tree as YAML in a style drawn at random: order of keys, indentation, flow or block, comments, spelling of numbers. */
function written(value: unknown, draw: () => number, indent: number): string {
  const pad = ' '.repeat(indent);
  if (typeof value === 'number') {
    const forms = [
      String(value),
      value.toExponential(),
      `${value
        .toExponential()
        .replace('e', '0e')
        .replace(/^(-?\d)0e/, '$1.0e')}`,
    ];
    if (Number.isInteger(value)) forms.push(`${value}.0`, `${value}.`);
    return forms[Math.floor(draw() * forms.length)]!;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map((entry) => ({ entry, rank: draw() }));
  entries.sort((a, b) => a.rank - b.rank);
  if (draw() < 0.3 && indent > 0) {
    return `{${entries.map(({ entry: [key, inner] }) => `${key}:  ${flow(inner, draw)}`).join(' , ')}}`;
  }
  const deeper = indent + 1 + Math.floor(draw() * 4);
  const lines = entries.map(({ entry: [key, inner] }) => {
    const comment = draw() < 0.3 ? `\n${pad}# a remark: ${key}\n` : '';
    const text = written(inner, draw, deeper);
    return `${comment}${pad}${key}:${text.startsWith('{') || typeof inner !== 'object' ? ` ${text}` : `\n${text}`}`;
  });
  return lines.join('\n');
}

function flow(value: unknown, draw: () => number): string {
  if (typeof value !== 'object' || value === null) return written(value, draw, 1);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${flow(inner, draw)}`)
    .join(', ')}}`;
}

describe('identity', () => {
  it('does not see key order, white space, comments, style or the spelling of numbers', async () => {
    const tree: unknown = parse(smallest);
    const reference = (await loadRunSpec({ file: temporary('a.yml', smallest) })).identity;
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (draws) => {
          const text = written(tree, () => draws.next().value as number, 0);
          const spec = await loadRunSpec({ file: temporary('b.yml', `${text}\n`) });
          expect(spec.identity).toBe(reference);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the same time in another unit, and the same value from another layer, for the same', async () => {
    const base = await identity('numerics.t_end_years=2', 'numerics.rtol=1e-7');
    expect(await identity('numerics.t_end_years=730.5 d', 'numerics.rtol=1.0e-7')).toBe(base);
    const fromEnvironment = await loadRunSpec({
      file: 'configs/quickstart.yml',
      overrides: ['radiation.Q_pr=1', 'numerics.t_end_years=2 yr'],
      environment: { MARSDISK__numerics__rtol: '1e-07' },
    });
    expect(fromEnvironment.identity).toBe(base);
  });
});

/** For each key that decides something: settings under which it acts, and two values that must lead to different runs. */
const samples: Record<string, { under?: string[]; values: [string, string] }> = {
  'scope.analysis_years': { under: ['numerics.t_end_years=null'], values: ['1', '2'] },
  physics_mode: { values: ['default', 'collisions_only'] },
  'geometry.r_in': { values: ['4e6', '5e6'] },
  'geometry.r_out': { values: ['7e6', '8e6'] },
  'disk.geometry.r_in_RM': { values: ['1.0', '1.1'] },
  'disk.geometry.r_out_RM': { values: ['2.7', '2.6'] },
  'optical_depth.tau0_target': { values: ['1', '0.5'] },
  'optical_depth.tau_stop': { values: ['1', 'null'] },
  'optical_depth.tau_stop_tol': { values: ['1e-6', '1e-5'] },
  'shielding.los_geometry.mode': {
    under: ['shielding.los_geometry.h_over_r=0.5'],
    values: ['aspect_ratio_factor', 'none'],
  },
  'shielding.los_geometry.h_over_r': { values: ['0.5', '0.4'] },
  'shielding.los_geometry.path_multiplier': { values: ['2', '3'] },
  'dynamics.e0': { under: ['dynamics.e_profile.mode=off'], values: ['0.4', '0.5'] },
  'dynamics.i0': { values: ['0.05', '0.01'] },
  'dynamics.i0_unit': { values: ['rad', 'deg'] },
  'dynamics.e_profile.mode': { under: ['dynamics.e0=0.1'], values: ['mars_pericenter', 'off'] },
  'dynamics.e_profile.clip_min': { values: ['0', '0.6'] },
  'dynamics.e_profile.clip_max': { values: ['0.9', '0.3'] },
  'dynamics.v_rel_mode': { values: ['pericenter', 'ohtsuki'] },
  'dynamics.kernel_H_mode': { under: ['dynamics.H_fixed_over_a=0.1'], values: ['ia', 'fixed'] },
  'dynamics.H_factor': { values: ['1', '2'] },
  'dynamics.H_fixed_over_a': { under: ['dynamics.kernel_H_mode=fixed'], values: ['0.1', '0.2'] },
  'material.rho': { values: ['3270', '3000'] },
  'sizes.s_min': { values: ['1e-7', '2e-7'] },
  'sizes.s_max': { values: ['3', '2'] },
  'sizes.n_bins': { values: ['40', '41'] },
  'initial.s0_mode': { values: ['melt_lognormal_mixture', 'melt_truncated_powerlaw'] },
  'initial.melt_psd.f_fine': { values: ['0.25', '0.3'] },
  'initial.melt_psd.s_fine': { values: ['1e-4', '2e-4'] },
  'initial.melt_psd.s_meter': { values: ['1.5', '1.4'] },
  'initial.melt_psd.width_dex': { values: ['0.3', '0.2'] },
  'initial.melt_psd.s_cut_condensation': { values: ['1e-6', '0'] },
  'initial.melt_psd.s_min_solid': {
    under: ['initial.s0_mode=melt_truncated_powerlaw'],
    values: ['1e-4', '1e-3'],
  },
  'initial.melt_psd.s_max_solid': { under: ['initial.s0_mode=melt_truncated_powerlaw'], values: ['3', '2'] },
  'initial.melt_psd.alpha_solid': {
    under: ['initial.s0_mode=melt_truncated_powerlaw'],
    values: ['3.5', '3'],
  },
  'psd.alpha': { under: ['initial.s0_mode=upper'], values: ['1.83', '2'] },
  'psd.wavy_strength': { under: ['initial.s0_mode=upper', 'psd.alpha=2'], values: ['0', '0.2'] },
  'qstar.override_coeffs': { values: ['true', 'false'] },
  'qstar.coeff_units': { values: ['ba99_cgs', 'si'] },
  'qstar.Qs': { under: four(), values: ['1e7', '2e7'] },
  'qstar.a_s': { under: four(), values: ['0.38', '0.4'] },
  'qstar.B': { under: four(), values: ['0.3', '0.4'] },
  'qstar.b_g': { under: four(), values: ['1.36', '1.3'] },
  'qstar.v_ref_kms': { under: four(), values: ['[1, 2]', '3'] },
  'qstar.coeff_scale': { under: four(), values: ['1', '5.574'] },
  'qstar.coeff_table': { values: ['{1: [1e7, 0.4, 0.3, 1.3]}', '{2: [1e7, 0.4, 0.3, 1.3]}'] },
  'qstar.mu_grav': { values: ['0.45', '0.4'] },
  'collisions.enabled': { values: ['true', 'false'] },
  'collisions.alpha_frag': { values: ['3.5', '6.5'] },
  'radiation.source': { values: ['mars', 'off'] },
  'radiation.use_mars_rp': { values: ['true', 'false'] },
  'radiation.TM_K': { values: ['4000', '5000'] },
  'radiation.Q_pr': { values: ['1', 'null'] },
  'radiation.mars_temperature_driver.enabled': { values: ['true', 'false'] },
  'radiation.mars_temperature_driver.mode': { values: ['slab', 'constant'] },
  'radiation.mars_temperature_driver.constant.value_K': {
    under: ['radiation.mars_temperature_driver.mode=constant'],
    values: ['4000', '4500'],
  },
  'radiation.mars_temperature_driver.slab.d_layer_m': { values: ['1e5', '2e5'] },
  'radiation.mars_temperature_driver.slab.rho': { values: ['3000', '3100'] },
  'radiation.mars_temperature_driver.slab.cp': { values: ['1000', '1100'] },
  'radiation.mars_temperature_driver.hyodo.d_layer_m': {
    under: ['radiation.mars_temperature_driver.mode=hyodo', 'numerics.t_end_years=1'],
    values: ['1e5', '2e5'],
  },
  chi_blow: { values: ['0.5', 'auto'] },
  'blowout.enabled': { values: ['true', 'false'] },
  'blowout.partial_bin': { values: ['log_fraction', 'lower_edge'] },
  'sinks.mode': { values: ['none', 'sublimation'] },
  'sinks.rp_blowout.enable': { values: ['true', 'false'] },
  'sinks.sub_params.alpha_evap': { values: ['0.1', '0.2'] },
  'sinks.sub_params.mu': { values: ['0.14', '0.15'] },
  'sinks.sub_params.A': { values: ['13', '14'] },
  'sinks.sub_params.B': { values: ['28000', '29000'] },
  'sinks.sub_params.enable_liquid_branch': { values: ['true', 'false'] },
  'sinks.sub_params.psat_liquid_switch_K': { values: ['2163', '2100'] },
  'sinks.sub_params.A_liq': { values: ['11', '12'] },
  'sinks.sub_params.B_liq': { values: ['22000', '23000'] },
  'sinks.sub_params.P_gas': { values: ['0', '1'] },
  'supply.enabled': { values: ['true', 'false'] },
  'supply.const.prod_area_rate_kg_m2_s': {
    under: ['supply.const.mu_orbit10pct=null'],
    values: ['1e-6', '2e-6'],
  },
  'supply.const.mu_orbit10pct': { values: ['1', '2'] },
  'supply.const.mu_reference_tau': { values: ['1', '2'] },
  'supply.const.orbit_fraction_at_mu1': { values: ['0.05', '0.1'] },
  'supply.mixing.epsilon_mix': { values: ['1', '0.5'] },
  'supply.injection.mode': { values: ['powerlaw_bins', 'initial_psd'] },
  'supply.injection.s_inj_min': { values: ['1e-6', 'null'] },
  'supply.injection.s_inj_max': { values: ['1e-3', 'null'] },
  'supply.injection.q': { values: ['3.5', '3'] },
  'numerics.t_end_years': { values: ['10', '9'] },
  'numerics.t_end_orbits': { values: ['3', '4'] },
  'numerics.t_end_until_temperature_K': { values: ['2000', '2100'] },
  'numerics.t_end_temperature_margin_years': {
    under: ['numerics.t_end_until_temperature_K=2000'],
    values: ['0', '1 d'],
  },
  'numerics.min_duration_years': { values: ['1', '2'] },
  'numerics.stop_on_blowout_below_smin': { values: ['true', 'false'] },
  'numerics.mass_loss_rate_stop_Mmars_s': { values: ['1e-14', 'null'] },
  'numerics.rtol': { values: ['1e-6', '1e-8'] },
  'numerics.eta': { values: ['1e-4', '1e-5'] },
  'numerics.max_steps': { values: ['100', '1000'] },
  'io.output_every': { values: ['1 d', 'log:10'] },
  'io.output_mode': { values: ['dense', 'land'] },
  'io.series_stride': { values: ['1', '2'] },
  'io.psd_history': { values: ['true', 'false'] },
  'io.psd_history_stride': { values: ['1', '2'] },
};

function four(): string[] {
  return [
    'qstar.coeff_table=null',
    'qstar.Qs=1e7',
    'qstar.a_s=0.3',
    'qstar.B=0.2',
    'qstar.b_g=1.3',
    'qstar.v_ref_kms=1',
  ];
}

/** Keys of `params` that name a file, or have one implemented value only; tables.test.ts and refusals.test.ts cover them. */
const elsewhere = new Set([
  'radiation.qpr_table_path',
  'dynamics.e_profile.table_path',
  'dynamics.e_profile.r_kind',
  'radiation.mars_temperature_driver.table.path',
  'radiation.mars_temperature_driver.table.time_unit',
  'radiation.mars_temperature_driver.table.column_time',
  'radiation.mars_temperature_driver.table.column_temperature',
  'sublimation.law',
  'sinks.enable_sublimation',
  'sinks.sub_params.mode',
  'sinks.sub_params.psat_model',
  'collisions.remnant',
  'numerics.solver',
]);

describe('every value that changes a row changes the identity', () => {
  it('has a sample for every key that becomes a parameter', () => {
    const wanted = keys.filter(
      (key) => key.status === 'active' && key.becomes.startsWith('params') && !elsewhere.has(key.name),
    );
    expect(wanted.map((key) => key.name).filter((name) => !(name in samples))).toEqual([]);
  });

  // The ring in metres replaces disk.geometry, which quickstart has.
  const metres = ['disk=null', 'geometry.r_in=4e6', 'geometry.r_out=8e6'];

  it.each(Object.entries(samples))('%s', async (name, { under = [], values }) => {
    const setting = name.startsWith('geometry.') ? metres : under;
    const [a, b] = [
      await quick(...setting, `${name}=${values[0]}`),
      await quick(...setting, `${name}=${values[1]}`),
    ];
    expect(a.identity).not.toBe(b.identity);
    expect(differences(a.configuration, b.configuration).map(({ key }) => key)).toEqual([name]);
    expect(await identity(...setting, `${name}=${values[0]}`)).toBe(a.identity);
  });

  it('down to the last bit of a number', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          'material.rho',
          'sizes.s_min',
          'dynamics.i0',
          'numerics.rtol',
          'optical_depth.tau0_target',
        ),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        async (name, share) => {
          const base =
            { 'material.rho': 4000, 'sizes.s_min': 1e-6, 'numerics.rtol': 1e-3 }[name as string] ?? 1;
          const value = name === 'material.rho' ? 1000 + base * share : base * share;
          const next = value * (1 + Number.EPSILON);
          fc.pre(next !== value);
          expect(await identity(`${name}=${value}`)).not.toBe(await identity(`${name}=${next}`));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('what changes no row changes no identity', () => {
  const harmless = [
    'io.outdir=/tmp/elsewhere',
    'io.figures=false',
    'numerics.checkpoint.interval_years=30 d',
    'numerics.checkpoint.format=pickle',
    'execution.segment_max_steps=7',
    'execution.segment_max_compute=1',
    'execution.memory_limit=1 GiB',
    'numerics.dt_init=20',
    'dynamics.rng_seed=5',
    'io.streaming.enable=false',
    'supply.feedback.gain=3',
    'phase.thresholds.T_condense_K=1800',
    'radiation.mars_temperature_driver.autogenerate.enabled=true',
  ];

  it.each(harmless)('%s', async (override) => {
    const [base, other] = [await quick(), await quick(override)];
    expect(other.identity).toBe(base.identity);
    expect(differences(base.configuration, other.configuration)).toEqual([]);
  });
});

it('lists differences with both values, and none between spellings of one time', async () => {
  const [a, b] = [
    await quick('numerics.t_end_years=1'),
    await quick('numerics.t_end_years=365.25 d', 'sizes.n_bins=80'),
  ];
  expect(differences(a.configuration, b.configuration)).toEqual([
    { key: 'sizes.n_bins', before: 40, after: 80 },
  ]);
});
