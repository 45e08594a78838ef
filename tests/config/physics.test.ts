import { join, resolve } from 'node:path';
import { inSeconds, inWords } from '../../src/config/durations.js';
import { loadRunSpec } from '../../src/config/load.js';
import { stefanBoltzmann, year } from '../../src/sim/mars/constants.js';
import { coolingOf, linearDuration } from '../../src/sim/mars/cooling.js';
import { orbitalPeriod } from '../../src/sim/mars/orbit.js';
import { quick, quickParams, quickstart, refusal, smallest, temporary } from './loading.js';

const driver = 'radiation.mars_temperature_driver';
const stopsOf = async (...overrides: string[]) => (await quickParams(...overrides)).stops;

describe('temperature of Mars', () => {
  it('takes exactly the law that is asked for', async () => {
    const law = async (...overrides: string[]) => (await quickParams(...overrides)).temperature;
    expect(await law(`${driver}.mode=constant`)).toEqual({ kind: 'constant', value: 4000 });
    expect(await law(`${driver}.mode=constant`, `${driver}.constant.value_K=3500`)).toEqual({
      kind: 'constant',
      value: 3500,
    });
    expect(await law(`${driver}.mode=hyodo`, 'numerics.t_end_years=1')).toEqual({
      kind: 'linear',
      start: 4000,
      layer: 1e5,
    });
    expect(await law(`${driver}.slab.cp=1200`)).toEqual({
      kind: 'slab',
      start: 4000,
      layer: 1e5,
      density: 3000,
      heatCapacity: 1200,
    });
  });

  it('says what an absent driver means, since the original meant something else', async () => {
    const spec = await quick(`${driver}.enabled=false`);
    expect(spec.params).toMatchObject({ temperature: { kind: 'constant', value: 4000 } });
    expect(spec.warnings.join()).toContain('T_M stays at radiation.TM_K');
  });

  it('warns of the linear law away from 4000 K, with its error and the better choice', async () => {
    const at = (T0: number) =>
      quick(`${driver}.mode=hyodo`, `radiation.TM_K=${T0}`, 'numerics.t_end_years=0.1');
    const radiated = (T0: number) => (1e5 * 3000 * 1000 * T0) / (stefanBoltzmann * T0 ** 4);
    for (const T0 of [3000, 6000]) {
      const warning = (await at(T0)).warnings.find((text) => text.includes('hyodo'));
      expect(warning).toContain(`radiation.TM_K = ${T0} K`);
      expect(warning).toContain(`${driver}.mode=slab`);
      const factor = Number(/takes ([\d.]+) times/.exec(warning!)![1]);
      expect(factor / (linearDuration(T0, 1e5) / radiated(T0))).toBeCloseTo(1, 2);
    }
    expect((await at(4000)).warnings.join()).not.toContain('hyodo');
  });

  it('refuses a linear law that would reach zero', async () => {
    const { message } = await refusal(quick(`${driver}.mode=hyodo`));
    expect(message).toMatch(
      /hyodo: T_M falls below 1000 K after 1\.96\d+ yr, before the end of the run at 10 yr/,
    );
  });
});

describe('end of the run', () => {
  it('is t_end_years, with any unit, else scope.analysis_years', async () => {
    expect((await stopsOf('numerics.t_end_years=3')).end).toBe(3 * year);
    expect((await stopsOf('numerics.t_end_years=30 d')).end).toBe(30 * 86400);
    expect((await stopsOf('numerics.t_end_years=1e-6 yr')).end).toBe(1e-6 * year);
    expect((await stopsOf('numerics.t_end_years=3 h')).end).toBe(10800);
    expect((await stopsOf('numerics.t_end_years=null')).end).toBe(2 * year);
    expect((await stopsOf('numerics.t_end_years=1', 'numerics.min_duration_years=2')).end).toBe(2 * year);
  });

  it('is t_end_orbits if given, and says that the years are not used', async () => {
    const spec = await quick('numerics.t_end_orbits=4');
    expect(spec.params).toMatchObject({ stops: { end: 4 * orbitalPeriod(6270575) } });
    expect(spec.warnings.join()).toContain('numerics.t_end_years is not used');
  });

  it('is the time of a temperature, with a margin; 1000 K is reached, not forgotten', async () => {
    const { stops, temperature } = await quickParams('numerics.t_end_until_temperature_K=1000');
    expect(stops.temperature).toBe(1000);
    const [reached] = coolingOf(temperature).passes(1000, Number.MAX_VALUE);
    expect(reached! / year).toBeCloseTo(55.01, 2);
    expect(stops.end).toBeGreaterThan(reached!);
    expect(stops.end / reached!).toBeCloseTo(1, 5);
    const more = await stopsOf(
      'numerics.t_end_until_temperature_K=2000',
      'numerics.t_end_temperature_margin_years=100 d',
    );
    expect(more.temperatureMargin).toBe(100 * 86400);
    expect(more.end / year).toBeCloseTo(6.112 + 100 / 365.25, 2);
    const longer = await stopsOf('numerics.t_end_until_temperature_K=2000', 'numerics.min_duration_years=8');
    expect(longer.end / year).toBeCloseTo(8, 4);
  });

  it('keeps tau_stop off unless it is given, and says what it is compared with', async () => {
    expect((await stopsOf()).tau).toBeNull();
    const spec = await quick('optical_depth.tau_stop=2.3');
    expect(spec.params).toMatchObject({ stops: { tau: 2.3, tauTolerance: 1e-6 } });
    expect(spec.warnings.join()).toContain('tau_bound');
  });
});

describe('switches', () => {
  it('physics_mode chooses the processes', async () => {
    const processes = async (...overrides: string[]) => {
      const { collisions, blowout, sublimation } = await quickParams(...overrides);
      return [collisions.enabled, blowout.enabled, sublimation !== null];
    };
    expect(await processes('physics_mode=full')).toEqual([true, true, true]);
    expect(await processes('physics_mode=collisions_only')).toEqual([true, true, false]);
    expect(await processes('physics_mode=sublimation_only')).toEqual([false, false, true]);
    expect(await processes('physics_mode=sublimation_only', 'sinks.mode=none')).toEqual([false, false, true]);
    expect(await processes('sinks.enable_sublimation=false')).toEqual([true, true, true]);
    expect(await processes('collisions.enabled=false')).toEqual([false, true, true]);
    for (const off of [
      'blowout.enabled=false',
      'sinks.rp_blowout.enable=false',
      'radiation.use_mars_rp=false',
      'radiation.source=off',
    ]) {
      expect(await processes(off)).toEqual([true, false, true]);
    }
  });

  it('limits chi_blow as the original does, and says so', async () => {
    expect((await quickParams('chi_blow=1.2')).blowout.chi).toBe(1.2);
    expect((await quickParams('chi_blow=auto')).blowout.chi).toBe('auto');
    const spec = await quick('chi_blow=5');
    expect(spec.params).toMatchObject({ blowout: { chi: 2 } });
    expect(spec.warnings.join()).toContain('chi_blow = 5 is limited to 2');
  });

  it('multiplies the supply by epsilon_mix', async () => {
    expect((await quickParams('supply.mixing.epsilon_mix=0.5')).supply?.rate).toMatchObject({
      kind: 'orbit',
      epsilon: 0.5,
    });
    const constant = await quickParams(
      'supply.const={mu_orbit10pct: null, prod_area_rate_kg_m2_s: 4e-6}',
      'supply.mixing.epsilon_mix=0.5',
    );
    expect(constant.supply?.rate).toEqual({ kind: 'constant', value: 2e-6 });
    expect((await quickParams('supply.const.mu_orbit10pct=0')).supply).toBeNull();
  });

  it('measures inclination in degrees on request', async () => {
    expect((await quickParams('dynamics.i0=3', 'dynamics.i0_unit=deg')).inclination).toBeCloseTo(
      0.0523598775598,
      12,
    );
  });

  it('scales four strength coefficients, not a table', async () => {
    const four = [
      'qstar.Qs=3.5e7',
      'qstar.a_s=0.38',
      'qstar.B=0.3',
      'qstar.b_g=1.36',
      'qstar.v_ref_kms=[1.5, 7]',
      'qstar.coeff_scale=2',
    ];
    const { strength } = await quickParams(...four, 'qstar.coeff_table=null');
    expect(strength).toMatchObject({
      velocities: [1.5, 7],
      coefficients: [
        [7e7, 0.38, 0.6, 1.36],
        [7e7, 0.38, 0.6, 1.36],
      ],
    });
    expect((await quickParams(...four)).strength.coefficients[0]![0]).toBe(1.9509e8);
  });
});

describe('rows, segments and folders', () => {
  it('reads the cadence', async () => {
    const every = async (...overrides: string[]) => (await quickParams(...overrides)).output.every;
    expect(await every()).toEqual({ kind: 'steps', stride: 1 });
    expect(await every('io.series_stride=5')).toEqual({ kind: 'steps', stride: 5 });
    expect(await every('io.output_every=1 d')).toEqual({ kind: 'interval', seconds: 86400 });
    expect(await every('io.output_every=60')).toEqual({ kind: 'interval', seconds: 60 });
    expect(await every('io.output_every=log:20')).toEqual({ kind: 'log', perDecade: 20 });
    expect((await quickParams('io.psd_history=false')).output.sizeHistoryStride).toBeNull();
    const late = await quick('io.output_every=[1 d, 20 yr]');
    expect(late.warnings).toEqual([
      'io.output_every: 1 of its times lie after the end of the run (10 yr) and give no rows',
    ]);
    const spec = await quick('io.series_stride=1000', 'io.psd_history_stride=10000');
    expect(spec.warnings.filter((warning) => warning.includes('few'))).toHaveLength(2);
  });

  it('cuts segments by checkpoint.interval_years', async () => {
    const spec = await quick(
      'numerics.checkpoint.interval_years=30 d',
      'execution.segment_max_steps=7',
      'execution.segment_max_compute=2 min',
    );
    expect(spec.segments).toEqual({
      interval: 30 * 86400,
      maxSteps: 7,
      maxCompute: 120,
      minCompute: null,
      runSteps: 1e7,
    });
    expect((await quick('execution.memory_limit=512 MB')).memoryLimit).toBe(512e6);
  });

  it('puts results below the current folder, or where --outdir says', async () => {
    expect((await quick()).outdir).toBe(resolve('out/quickstart'));
    const file = temporary('disk.yml', smallest);
    expect((await loadRunSpec({ file })).outdir).toBe(resolve(join('out', 'disk')));
    const moved = await loadRunSpec({ file: quickstart, outdir: '/tmp/there' });
    expect([moved.outdir, moved.origins['io.outdir']]).toEqual(['/tmp/there', 'command line']);
  });
});

describe('durations', () => {
  it.each([
    ['30 d', 30 * 86400],
    ['2 yr', 2 * year],
    ['1e-6 yr', 1e-6 * year],
    ['.5h', 1800],
    [' 3 min ', 180],
    ['1.5e2 s', 150],
    ['1 days', 86400],
  ])('%s', (text, seconds) => {
    expect(inSeconds(text, 'yr')).toBe(seconds);
  });

  it.each(['', '5', '-1 d', '1 week', 'd', '1 d 2 h', 'log:3'])('%j is none', (text) => {
    expect(() => inSeconds(text, 's')).toThrow(RangeError);
  });

  it('reads well', () => {
    expect([0.5, 90, 5400, 3 * 86400, 2 * year].map(inWords)).toEqual([
      '0.5 s',
      '1.5 min',
      '1.5 h',
      '3 d',
      '2 yr',
    ]);
  });
});
