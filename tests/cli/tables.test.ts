import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { parseCsv } from '../../src/config/tables/csv.js';
import { efficiencyTable } from '../../src/config/tables/efficiency.js';
import { parseParquet } from '../../src/config/tables/parquet.js';

const folder = fs.mkdtempSync(path.join(tmpdir(), 'marsdisk-tables-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const command = path.resolve('bin/marsdisk');

function marsdisk(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'tables', ...args], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { code: status, stdout, stderr };
}

/** A table of a second: few sizes, none of them large. */
const small = ['--sizes', '1e-8:1e-6:5', '--temperatures', '1000,2000,4000,6500'];

describe('marsdisk tables qpr', () => {
  it('writes what a run can read, the same bytes with any number of threads, and says how it came about', () => {
    const { code, stdout, stderr } = marsdisk('qpr', '--material', 'silica', ...small, '-j', '1', '-q');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^qpr_silica.csv: 5 sizes x 4 temperatures, SHA-256 [0-9a-f]{64}\n$/);
    const text = fs.readFileSync(path.join(folder, 'qpr_silica.csv'), 'utf8');
    const table = efficiencyTable(parseCsv(text));
    expect(table.sizes).toEqual([1e-8, 3.16228e-8, 1e-7, 3.16228e-7, 1e-6]);
    expect(table.temperatures).toEqual([1000, 2000, 4000, 6500]);
    expect(text).toContain('# material: silica, amorphous SiO2\n');
    expect(text).toContain('# k_floor: 0.000001\n');
    expect(text).toMatch(/# program: marsdisk \d+\.\d+\.\d+\n/);
    marsdisk('qpr', '--material', 'silica', ...small, '-j', '2', '--out', 'again.csv');
    expect(fs.readFileSync(path.join(folder, 'again.csv'), 'utf8')).toBe(text);
  });

  it('writes Parquet with the same numbers and provenance', async () => {
    marsdisk('qpr', '--material', 'silica', ...small, '--out', 'same.csv');
    const json = JSON.parse(
      marsdisk('qpr', '--material', 'silica', ...small, '--out', 'new/s.parquet', '--json').stdout,
    );
    expect(json).toMatchObject({ material: 'silica', rows: 20, sizes: 5, temperatures: 4 });
    const bytes = fs.readFileSync(path.join(folder, 'new/s.parquet'));
    const csv = parseCsv(fs.readFileSync(path.join(folder, 'same.csv'), 'utf8'));
    expect(efficiencyTable(await parseParquet(bytes))).toEqual(efficiencyTable(csv));
    const file = new Uint8Array(bytes).buffer as ArrayBuffer;
    const { key_value_metadata } = await parquetMetadataAsync(file);
    const said = Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value]));
    expect(said.large_spheres).toBe('as computed');
    expect(JSON.parse(said.units!)).toEqual({ T_K: 'K', s_m: 'm', Q_pr: '' });
    expect((await parquetReadObjects({ file }))[0]).toMatchObject({ T_K: 1000, s_m: 1e-8 });
  });

  it('says how far it is when it takes more than two seconds', () => {
    const args = [
      'qpr',
      '--material',
      'forsterite',
      '--sizes',
      '5e-4:1e-2:24',
      '--temperatures',
      '1000,2000',
    ];
    const told = marsdisk(...args, '-j', '1', '--out', 'long.csv');
    expect(told.stderr).toMatch(/^(Q_pr of forsterite: \d+ of 24 sizes\n)+$/);
    expect(told.stdout).not.toContain('Q_pr of');
  });

  it('--compat and --k-floor change the table as they say', () => {
    const Q = (...more: string[]) => {
      const args = ['qpr', '--material', 'forsterite', '--sizes', '1e-4,1', '--temperatures', '4000,6000'];
      expect(marsdisk(...args, ...more, '--out', 'q.csv', '--force').code).toBe(0);
      return efficiencyTable(parseCsv(fs.readFileSync(path.join(folder, 'q.csv'), 'utf8'))).values;
    };
    // spec/optics.md 3: k_floor 1e-6, 1e-2, and the cut of the original.
    const [clear, boulder] = Q();
    expect(clear).toBeCloseTo(0.443, 3);
    expect(boulder).toBeCloseTo(0.96, 3);
    expect(Q('--k-floor', '1e-2')[0]).toBeCloseTo(0.973, 3);
    expect(Q('--compat')[1]).toBe(1);
  });

  it.each([
    [['qpr'], /required option '--material <NAME>'/],
    [['qpr', '--material', 'ice'], /ice.*forsterite, silica/s],
    [['qpr', '--material', 'silica', '--sizes', '1e-6,1e-7'], /1e-7 follows 0.000001: the nodes must ascend/],
    [['qpr', '--material', 'silica', '--sizes', '1e-6:1'], /FROM:TO:COUNT/],
    [['qpr', '--material', 'silica', '--sizes', '1e-12,1'], /1e-12 is outside 1e-9..100 m/],
    [['qpr', '--material', 'silica', '--temperatures', '20,3000'], /20 is outside 100..10000 K/],
    [['qpr', '--material', 'silica', '--temperatures', '3000'], /2 to 1000 nodes/],
    [['qpr', '--material', 'silica', '--k-floor', '-1'], /from 0 to 1/],
    [['qpr', '--material', 'silica', '--k-floor', '1e-3', '--compat'], /leave out --k-floor, or --compat/],
    [['qpr', '--material', 'silica', '--out', 'table.txt'], /must end in .csv or .parquet/],
    [['qpr', '--material', 'silica', '--out', 'there.csv'], /there.csv exists: .*--force/],
  ])('refuses %j', (args, message) => {
    fs.writeFileSync(path.join(folder, 'there.csv'), '');
    const { code, stdout, stderr } = marsdisk(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
