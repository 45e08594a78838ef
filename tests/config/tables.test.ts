import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { loadRunSpec } from '../../src/config/load.js';
import { parseCsv } from '../../src/config/tables/csv.js';
import { parseParquet } from '../../src/config/tables/parquet.js';
import { year } from '../../src/sim/mars/constants.js';
import { orbitalPeriod } from '../../src/sim/mars/orbit.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { quickstart, refusal, smallest, temporary } from './loading.js';

const Qpr = (path: string) =>
  loadRunSpec({ file: quickstart, overrides: [`radiation.qpr_table_path=${path}`] });
const efficiencyOf = async (path: string) => ((await Qpr(path)).params as MarsParams).efficiency;

const rows = 'T_M,s,Q_pr\n3000,1e-6,0.5\n3000,1e-5,0.9\n4000,1e-6,0.6\n4000,1e-5,1\n';
const expected = {
  kind: 'table',
  temperatures: [3000, 4000],
  sizes: [1e-6, 1e-5],
  values: [0.5, 0.9, 0.6, 1],
};

describe('Q_pr tables', () => {
  it('reads CSV in any order of rows and columns, with any accepted name', async () => {
    expect(await efficiencyOf(temporary('a.csv', rows))).toEqual(expected);
    const shuffled =
      '# ours\nQ_pr, s_m ,T_K\r\n1,1e-5,4000\r\n0.5,1e-6,3000\r\n\r\n0.9,1e-5,3000\r\n0.6,1e-6,4000\r\n';
    expect(await efficiencyOf(temporary('b.csv', shuffled))).toEqual(expected);
    const logarithmic = rows.replace(',s,', ',log10_s,').replaceAll('1e-6', '-6').replaceAll('1e-5', '-5');
    expect(await efficiencyOf(temporary('c.csv', logarithmic))).toEqual(expected);
  });

  it('reads Parquet to the same numbers', async () => {
    const columns = parseCsv(rows);
    const buffer = parquetWriteBuffer({
      columnData: columns.names.map((name) => ({
        name,
        data: [...columns.column(name)],
        type: 'DOUBLE' as const,
      })),
    });
    const path = temporary('a.parquet', new Uint8Array(buffer));
    expect(await efficiencyOf(path)).toEqual(expected);
    expect((await parseParquet(new Uint8Array(buffer))).names).toEqual(['T_M', 's', 'Q_pr']);
    // A table asked for in the other format is found, and said so.
    const spec = await Qpr(path.replace('.parquet', '.csv'));
    expect(spec.warnings.join()).toContain('does not exist; read ');
  });

  it('records path and SHA-256, and its content is part of the identity', async () => {
    const path = temporary('a.csv', rows);
    const spec = await Qpr(path);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    expect(spec.inputs).toEqual([{ key: 'radiation.qpr_table_path', path, sha256 }]);
    const other = await Qpr(temporary('a.csv', rows.replace('0.9', '0.9000000001')));
    expect(other.identity).not.toBe(spec.identity);
    expect((await Qpr(temporary('copy.csv', rows))).identity).toBe(spec.identity);
  });

  it('says when grains are smaller than the table knows', async () => {
    const warnings = async (smallest: string) =>
      (
        await loadRunSpec({
          file: quickstart,
          overrides: [`radiation.qpr_table_path=${temporary('a.csv', rows)}`, `sizes.s_min=${smallest}`],
        })
      ).warnings;
    expect(await warnings('1e-6')).toEqual([]);
    expect((await warnings('1e-7')).join()).toContain(
      'the table starts at 0.000001 m; grains from sizes.s_min = 1e-7 m',
    );
  });

  it('is looked for beside the configuration first', async () => {
    const file = temporary('disk.yml', smallest.replace('Q_pr: 1.0', 'qpr_table_path: mine.csv'));
    const { message } = await refusal(loadRunSpec({ file }));
    expect(message).toContain(`mine.csv: no such file (looked for ${dirname(file)}/mine.csv, `);
  });

  it.each([
    ['NaN', rows.replace('0.9', 'nan'), /column Q_pr, row 2: NaN is not a finite number/],
    [
      'a hole',
      rows.replace('4000,1e-5,1\n', ''),
      /full rectangle: 2 temperatures x 2 sizes need 4 rows, it has 3; T = 4000 K, s = 0\.00001 m is missing/,
    ],
    ['a repetition', `${rows}4000,1e-5,1\n`, /row 5: T = 4000 K, s = 0\.00001 m occurs twice/],
    ['a missing column', rows.replace('Q_pr', 'Q'), /needs a column named Q_pr; it has T_M, s, Q/],
    ['one temperature', 'T_M,s,Q_pr\n3000,1e-6,0.5\n3000,1e-5,0.9\n', /at least 2 different temperatures/],
    ['one size', 'T_M,s,Q_pr\n3000,1e-6,0.5\n4000,1e-6,0.9\n', /at least 2 different sizes/],
    ['no rows', 'T_M,s,Q_pr\n', /holds no rows/],
    ['nothing', '', /is empty/],
    ['words', rows.replace('0.9', 'many'), /line 3, column Q_pr: "many" is not a number/],
    [
      'a short line',
      rows.replace('3000,1e-5,0.9', '3000,1e-5'),
      /line 3 has 2 values, the header has 3 columns/,
    ],
    ['a column twice', rows.replace('T_M,s', 's,s'), /column s appears twice/],
    ['negative efficiency', rows.replace('0.9', '-1'), /row 2: -1 must be >= 0/],
    ['negative size', rows.replaceAll('1e-6', '-1e-6'), /-0\.000001 must be > 0/],
  ])('refuses %s', async (_, text, message) => {
    const { problems } = await refusal(Qpr(temporary('bad.csv', text)));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      key: 'radiation.qpr_table_path',
      message: expect.stringMatching(message),
    });
  });

  it('refuses bytes that are no Parquet file', async () => {
    const { message } = await refusal(
      Qpr(temporary('bad.parquet', 'not parquet at all, but long enough to look')),
    );
    expect(message).toContain('is not a readable Parquet file');
  });
});

const driver = 'radiation.mars_temperature_driver';
const cooling = (path: string, ...more: string[]) =>
  loadRunSpec({
    file: quickstart,
    overrides: [
      'radiation.Q_pr=1',
      `${driver}.mode=table`,
      `${driver}.table.path=${path}`,
      'numerics.t_end_years=1',
      ...more,
    ],
  });
const lawOf = async (...args: Parameters<typeof cooling>) =>
  ((await cooling(...args)).params as MarsParams).temperature;

describe('temperature tables', () => {
  const text = 'time_day,T_K\n0,4000\n10,3500\n400,3000\n';

  it('reads times in every unit', async () => {
    const path = temporary('T.csv', text);
    const times = async (unit: string) =>
      ((await lawOf(path, `${driver}.table.time_unit=${unit}`)) as { times: number[] }).times[1]! / 10;
    expect(await times('day')).toBe(86400);
    expect(await times('s')).toBe(1);
    expect(await times('yr')).toBe(year);
    expect(await times('orbit')).toBe(orbitalPeriod(6270575));
  });

  it('reads named columns', async () => {
    const path = temporary('T.csv', text.replace('time_day,T_K', 't,surface'));
    const law = await lawOf(
      path,
      `${driver}.table.column_time=t`,
      `${driver}.table.column_temperature=surface`,
    );
    expect(law).toMatchObject({ kind: 'table', temperatures: [4000, 3500, 3000] });
  });

  it.each([
    [
      'unsorted times',
      text.replace('10,', '500,'),
      [],
      /column time_day must ascend: 400 follows 500 \(row 3\)/,
    ],
    ['a time twice', text.replace('10,', '400,'), [], /column time_day must ascend: 400 follows 400/],
    ['NaN', text.replace('3500', 'nan'), [], /column T_K, row 2: NaN/],
    ['cold', text.replace('3500', '900'), [], /row 2: 900 K is outside 1000\.\.6500 K/],
    ['hot', text.replace('3500', '7000'), [], /7000 K is outside/],
    ['one row', 'time_day,T_K\n0,4000\n', [], /at least 2 rows, it has 1/],
    [
      'a table that is too short',
      text,
      [`${driver}.extrapolation=error`, 'numerics.t_end_years=2'],
      /covers 0 s to 1\.09514 yr, the run lasts 2 yr/,
    ],
  ])('refuses %s', async (_, content, more, message) => {
    const { problems } = await refusal(cooling(temporary('T.csv', content), ...more));
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(message);
  });

  it('refuses tables that are too long to travel with a run', async () => {
    const long = Array.from({ length: 20001 }, (_, i) => `${i},4000`).join('\n');
    expect((await refusal(cooling(temporary('T.csv', `time_day,T_K\n${long}\n`)))).message).toContain(
      'has 20001 rows, at most 20000',
    );
  });
});

describe('eccentricity tables', () => {
  const profile = (text: string, ...more: string[]) =>
    loadRunSpec({
      file: quickstart,
      overrides: [
        'radiation.Q_pr=1',
        'dynamics.e_profile.mode=table',
        `dynamics.e_profile.table_path=${temporary('e.csv', text)}`,
        ...more,
      ],
    });
  const eOf = async (...args: Parameters<typeof profile>) =>
    ((await profile(...args)).params as MarsParams).eccentricity;

  it('interpolates linearly and holds the ends', async () => {
    expect(await eOf('r_RM,e\n1,0\n2.7,0.5\n')).toBeCloseTo(0.25, 14);
    expect(await eOf('r_RM,e\n2,0.1\n3,0.5\n')).toBe(0.1);
    expect(await eOf('r_RM,e\n1,0.1\n1.5,0.5\n')).toBe(0.5);
    expect(await eOf('r_m,e\n6270575,0.3\n7e6,0.5\n', 'dynamics.e_profile.r_kind=r_m')).toBe(0.3);
    expect(await eOf('r_RM,e\n1,0\n2.7,0.5\n', 'dynamics.e_profile.clip_max=0.2')).toBe(0.2);
  });

  it('refuses e >= 1 and unsorted radii', async () => {
    expect((await refusal(profile('r_RM,e\n1,0\n2,1\n'))).message).toContain(
      'column e, row 2: 1 must be >= 0 and < 1',
    );
    expect((await refusal(profile('r_RM,e\n2,0\n1,0.1\n'))).message).toContain('column r_RM must ascend');
  });
});
