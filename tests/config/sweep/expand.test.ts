import fs from 'node:fs';
import path from 'node:path';
import { loadSweep } from '../../../src/config/sweep/load.js';
import { refusal, temporary } from '../loading.js';
import { base, sweepFile, sweepOf, titles } from './sweeping.js';

describe('axes', () => {
  it('are combined, the last one changes fastest', async () => {
    expect(await titles('axes: {T: [4000, 3000], eps: [1.0, 0.5], i0: [0.05]}')).toEqual([
      'T4000_eps1p0_i00p05',
      'T4000_eps0p5_i00p05',
      'T3000_eps1p0_i00p05',
      'T3000_eps0p5_i00p05',
    ]);
    expect(await titles('axes: {eps: [1.0, 0.5], T: [4000, 3000]}')).toEqual([
      'T4000_eps1p0',
      'T3000_eps1p0',
      'T4000_eps0p5',
      'T3000_eps0p5',
    ]);
  });

  it('set the keys that they stand for', async () => {
    const { cases } = await sweepOf('axes: {T: [3500], eps: [0.7], tau: [0.3], i0: [0.02], mu: [2]}');
    expect(cases[0]!.title).toBe('T3500_eps0p7_tau0p3_i00p02_mu2p0');
    expect(cases[0]!.spec.configuration).toMatchObject({
      radiation: { TM_K: 3500 },
      supply: { mixing: { epsilon_mix: 0.7 }, const: { mu_orbit10pct: 2 } },
      optical_depth: { tau0_target: 0.3 },
      dynamics: { i0: 0.02 },
    });
    expect(cases[0]!.spec.origins['radiation.TM_K']).toBe('sweep');
  });

  it('may be any key of a configuration, under its own name or its alias', async () => {
    const text =
      'axes: {sizes.n_bins: [20, 40], numerics.t_end_years: [1 yr, 30 d], collisions.enabled: [true]}';
    expect(await titles(text)).toEqual([
      'n_bins20_t_end_years1_yr_enabledtrue',
      'n_bins20_t_end_years30_d_enabledtrue',
      'n_bins40_t_end_years1_yr_enabledtrue',
      'n_bins40_t_end_years30_d_enabledtrue',
    ]);
    expect(await titles('axes: {radiation.TM_K: [4000], physics.dynamics.i0: [0.01]}')).toEqual([
      'T4000_i00p01',
    ]);
  });

  it('are spaced evenly or by factors, ends included, in few digits', async () => {
    const { cases } = await sweepOf('axes: {eps: {linspace: [0.1, 0.3, 3]}, mu: {logspace: [0.01, 10, 4]}}');
    expect([...new Set(cases.map(({ values }) => values.eps))]).toEqual([0.1, 0.2, 0.3]);
    expect([...new Set(cases.map(({ values }) => values.mu))]).toEqual([0.01, 0.1, 1, 10]);
  });

  it('may be the column of a table beside the sweep file', async () => {
    const file = sweepFile('axes: {T: {csv: grid.csv}, eps: {csv: grid.csv, column: mixing}}');
    fs.writeFileSync(path.join(path.dirname(file), 'grid.csv'), '# by hand\nT,mixing\n4000,1\n3500,0.5\n');
    const { cases } = await loadSweep({ file });
    expect(cases.map(({ values }) => values)).toEqual([
      { T: 4000, eps: 1 },
      { T: 4000, eps: 0.5 },
      { T: 3500, eps: 1 },
      { T: 3500, eps: 0.5 },
    ]);
  });

  it('advance together when they are zipped', async () => {
    expect(await titles('axes: {T: [4000, 3000], eps: [1, 0.5]}\nzip: true')).toEqual([
      'T4000_eps1p0',
      'T3000_eps0p5',
    ]);
    expect(await titles('axes: {T: [4000, 3000], tau: [1, 2], eps: [1, 0.5]}\nzip: [[T, eps]]')).toEqual([
      'T4000_eps1p0_tau1p0',
      'T4000_eps1p0_tau2p0',
      'T3000_eps0p5_tau1p0',
      'T3000_eps0p5_tau2p0',
    ]);
  });
});

describe('single cases', () => {
  it('are left out by value', async () => {
    const text =
      'axes: {T: [4000, 3000], eps: [1, 0.5, 0.25]}\nexclude: [{T: 4e3, eps: [1.0, 0.5]}, {T: 1111}]';
    const sweep = await sweepOf(text);
    expect(sweep.cases.map(({ title }) => title)).toEqual([
      'T4000_eps0p25',
      'T3000_eps1p0',
      'T3000_eps0p5',
      'T3000_eps0p25',
    ]);
    expect(sweep.warnings).toContain('exclude 2 leaves out no case that is not left out already');
  });

  it('are added, with values that their titles do not name, and with titles', async () => {
    const sweep = await sweepOf(
      'axes: {T: [4000]}\ncases: [{T: 3000, set: {numerics: {rtol: 1e-5}}}, {T: 2500, title: "a: cold one"}]',
    );
    expect(sweep.cases.map(({ title }) => title)).toEqual(['T4000', 'T3000', 'a_cold_one']);
    expect(sweep.cases[1]!.spec.configuration).toMatchObject({ numerics: { rtol: 1e-5 } });
    expect(sweep.cases[1]!.values).toEqual({ T: 3000 });
  });

  it('may be told apart by their titles alone', async () => {
    const sweep = await sweepOf(
      'cases: [{title: base}, {title: late, set: {io.output_every: [1 d, 2 d]}}, {title: fine, set: {numerics.rtol: 1e-8}}]',
    );
    expect(sweep.cases.map(({ title }) => title)).toEqual(['base', 'late', 'fine']);
    expect(new Set(sweep.cases.map(({ spec }) => spec.identity)).size).toBe(3);
  });

  it('get values of their own', async () => {
    const sweep = await sweepOf(
      'axes: {T: [4000, 3000], eps: [1, 0.5]}\nper_case: [{where: {T: 3000}, set: {numerics.rtol: 1e-5}}, {where: {T: 1111}, set: {numerics.rtol: 1}}]',
    );
    const rtol = ({ spec }: (typeof sweep.cases)[number]) =>
      (spec.configuration.numerics as { rtol: number }).rtol;
    expect(sweep.cases.map(rtol)).toEqual([1e-6, 1e-6, 1e-5, 1e-5]);
    expect(sweep.warnings).toContain('per_case 2 applies to no case');
  });

  it('may stand in a list of the original, or in a table', async () => {
    const file = temporary(
      'list.txt',
      '\uFEFF# T EPS TAU I0 MU\r\n\r\n5000 1.0 0.5\r\n4000,1,0.5,0.05 # a remark\r\n4000 1.0 5e-1 0.05 1.0\r\n',
    );
    const fromList = await loadSweep({ file, base });
    expect(fromList.tag).toBe('list');
    expect(fromList.cases.map(({ title }) => title)).toEqual([
      'T5000_eps1p0_tau0p5',
      'T4000_eps1p0_tau0p5_i00p05',
      'T4000_eps1p0_tau0p5_i00p05_mu1p0',
    ]);
    const named = sweepFile('list: cases.csv');
    fs.writeFileSync(path.join(path.dirname(named), 'cases.csv'), 'T,sizes.n_bins\n4000,20\n3000,30\n');
    expect((await loadSweep({ file: named })).cases.map(({ title }) => title)).toEqual([
      'T4000_n_bins20',
      'T3000_n_bins30',
    ]);
  });
});

describe('cases that are asked for several times', () => {
  it('are one case, by value, and are reported', async () => {
    const sweep = await sweepOf(
      'axes: {T: [4000, 4.0e3, 3000], eps: [1, 1.0, 1e0]}\ncases: [{eps: 1, T: 4000}]',
    );
    expect(sweep.cases.map(({ title }) => title)).toEqual(['T4000_eps1p0', 'T3000_eps1p0']);
    expect(sweep.duplicates).toEqual([
      { title: 'T4000_eps1p0', times: 7 },
      { title: 'T3000_eps1p0', times: 3 },
    ]);
  });

  it('count in any unit of time', async () => {
    const sweep = await sweepOf('axes: {numerics.t_end_years: [1 yr, 365.25 d, 1, 2]}');
    expect(sweep.cases.map(({ title }) => title)).toEqual(['t_end_years1_yr', 't_end_years2']);
  });

  it('are refused when they differ in what the title does not name', async () => {
    const { message } = await refusal(
      sweepOf('cases: [{T: 4000, set: {numerics.rtol: 1e-5}}, {T: 4000}, {T: 3000}]'),
    );
    expect(message).toMatch(/sweep\.yml:3:\d+: the case T4000 is asked for twice with different values/);
  });

  it('are remarked on when different values compute the same run', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000]}\ncases: [{T: 4000, eps: 1}]');
    expect(sweep.cases).toHaveLength(3);
    expect(sweep.warnings.join()).toContain('T4000, T4000_eps1p0 compute the same run');
  });
});
