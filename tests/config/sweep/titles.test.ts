import fc from 'fast-check';
import { folded, longestName, safeName } from '../../../src/config/sweep/safeName.js';
import { titling } from '../../../src/config/sweep/titles.js';
import { refusal } from '../loading.js';
import { sweepOf, titles } from './sweeping.js';

const standard = titling(['T', 'eps', 'tau', 'i0', 'mu']);

describe('titles', () => {
  it.each([
    [{ T: 4000, eps: 1, tau: 0.5, i0: 0.05 }, 'T4000_eps1p0_tau0p5_i00p05'],
    [{ mu: 1.5, i0: 0.005, tau: 10.25, eps: 0.5, T: 4000.5 }, 'T4000p5_eps0p5_tau10p25_i00p005_mu1p5'],
    [{ T: 4000, eps: 1e-7, tau: 1e21 }, 'T4000_eps1e-7_tau1e21'],
    [{ T: 4000, eps: -0 }, 'T4000_eps0p0'],
  ])('of the standard axes: %j', (values, title) => {
    expect(standard(values)).toBe(title);
  });

  it('of other keys have their last part, or the whole key where that is not enough', () => {
    const title = titling(['sizes.n_bins', 'supply.enabled', 'collisions.enabled', 'T']);
    expect(title({ 'sizes.n_bins': 40, 'supply.enabled': false, 'collisions.enabled': true, T: 3000 })).toBe(
      'T3000_n_bins40_supply_enabledfalse_collisions_enabledtrue',
    );
    expect(titling(['numerics.t_end_years'])({ 'numerics.t_end_years': '30 d' })).toBe('t_end_years30_d');
    expect(titling(['radiation.qpr_table_path'])({ 'radiation.qpr_table_path': 'a/b c.csv' })).toBe(
      'qpr_table_patha-b_c.csv',
    );
    expect(titling(['optical_depth.tau_stop'])({ 'optical_depth.tau_stop': null })).toBe('tau_stopnone');
  });

  it('differ for different numbers', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(standard({ eps: a }) === standard({ eps: b })).toBe(a === b);
      }),
    );
  });

  it('do not depend on how a number is spelled', async () => {
    expect(await titles('axes: {tau: [1.50, 2e0, 0.30]}')).toEqual(['tau1p5', 'tau2p0', 'tau0p3']);
  });
});

/** Letters of any script, symbols, control characters and names that systems reserve. */
const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .tuple(
      fc.constantFrom(
        'con',
        'PRN',
        'aux.',
        'Nul.txt',
        'com1',
        'LPT9.a.b',
        'checks',
        'summary.parquet',
        'CON ',
        '..',
        '.',
      ),
      fc.string({ maxLength: 3 }),
    )
    .map(([name, tail]) => name + tail),
);

describe('names', () => {
  it('are good for every file system, whatever they are made of', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        const name = safeName(text);
        expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._+-]*$/);
        expect(name).not.toMatch(/\.$/);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(name).not.toMatch(/^(checks|summary\.parquet)$/i);
        expect(name.length).toBeLessThanOrEqual(longestName + 1);
        expect(safeName(name)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['temp_supply', 'temp_supply'],
    ['12:30 run / no 2', '1230_run_-_no_2'],
    ['Zürich', 'Zurich'],
    ['火', 'u706b'],
    ['...', '_'],
    ['', '_'],
    ['-rf', 'rf'],
    ['con', '_con'],
    ['Aux.log', '_Aux.log'],
    ['COM¹', '_COM1'],
    ['checks', '_checks'],
  ])('%j becomes %j', (text, name) => {
    expect(safeName(text)).toBe(name);
  });

  it('of great length stay apart', () => {
    const long = 'a'.repeat(400);
    expect(safeName(`${long}1`)).not.toBe(safeName(`${long}2`));
    expect(safeName(`${long}1`).length).toBeLessThanOrEqual(longestName);
  });
});

describe('cases that would share a folder', () => {
  it.each([
    ['cases: [{T: 4000, title: run one}, {T: 3000, title: run_one}]', 'the cases run_one and run_one'],
    ['cases: [{T: 4000, title: One}, {T: 3000, title: one}]', 'the cases One and one'],
    ['cases: [{T: 4000}, {T: 3000, title: t4000}]', 'the cases T4000 and t4000'],
    ['axes: {radiation.qpr_table_path: [a/b.csv, a-b.csv]}', 'the cases qpr_table_patha-b.csv and'],
  ])('are refused: %s', async (text, expected) => {
    expect((await refusal(sweepOf(text))).message).toContain(expected);
  });

  it('are told apart as file systems do that ignore case', () => {
    expect(folded('T4000_Eps')).toBe(folded('t4000_ePS'));
  });
});
