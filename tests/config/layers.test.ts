import { loadRunSpec } from '../../src/config/load.js';
import { editDistance, nearest } from '../../src/config/source/nearest.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quick, quickstart, refusal, smallest, temporary } from './loading.js';

const rtolOf = (spec: { params: unknown }) => (spec.params as MarsParams).solver.rtol;

describe('layers', () => {
  it('lays command line over environment over file over defaults, and remembers who said what', async () => {
    const file = temporary(
      'disk.yml',
      smallest.replace('sinks:', 'numerics: {rtol: 1e-4, eta: 1e-3}\nsinks:'),
    );
    const environment = {
      MARSDISK__numerics__rtol: '1e-5',
      MARSDISK__material__rho: '2000',
      MARSDISK_HOME: '/x',
      PATH: 'y',
    };
    const plain = await loadRunSpec({ file });
    const withEnvironment = await loadRunSpec({ file, environment });
    const withAll = await loadRunSpec({
      file,
      environment,
      overrides: ['numerics.rtol=1e-6', 'numerics.rtol=1e-7'],
    });
    expect([plain, withEnvironment, withAll].map(rtolOf)).toEqual([1e-4, 1e-5, 1e-7]);
    expect(withAll.origins).toMatchObject({
      'numerics.rtol': 'command line',
      'material.rho': 'environment',
      'numerics.eta': 'file',
      'numerics.max_steps': 'default',
    });
    expect(withAll.configuration).toMatchObject({
      numerics: { rtol: 1e-7, eta: 1e-3 },
      material: { rho: 2000 },
    });
    expect(Object.isFrozen((withAll.params as MarsParams).sizes)).toBe(true);
    expect(Object.isFrozen(withAll.configuration.numerics)).toBe(true);
  });

  it('reads lists, maps, none and sections typed on the command line', async () => {
    const spec = await quick(
      'io.output_every=[1, 2 h, 3 d]',
      'qstar.coeff_table={2.5: [1e8, 0.4, 0.3, 1.3], 1.5: [1e7, 0.4, 0.3, 1.3]}',
      'supply={enabled: false}',
      'sinks.mode=none',
      'optical_depth.tau_stop=None',
    );
    const params = spec.params as MarsParams;
    expect(params.output.every).toEqual({ kind: 'times', times: [1, 7200, 259200] });
    expect(params.strength.velocities).toEqual([1.5, 2.5]);
    expect(params.strength.coefficients[0]).toEqual([1e7, 0.4, 0.3, 1.3]);
    expect(params.supply).toBeNull();
    expect(params.sublimation).toBeNull();
    expect(params.stops.tau).toBeNull();
  });

  it('forgets a section that a later layer sets to null', async () => {
    const file = temporary(
      'disk.yml',
      `${smallest}inner_disk_mass: {M_in_ratio: 3e-5, use_Mmars_ratio: true}\n`,
    );
    expect(
      (await loadRunSpec({ file })).warnings.filter((one) => one.startsWith('inner_disk_mass')),
    ).toHaveLength(1);
    expect((await loadRunSpec({ file, overrides: ['inner_disk_mass=null'] })).warnings).toEqual([]);
  });

  it('takes a physics block and mode as existing files have them', async () => {
    const body = smallest.replace(/^/gm, '  ').trimEnd();
    const file = temporary('old.yml', `physics:\n${body}\n  mode: collisions_only\n`);
    const spec = await loadRunSpec({ file, overrides: ['physics.sizes.n_bins=20'] });
    expect(spec.configuration).toMatchObject({ physics_mode: 'collisions_only' });
    expect((spec.params as MarsParams).sizes.bins).toBe(20);
  });

  it('follows anchors and merge keys, but not without end', async () => {
    const text = smallest.replace('sinks:\n', 'sinks: &off\n');
    const file = temporary('disk.yml', `${text}supply:\n  injection: &i {q: 3}\n  <<: {enabled: false}\n`);
    expect((await loadRunSpec({ file })).params).toMatchObject({ supply: null, sublimation: null });
    const bomb =
      'a: &a [1, 1]\n' +
      'bcdefghi'
        .split('')
        .map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]},`.repeat(9)}]\n`)
        .join('');
    expect((await refusal(loadRunSpec({ file: temporary('bomb.yml', bomb) }))).message).toMatch(/alias/i);
  });

  it('blames the environment by its own name', async () => {
    const error = await refusal(
      loadRunSpec({ file: quickstart, environment: { MARSDISK__sizes__n_bin: '3' } }),
    );
    expect(error.problems[0]!.message).toBe(
      'sizes.n_bin: unknown key. Did you mean sizes.n_bins? (environment: MARSDISK__sizes__n_bin=3)',
    );
  });
});

describe('places in the file', () => {
  it('gives file, line and column of each problem', async () => {
    const text = smallest.replace('s_min: 1.0e-7', 's_minn: 1.0e-7').replace('alpha: 1.83', 'alpha: many');
    const file = temporary('disk.yml', text);
    const error = await refusal(loadRunSpec({ file }));
    expect(error.problems).toEqual([
      {
        key: 'sizes.s_minn',
        message: 'sizes.s_minn: unknown key. Did you mean sizes.s_min?',
        file,
        line: 6,
        column: 3,
      },
      { key: 'psd.alpha', message: 'psd.alpha = "many": must be a finite number', file, line: 11, column: 3 },
      { key: 'sizes.s_min', message: expect.stringContaining('sizes.s_min is required') },
    ]);
    expect(error.message).toContain(`${file}:6:3: sizes.s_minn`);
  });

  it('finds keys behind a physics block and in flow maps', async () => {
    const file = temporary('disk.yml', 'physics:\n  sizes: {s_min: 1,\n    n_bims: 3}\n');
    const { problems } = await refusal(loadRunSpec({ file }));
    expect(problems).toContainEqual({
      key: 'sizes.n_bims',
      message: 'sizes.n_bims: unknown key. Did you mean sizes.n_bins?',
      file,
      line: 3,
      column: 5,
    });
  });

  it.each([
    ['a duplicate key', 'sizes:\n  s_min: 1\n  s_min: 2\n', 3, /unique/],
    ['broken YAML', 'sizes: {s_min: 1\nx: 2\n', 2, /./],
    ['an unknown tag', 'sizes: !python/object {}\n', 1, /tag/i],
    ['a list', '- 1\n', 1, /map of sections/],
  ])('refuses %s', async (_, text, line, message) => {
    const file = temporary('disk.yml', text);
    const { problems } = await refusal(loadRunSpec({ file }));
    expect(problems[0]).toMatchObject({ file, line, message: expect.stringMatching(message) });
  });

  it('refuses a file that is not there, and an empty one by what it lacks', async () => {
    expect((await refusal(loadRunSpec({ file: 'nowhere.yml' }))).message).toContain(
      'nowhere.yml: cannot read the configuration',
    );
    const { problems } = await refusal(loadRunSpec({ file: temporary('empty.yml', '') }));
    expect(problems.map((problem) => problem.key)).toEqual(
      expect.arrayContaining([
        'disk.geometry.r_in_RM',
        'sizes.s_min',
        'sizes.s_max',
        'dynamics.i0',
        'radiation.TM_K',
      ]),
    );
  });
});

describe('nearest name', () => {
  it('counts edits, swaps included', () => {
    expect(editDistance('abc', 'abc')).toBe(0);
    expect(editDistance('abc', 'acb')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });

  it('is silent when nothing is near', () => {
    expect(nearest('xyzzy', ['sizes.n_bins'])).toBeNull();
    expect(nearest('sizes.nbins', ['sizes.s_max', 'sizes.n_bins'])).toBe('sizes.n_bins');
  });
});
