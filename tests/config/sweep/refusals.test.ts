import { loadSweep } from '../../../src/config/sweep/load.js';
import { refusal, temporary } from '../loading.js';
import { base, sweepFile, sweepOf } from './sweeping.js';

/** What is wrong with a sweep: `line:column: message`. */
async function problems(text: string, options = {}): Promise<string[]> {
  const { problems: found } = await refusal(sweepOf(text, options));
  return found.map(({ line, column, message }) =>
    line === undefined ? message : `${line}:${column}: ${message}`,
  );
}

describe('a sweep file that cannot be used is refused with every place', () => {
  it.each<[string, (string | RegExp)[]]>([
    ['axis: {T: [1]}', ['3:1: axis: unknown key. Did you mean axes?']],
    ['sizes: {n_bins: 3}', [/^3:1: sizes belongs to a run configuration: name that file with `base:`/]],
    ['hooks: {after_cse: x}', ['3:9: hooks.after_cse: unknown key. Did you mean after_case?']],
    [
      'per_case: [{where: {T: 1}, sett: {}}]',
      [
        /^3:12: per_case\.0\.set = nothing: per_case takes/,
        '3:28: per_case.0.sett: unknown key. Did you mean set?',
      ],
    ],
    ['axes: {T: 4000}', [/^3:8: axes\.T = 4000: axes takes axes by name/]],
    ['axes: {T: {linspace: [1, 2]}}', [/^3:\d+: axes\.T.* = .*: axes takes axes by name/]],
    [
      'axes: {T: {logspace: [-2, 2, 3]}}',
      [/^3:8: axes\.T: logspace goes from -2 to 2; give the values at its ends/],
    ],
    [
      'axes: {Temp: [1], epsilon_mix: [1]}',
      [
        /^3:8: Temp: no such axis/,
        '3:19: epsilon_mix: no such axis and no key of a configuration. Did you mean supply.mixing.epsilon_mix?',
      ],
    ],
    ['axes: {T: [1000], radiation.TM_K: [2000]}', ['3:19: axes.radiation.TM_K: T is an axis already']],
    ['axes: {T: [.inf]}', [/^3:8: axes\.T = \["Infinity"\]: axes takes/]],
    ['axes: {io.outdir: [a]}', [/^3:8: io\.outdir: each case has a folder in its batch/]],
    ['axes: {dynamics.rng_seed: [1, 2]}', [/^3:8: the axis dynamics\.rng_seed has no effect/]],
    [
      'axes: {T: [4000, 3000], eps: [1]}\nzip: true',
      ['4:1: zip: T has 2 values, eps has 1 values; they must have the same number'],
    ],
    ['axes: {T: [4000]}\nzip: [[T, tau]]', ['4:11: zip: tau is not among the axes']],
    ['axes: {T: {csv: nowhere.csv}}', [/cannot read the table of an axis: no such file/]],
    [
      'axes: {T: {linspace: [1000, 2000, 1000]}, eps: {linspace: [0, 1, 1000]}}',
      [/1000 x 1000 = 1000000 combinations, at most 100000/],
    ],
    ['cases: [{T: [1, 2]}]', [/^3:10: T: a case takes one value of an axis/]],
    ['cases: [{set: {numerics.rtol: 1}}]', ['3:9: a case without a value of an axis needs a title']],
    ['tag: x', [/the sweep has no cases/]],
    ['axes: {T: [4000]}\nseed: -1', [/^4:1: seed = -1: seed takes a whole number from 0/]],
    ['axes: {T: [4000]}\nexclude: [{T: 4000}]', [/the sweep has no cases/]],
  ])('%s', async (text, expected) => {
    const found = await problems(text);
    expect(found).toHaveLength(expected.length);
    for (const [i, one] of expected.entries()) expect(found[i]).toMatch(one);
  });

  it('damaged YAML and lists by line', async () => {
    expect((await problems('axes: {T: [1}'))[0]).toMatch(/^3:\d+: /);
    const file = temporary('list.txt', '4000 1 1\n4000 1\nT EPS TAU\n1 2 3 4 5 6\n');
    const { message } = await refusal(loadSweep({ file, base }));
    for (const line of [
      'list.txt:2:1: 2 values',
      'list.txt:3:1: "T" is not a number',
      'list.txt:4:1: 6 values',
    ])
      expect(message).toContain(line);
  });

  it('without a base', async () => {
    const { message } = await refusal(loadSweep({ file: temporary('list.txt', '4000 1 1\n') }));
    expect(message).toContain('with --config run.yml');
  });
});

describe('values for all cases', () => {
  it('reach every case, words over the environment over the sweep file', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000]}', {
      overrides: ['numerics.rtol=1e-5'],
      environment: {
        MARSDISK__numerics__rtol: '1e-4',
        MARSDISK__numerics__eta: '1e-3',
        MARSDISK__radiation__Q_pr: '0.9',
      },
    });
    for (const { spec } of sweep.cases) {
      expect(spec.configuration).toMatchObject({
        numerics: { rtol: 1e-5, eta: 1e-3 },
        radiation: { Q_pr: 0.9 },
      });
      expect(spec.origins['numerics.rtol']).toBe('command line');
    }
  });

  it.each([
    [
      ['radiation.TM_K=3000'],
      {},
      'radiation.TM_K is varied by an axis of this sweep; change the axis instead (command line: radiation.TM_K=3000)',
    ],
    [[], { MARSDISK__radiation__TM_K: '3000' }, '(environment: MARSDISK__radiation__TM_K=3000)'],
    [
      ['io.outdir=x'],
      {},
      'io.outdir: each case has a folder in its batch; give `root`, or --outdir (command line: io.outdir=x)',
    ],
    [['numerics.rtol=1e-5'], {}, 'some cases of this sweep have a value of their own for numerics.rtol'],
  ])('are refused where cases decide: %j %j', async (overrides, environment, expected) => {
    const text = 'axes: {T: [4000, 3000]}\nper_case: [{where: {T: 3000}, set: {numerics.rtol: 1e-4}}]';
    const { message } = await refusal(sweepOf(text, { overrides, environment }));
    expect(message).toContain(expected);
  });

  it('below `overrides` are refused where an axis decides', async () => {
    const file = temporary(
      's.yml',
      `base: ${base}\noverrides:\n  radiation: {TM_K: 3000}\naxes: {T: [4000]}\n`,
    );
    expect((await refusal(loadSweep({ file }))).message).toContain('s.yml:3:15: radiation.TM_K is varied');
  });
});

describe('cases that cannot be computed', () => {
  it('are named, all of them, before anything starts', async () => {
    const found = await problems('axes: {T: [4000, 900], sizes.n_bins: [40, 1, 1.5]}');
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(
      /2 cases \(T4000_n_bins1, T900_n_bins1\): sizes\.n_bins = 1: must be a whole number >= 2/,
    );
    expect(found[1]).toMatch(/2 cases .*: sizes\.n_bins = 1\.5/);
    expect(found[2]).toMatch(/3 cases \(T900_n_bins40, T900_n_bins1, \.\.\.\): radiation\.TM_K = 900/);
  });

  it('in a list of bounded length', async () => {
    const found = await problems('axes: {eps: {linspace: [3, 4, 200]}}');
    expect(found).toHaveLength(31);
    expect(found[30]).toBe('and 170 more problems');
  });

  it('have unknown keys named with the nearest one, where they stand', async () => {
    const found = await problems(
      'axes: {T: [4000]}\nper_case: [{where: {T: 4000}, set: {numerics: {rtl: 1}}}]',
    );
    expect(found).toEqual(['4:48: case T4000: numerics.rtl: unknown key. Did you mean numerics.rtol?']);
  });
});

describe('an axis without effect', () => {
  it('is refused: the original had one, and nobody was told', async () => {
    const { message } = await refusal(
      sweepOf('axes: {T: [4000, 3000], eps: [1, 0.5]}', { overrides: ['supply.enabled=false'] }),
    );
    expect(message).toContain('the axis eps (supply.mixing.epsilon_mix) has no effect');
    const constant = [
      'radiation.mars_temperature_driver.mode=constant',
      'radiation.mars_temperature_driver.constant.value_K=3000',
    ];
    await expect(sweepOf('axes: {T: [4000, 3000]}', { overrides: constant })).rejects.toThrow(
      /the axis T \(radiation.TM_K\) has no effect/,
    );
  });

  it('is remarked on where it is about execution', async () => {
    const sweep = await sweepOf('axes: {execution.segment_max_steps: [10, 20]}');
    expect(sweep.warnings.join()).toContain('compute the same run');
  });
});

it('a sweep file in the place of a base, and a folder that is none, are refused', async () => {
  const file = sweepFile('axes: {T: [4000]}');
  await expect(loadSweep({ file, base: file })).rejects.toThrow(/axes: unknown key/);
  await expect(loadSweep({ file: '/nowhere/sweep.yml' })).rejects.toThrow(
    /cannot read the sweep file: no such file/,
  );
});
