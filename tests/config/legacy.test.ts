import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadRunSpec } from '../../src/config/load.js';
import { orbitalPeriod } from '../../src/sim/mars/orbit.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { refusal } from './loading.js';

const legacy = '../shared/reference/legacy';
const withReference = existsSync(legacy) ? describe : describe.skip;

const table = (name: string) => resolve('../shared/tables', name);
const forsterite = `radiation.qpr_table_path=${table('qpr_planck_forsterite_mie.csv')}`;
const phi = `shielding.table_path=${table('phi.parquet')}`;
const constant = `radiation.mars_temperature_driver.table.path=${table('const_T4000.csv')}`;
const slab = 'radiation.mars_temperature_driver.mode=slab';

const load = (name: string, ...overrides: string[]) =>
  loadRunSpec({ file: `${legacy}/${name}/config.yml`, overrides: [...overrides, 'io.outdir=out/x'] });

/** Existing files, the paths and settings that the user must change, and what then comes out. */
const accepted: [string, string[], (params: MarsParams) => void][] = [
  [
    'ref1_reduced_1e-6yr',
    [`radiation.qpr_table_path=${table('qpr_planck.parquet')}`],
    (params) => {
      expect(params.temperature).toEqual({ kind: 'constant', value: 3000 });
      expect(params.stops.end).toBeCloseTo(31.5576, 12);
      expect(params.eccentricity).toBe(0.05);
      expect(params.strength.velocities).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(params.supply).toBeNull();
      expect(params.sublimation).toBeNull();
      expect(params.initial).toEqual({ shape: 'upper', alpha: 1.8, wavy: 0 });
      expect(params.blowout.chi).toBe(1);
    },
  ],
  [
    'ref2_const4000_40bin_dt20',
    [forsterite, constant, 'psd.floor.mode=none'],
    (params) => {
      expect(params.temperature).toEqual({
        kind: 'table',
        times: [0, 40000 * 86400],
        temperatures: [4000, 4000],
      });
      expect(params.stops.end).toBe(3 * orbitalPeriod(params.radius));
      expect(params.supply?.injection).toEqual({ kind: 'min_bin', minSize: null });
      expect(params.sublimation).toBeNull();
    },
  ],
  [
    'ref3_sweep_cooling_slab',
    [forsterite, slab],
    (params) => {
      expect(params.temperature).toEqual({
        kind: 'slab',
        start: 4000,
        layer: 1e5,
        density: 3000,
        heatCapacity: 1000,
      });
      expect(params.blowout.chi).toBe('auto');
      expect(params.sublimation).toMatchObject({ alphaEvap: 0.1, liquid: { switch: 2163 } });
      expect(params.stops).toMatchObject({
        blowoutBelowGrid: true,
        tau: Math.LN10,
        tauTolerance: 1e-6,
      });
    },
  ],
  [
    'ref4_sublimation_sink',
    [forsterite, 'psd.floor.mode=none'],
    (params) => {
      expect(params.temperature).toEqual({ kind: 'constant', value: 5200 });
      expect(params.supply?.rate).toMatchObject({ kind: 'orbit', epsilon: 0.5 });
      expect(params.initial).toEqual({ shape: 'upper', alpha: 1.83, wavy: 0.2 });
    },
  ],
  [
    'ref5_shielding_phi',
    [forsterite, phi, 'supply.injection.velocity.mode=inherit'],
    (params) => {
      expect(params.temperature).toEqual({ kind: 'linear', start: 3500, layer: 1e5 });
      expect(params.lineOfSight).toBe(2);
      expect(params.shielding).toMatchObject({ mode: 'psitau', phi: { kind: 'table' } });
      expect(params.blowout.chi).toBe(1.2);
      expect(params.initial).toMatchObject({ shape: 'melt_truncated_powerlaw', minSize: 1e-4, maxSize: 3 });
      expect(params.supply?.injection).toMatchObject({ minSize: 1e-6, maxSize: 1e-3 });
    },
  ],
  [
    'ref6_resolved_dilute',
    [forsterite, constant],
    (params) => {
      expect(params.tau0).toBe(1e-6);
      expect(params.supply?.rate).toMatchObject({ referenceTau: 1e-6 });
    },
  ],
  [
    'ref7_resolved_dilute_sublimation_cooling',
    [forsterite, slab],
    (params) => {
      expect(params.temperature).toMatchObject({ kind: 'slab', start: 4700 });
      expect(params.supply?.injection).toEqual({ kind: 'initial_psd' });
    },
  ],
];

withReference('existing files (../shared/reference/legacy)', () => {
  it.each(accepted)(
    '%s loads once its paths and refused keys are settled',
    async (name, overrides, verify) => {
      const spec = await load(name, ...overrides);
      verify(spec.params as MarsParams);
    },
  );

  it.each([
    ['ref2_const4000_40bin_dt20', [forsterite, constant], ['psd.floor.mode']],
    ['ref4_sublimation_sink', [forsterite], ['psd.floor.mode']],
    ['ref5_shielding_phi', [forsterite], ['shielding.table_path', 'supply.injection.velocity.mode']],
  ])('%s names what is not implemented, with its place, and nothing else', async (name, overrides, keys) => {
    const { problems } = await refusal(load(name, ...overrides));
    expect(problems.map((problem) => problem.key)).toEqual(keys);
    for (const problem of problems)
      expect(problem).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  });

  it('a missing generated table names the slab setting that reproduces it', async () => {
    const { problems } = await refusal(load('ref7_resolved_dilute_sublimation_cooling', forsterite));
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toContain(
      'set radiation.mars_temperature_driver.mode=slab and radiation.TM_K=4700: the law that the table samples',
    );
  });

  it('warns once, by name, for every dead key that is set, and for changed meanings', async () => {
    const { warnings } = await load('ref3_sweep_cooling_slab', forsterite, slab);
    const named = (start: string) => warnings.filter((warning) => warning.startsWith(start));
    for (const key of [
      'numerics.dt_init = 20 has no effect',
      'numerics.safety',
      'initial.mass_total',
      'inner_disk_mass.M_in_ratio',
      'dynamics.t_damp_orbits',
      'dynamics.e0 = 0.5 is not used',
      'optical_depth.tau_stop = 2.302585092994046 is compared with tau_bound',
      'radiation.mars_temperature_driver.autogenerate.dt_hours',
      'io.streaming.enable = false',
    ]) {
      expect([key, named(key).length]).toEqual([key, 1]);
    }
    expect(new Set(warnings).size).toBe(warnings.length);
    // Values that ask for what happens anyway need no warning.
    for (const key of ['sizes.evolve_min_size', 'radiation.use_solar_rp', 'scope.region', 'psd.alpha_mode']) {
      expect(named(key)).toEqual([]);
    }
  });

  it('every key of the original is known, with every default of its own except those that are refused', async () => {
    const whole = resolve(legacy, 'ref3_sweep_cooling_slab/config_full.json');
    const { problems } = await loadRunSpec({ file: whole, overrides: [forsterite, slab] }).then(
      () => ({ problems: [] }),
      (error) => error,
    );
    expect(problems).toEqual([]);
  });
});

describe('phase', () => {
  const hot = [
    'phase.enabled=true',
    'phase.temperature_input=particle',
    'phase.thresholds.T_condense_K=2162',
    'phase.thresholds.T_vaporize_K=2163',
    'radiation.Q_pr=1',
  ];
  const quickstart = (...overrides: string[]) =>
    loadRunSpec({ file: 'configs/quickstart.yml', overrides: [...hot, ...overrides] });

  it('changes nothing while the grains stay solid', async () => {
    const off = await quickstart('phase.enabled=false');
    expect((await quickstart()).identity).toBe(off.identity);
  });

  it('acts where grains get as hot as the lower threshold', async () => {
    // T_p = T_M 0.4^0.25 sqrt(1/3.7) = 0.41345 T_M reaches 2162 K at T_M = 5229 K.
    expect((await quickstart('radiation.TM_K=5225')).params).not.toHaveProperty('phase');
    expect((await quickstart('radiation.TM_K=5235')).params).toMatchObject({
      phase: {
        temperatureRatio: expect.closeTo(0.413443, 5),
        condense: 2162,
        vaporize: 2163,
        referenceTau: 1,
      },
    });
  });
});
