import { existsSync } from 'node:fs';
import { loadRunSpec } from '../../src/config/load.js';
import { marsMass, marsRadius, year } from '../../src/sim/mars/constants.js';
import { diskOf } from '../../src/sim/mars/disk.js';
import { orbitalPeriod } from '../../src/sim/mars/orbit.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { suppliedAt } from '../../src/sim/mars/supply/law.js';
import { quick, quickParams, quickstart, refusal, temporary } from './loading.js';

const rates = async (path: string, ...more: string[]) =>
  (
    await quickParams(
      'supply.mode=table',
      `supply.table.path=${path}`,
      'supply.mixing.epsilon_mix=1',
      ...more,
    )
  ).supply!.rate;

describe('supply tables', () => {
  const plain = 't,rate\n0,1e-6\n10,3e-6\n';

  it('are mixed, and read in seconds or years', async () => {
    const path = temporary('supply.csv', plain);
    expect(await rates(path, 'supply.mixing.epsilon_mix=0.5')).toEqual({
      kind: 'table',
      times: [0, 10],
      rates: [5e-7, 1.5e-6],
    });
    expect(await rates(path, 'supply.table.time_unit=year')).toMatchObject({ times: [0, 10 * year] });
  });

  it('over t and r are read at the radius of the ring', async () => {
    const r = 1.85 * marsRadius;
    const rows = [0, 10].flatMap((t) => [r - 1e5, r + 3e5].map((x) => `${t},${x},${1e-6 * (1 + t) * x}`));
    const path = temporary('supply.csv', `t,r,rate\n${rows.join('\n')}\n`);
    const rate = await rates(path);
    expect(rate).toMatchObject({ kind: 'table', times: [0, 10] });
    if (rate.kind !== 'table') return;
    expect(rate.rates[0]! / (1e-6 * r)).toBeCloseTo(1, 12);
    expect(rate.rates[1]! / (11e-6 * r)).toBeCloseTo(1, 12);
  });

  it.each([
    ['t,rate\n0,-1\n10,1\n', /column rate, row 1: -1 must be >= 0/],
    ['t,rate\n0,1\n0,1\n', /column t must ascend/],
    ['t,rate\n0,1\n', /at least 2 times/],
    ['t,r,rate\n0,1e6,1\n1,1e6,1\n', /covers 1000000 to 1000000 m in column r; the ring is at 6270575 m/],
    ['t,r,rate\n0,1e6,1\n1,1e7,1\n', /full rectangle: 2 times x 2 radii need 4 rows/],
    ['s,rate\n0,1\n', /needs a column named t or/],
  ])('%s is refused', async (text, message) => {
    const path = temporary('supply.csv', text);
    const { problems } = await refusal(quick('supply.mode=table', `supply.table.path=${path}`));
    expect(problems).toEqual([expect.objectContaining({ key: 'supply.table.path' })]);
    expect(problems[0]!.message).toMatch(message);
  });

  const shared = ['csv', 'parquet'].map((end) => `../shared/tables/supply_rect_5e4s.${end}`);
  (existsSync(shared[0]!) ? it : it.skip)('the rectangle of 5e4 s: 0.0500005 kg m-2 in all', async () => {
    // 1e-6 until 50,000 s, then a ramp of one second down to zero.
    for (const file of shared) {
      const params = await quickParams(
        'supply.mode=table',
        `supply.table.path=${file}`,
        'supply.mixing.epsilon_mix=1',
      );
      const { law } = diskOf(params).supply;
      expect(law.breaks).toEqual([50000, 50001]);
      expect(Math.abs(suppliedAt(law, year) / 0.0500005 - 1)).toBeLessThan(1e-12);
    }
  });
});

it('pieces keep their order and their laws', async () => {
  const path = temporary('piece.csv', 't,rate\n0,2e-6\n1,4e-6\n');
  const piece = `[{t_start_s: 0, t_end_s: 5, const: {prod_area_rate_kg_m2_s: 1e-6}},
    {t_start_s: 5, t_end_s: 9, mode: powerlaw, powerlaw: {A_kg_m2_s: 2e-6, index: -2}},
    {t_start_s: 9, t_end_s: 12, mode: table, table: {path: ${path}}}]`;
  const { supply } = await quickParams(
    'supply.mode=piecewise',
    `supply.piecewise=${piece}`,
    'supply.mixing.epsilon_mix=0.5',
  );
  expect(supply!.rate).toEqual({
    kind: 'piecewise',
    pieces: [
      { from: 0, to: 5, rate: { kind: 'constant', value: 5e-7 } },
      { from: 5, to: 9, rate: { kind: 'powerlaw', coefficient: 1e-6, start: 0, exponent: -2 } },
      { from: 9, to: 12, rate: { kind: 'table', times: [0, 1], rates: [1e-6, 2e-6] } },
    ],
  });
});

it('a mass of the reservoir switches it on, and says so against a flag that is off', async () => {
  const on = await quickParams('supply.reservoir.mass_total_Mmars=1e-8');
  expect(on.supply!.reservoir).toEqual({ mass: 1e-8 * marsMass, taper: 0 });
  const spec = await quick('supply.reservoir={enabled: false, mass_total_Mmars: 1e-8}');
  expect((spec.params as MarsParams).supply!.reservoir).toBeDefined();
  expect(spec.warnings.join()).toContain('limits the supply although supply.reservoir.enabled is false');
  const tapered = await quickParams('supply.reservoir={mass_total_Mmars: 1e-8, depletion_mode: taper}');
  expect(tapered.supply!.reservoir!.taper).toBe(0.05);
});

it('feedback, deep buffer and filling time in SI units', async () => {
  const { supply, radius } = await quickParams(
    'supply.feedback.enabled=true',
    'supply.transport={mode: deep_mixing, t_mix_orbits: 4}',
    'supply.const={mu_orbit10pct: null, auto_from_tau1_tfill_years: 100 d}',
  );
  expect(supply).toMatchObject({
    rate: { kind: 'filling', time: 8.64e6 },
    feedback: { target: 1, gain: 1, responseTime: 0.5 * year, min: 1e-6, max: 10, initial: 1 },
    mixingTime: 4 * orbitalPeriod(radius),
  });
});

it('couplings to T_M, by a power or by tables of either kind', async () => {
  const power = await quickParams('supply.temperature={enabled: true, exponent: 4}');
  expect(power.supply!.temperature).toEqual({
    ...{ kind: 'power', reference: 1800, exponent: 4, atReference: 1, floor: 0, cap: 10 },
  });
  const path = temporary('map.csv', 'T_K,value\n1500,0\n4000,2e-5\n');
  const table = `supply.temperature={enabled: true, mode: table, table: {path: ${path}, value_kind: rate}}`;
  // The table gives the mixed rate: neither epsilon_mix nor the law of time matters.
  const { supply } = await quickParams(
    table,
    'supply.const={mu_orbit10pct: 0}',
    'supply.mixing.epsilon_mix=0.1',
  );
  expect(supply).toMatchObject({
    rate: { kind: 'constant', value: 0 },
    temperature: { kind: 'table', of: 'rate', temperatures: [1500, 4000], values: [0, 2e-5] },
  });
});

it('names the headroom keys as dead, and a drain without a deep buffer', async () => {
  const { warnings } = await loadRunSpec({
    file: quickstart,
    overrides: [
      ...['supply.headroom_policy=spill', 'supply.transport.headroom_gate=soft'],
      'supply.transport.t_mix_orbits=5',
    ],
  });
  for (const key of ['headroom_policy = "spill" has', 'headroom_gate = "soft" has', 't_mix_orbits has']) {
    expect(warnings.join()).toContain(key);
  }
});

it.each([
  ['{t_start_s: 0, t_end_s: 1, mode: cnst}', /supply\.piecewise\[0\]\.mode: .*"const"\|"powerlaw"\|"table"/],
  ['{t_start_s: 0, t_end: 1, mode: const}', /supply\.piecewise\[0\]\.t_end_s: /],
  [
    '{t_start_s: 0, t_end_s: 1, const: {prod_area_rate_kg_m2_s: -1}}',
    /\[0\]\.const\.prod_area_rate_kg_m2_s: .*>=0/,
  ],
])('names what is wrong inside of the piece %s', async (piece, message) => {
  const { problems } = await refusal(quick('supply.mode=piecewise', `supply.piecewise=[${piece}]`));
  expect(problems.map((problem) => problem.message).join('\n')).toMatch(message);
});
