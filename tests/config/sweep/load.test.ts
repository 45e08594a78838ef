import path from 'node:path';
import { loadRunSpec } from '../../../src/config/load.js';
import { loadSweep } from '../../../src/config/sweep/load.js';
import { placedIn } from '../../../src/config/sweep/placed.js';
import { unplaced } from '../../../src/config/sweep/sweepSpec.js';
import { refusal, temporary } from '../loading.js';
import { base, sweepFile, sweepOf } from './sweeping.js';

const file = path.resolve('configs/quickstart.yml');

describe('the run of a case', () => {
  it.each([
    ['', []],
    ['overrides: {numerics: {rtol: 1e-5}, io: {figures: true}}', ['numerics.rtol=1e-5']],
    [
      'overrides: {radiation.mars_temperature_driver: {mode: table, table: {path: T.csv, time_unit: yr, column_time: t}}}',
      [
        'radiation.mars_temperature_driver.mode=table',
        'radiation.mars_temperature_driver.table.time_unit=yr',
        'radiation.mars_temperature_driver.table.column_time=t',
      ],
    ],
  ])('is exactly the one that `marsdisk run` makes of the same values: %s', async (text, words) => {
    const table = temporary('T.csv', 't,T_K\n0,4000\n1,3000\n20,2500\n');
    const tableWords = words.length > 1 ? [`radiation.mars_temperature_driver.table.path=${table}`] : [];
    const named = temporary(
      'sweep.yml',
      `base: ${file}\n${text.replace('T.csv', table)}\naxes: {i0: [0.05, 0.01], tau: [1, 0.5]}\n`,
    );
    for (const { title, values, spec } of (await loadSweep({ file: named })).cases) {
      const alone = await loadRunSpec({
        file,
        overrides: [
          ...words,
          ...tableWords,
          `io.figures=${text.includes('figures')}`,
          `dynamics.i0=${values.i0}`,
          `optical_depth.tau0_target=${values.tau}`,
        ],
        outdir: path.join(unplaced, title),
      });
      const origins = Object.keys(alone.origins);
      expect(Object.keys(spec.origins).sort()).toEqual(origins.sort());
      expect({ ...spec, origins: null }).toEqual({ ...alone, title, origins: null });
      expect(JSON.stringify(spec.params)).toBe(JSON.stringify(alone.params));
      expect(spec.outdir).toBe(path.join(unplaced, title));
    }
  });

  it('draws no figure unless somebody asks for it', async () => {
    const figures = async (options: object) =>
      (await sweepOf('axes: {T: [4000]}', options)).cases[0]!.spec.figures;
    expect(await figures({})).toBe(false);
    expect(await figures({ overrides: ['io.figures=true'] })).toBe(true);
  });

  it('is frozen, and shares with the others what is equal', async () => {
    const named = temporary(
      's.yml',
      `base: ${file}\naxes: {i0: {linspace: [0.01, 0.1, 200]}, tau: [1, 0.5]}`,
    );
    const { cases } = await loadSweep({ file: named });
    type Params = { efficiency: { values: number[] }; supply: object };
    const params = cases.map(({ spec }) => spec.params as Params);
    expect(new Set(params.map(({ efficiency }) => efficiency)).size).toBe(1);
    expect(new Set(params.map(({ supply }) => supply)).size).toBe(1);
    expect(new Set(cases.map(({ spec }) => spec.inputs)).size).toBe(1);
    expect(new Set(cases.map(({ spec }) => spec.identity)).size).toBe(400);
    for (const { spec } of cases.slice(0, 3)) {
      expect(() => ((spec.params as Params).efficiency.values[0] = 0)).toThrow(TypeError);
      expect(
        Object.isFrozen(spec) && Object.isFrozen(spec.configuration) && Object.isFrozen(spec.params),
      ).toBe(true);
    }
  });

  it('moves into the folder of its batch with all that belongs to it', async () => {
    const sweep = await sweepOf('axes: {T: [4000]}', {
      overrides: ['numerics.checkpoint.path="{outdir}/ckpt"'],
    });
    const spec = placedIn(sweep.cases[0]!.spec, '/data/batch/T4000');
    expect(spec.checkpoints.folder).toBe('/data/batch/T4000/ckpt');
    expect(spec.configuration.io).toMatchObject({ outdir: '/data/batch/T4000' });
  });
});

describe('seeds', () => {
  const seeds = async (text: string, environment = {}) => {
    const { cases, seed } = await sweepOf(text, { environment });
    return { seed, of: Object.fromEntries(cases.map(({ title, seed: own }) => [title, own])) };
  };

  it('come from the seed of the sweep and the values of the case, not from its place', async () => {
    const few = await seeds('axes: {T: [4000, 3000]}\nseed: 7');
    const many = await seeds('seed: 7\naxes: {T: [5000, 3000.0, 2000, 4e3]}');
    expect(many.of).toMatchObject(few.of);
    const all = Object.values(many.of);
    expect(new Set(all).size).toBe(4);
    for (const seed of all) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
    // Written down once: a change of the rule would change the results of everybody's sweeps.
    expect(few.of.T4000).toBe(1227024063);
    const other = await seeds('axes: {T: [4000, 3000]}\nseed: 8');
    expect(other.of.T4000).not.toBe(few.of.T4000);
  });

  it('follow BATCH_SEED of the environment', async () => {
    const named = await seeds('axes: {T: [4000]}\nseed: 7', { BATCH_SEED: ' 8 ' });
    expect(named).toEqual(await seeds('axes: {T: [4000]}\nseed: 8'));
    for (const text of ['x', '-1', '1.5', '2147483648'])
      expect(
        (await refusal(sweepOf('axes: {T: [4000]}', { environment: { BATCH_SEED: text } }))).message,
      ).toContain(`BATCH_SEED=${text}: must be a whole number from 0 to 2147483647`);
  });
});

describe('the identity of a sweep', () => {
  const identity = async (text: string, options = {}) => (await sweepOf(text, options)).identity;
  const plain = 'axes: {T: [4000, 3000]}';

  it('is that of its cases, however they are described', async () => {
    const same = await identity(plain);
    expect(await identity('axes: {radiation.TM_K: [4.0e3, 3000]}\ntag: other\njobs: 3\nseed: 4')).toBe(same);
    expect(await identity('cases: [{T: 4000}, {T: 3000}]')).toBe(same);
    expect(await identity(plain, { overrides: ['execution.segment_max_steps=7'] })).toBe(same);
  });

  it.each([
    ['axes: {T: [3000, 4000]}', {}],
    ['axes: {T: [4000]}', {}],
    ['axes: {T: [4000, 3000.5]}', {}],
    [plain, { overrides: ['numerics.rtol=2e-6'] }],
    ['cases: [{T: 4000, title: hot}, {T: 3000}]', {}],
  ])('differs for other cases: %s %j', async (text, options) => {
    expect(await identity(text, options)).not.toBe(await identity(plain));
  });
});

describe('what else a sweep file says', () => {
  it('tag, root, jobs and hooks', async () => {
    const sweep = await sweepOf(
      'axes: {T: [4000]}\ntag: "a/b: c"\nroot: /data\njobs: 3\nhooks: {after_case: echo done, after_batch: {command: plot, timeout: 1 h, attempts: 1, strict: true}}',
    );
    expect(sweep).toMatchObject({ tag: 'a-b_c', root: '/data', jobs: 3 });
    expect(sweep.hooks).toEqual({
      afterCase: { command: 'echo done', timeout: 600, attempts: 3, strict: false },
      afterBatch: { command: 'plot', timeout: 3600, attempts: 1, strict: true },
    });
  });

  it('has defaults, and --outdir wins', async () => {
    const sweep = await sweepOf('axes: {T: [4000]}');
    expect(sweep).toMatchObject({ tag: 'sweep', root: path.resolve('out'), seed: 0, jobs: null });
    expect(sweep.hooks).toEqual({ afterCase: null, afterBatch: null });
    expect((await loadSweep({ file: sweepFile('axes: {T: [4000]}\nroot: x'), outdir: 'y' })).root).toBe(
      path.resolve('y'),
    );
  });

  it('a base that the command names wins', async () => {
    const { cases } = await loadSweep({
      file: temporary('s.yml', 'base: nowhere.yml\naxes: {T: [4000]}'),
      base,
    });
    expect(cases).toHaveLength(1);
  });

  it('tables of cases stand beside the sweep file or beside the base', async () => {
    const table = temporary('Q.csv', 's,T_M,Q_pr\n1e-7,1000,1\n1,1000,1\n1e-7,6000,1\n1,6000,1\n');
    const sweep = temporary(
      's.yml',
      `base: ${file}\naxes: {radiation.qpr_table_path: [${path.basename(table)}, tables/qpr_forsterite.csv]}`,
    );
    await expect(loadSweep({ file: sweep })).rejects.toThrow(
      /case qpr_table_pathQ.csv: radiation.qpr_table_path = Q.csv: no such file/,
    );
    const beside = path.join(path.dirname(table), 's.yml');
    (await import('node:fs')).copyFileSync(sweep, beside);
    expect((await loadSweep({ file: beside })).cases).toHaveLength(2);
  });
});

it('warnings are said once, with the cases that they are about', async () => {
  const { warnings } = await sweepOf('axes: {T: [4000, 3000], eps: [1, 0.5, 0.25]}', {
    overrides: ['numerics.dt_init=20'],
  });
  expect(warnings).toEqual([
    expect.stringMatching(/^numerics\.dt_init = 20 has no effect/),
    expect.stringMatching(
      /^2 cases \(T4000_eps0p5, T3000_eps0p5\): supply\.mixing\.epsilon_mix = 0\.5 multiplies/,
    ),
    expect.stringMatching(/^2 cases \(T4000_eps0p25, T3000_eps0p25\): supply/),
  ]);
});
