import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { tableText } from '../../src/report/queryTable.js';
import type { BatchLayout } from '../../src/store/batch/batchLayout.js';
import { mixedBatch } from '../store/sweepSummary/realBatch.js';

function marsdisk(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/marsdisk', ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('marsdisk query', () => {
  let layout: BatchLayout;
  beforeAll(async () => {
    ({ layout } = await mixedBatch());
  }, 60_000);

  it('answers before there is a summary.parquet, and does not write one', () => {
    const sql = 'SELECT title, T, state, M_loss > 0 AS lost FROM cases ORDER BY title';
    const { code, stdout } = marsdisk('query', layout.folder, sql);
    expect(stdout).toBe(
      `title                   T  state     lost
───────────────────  ────  ────────  ────
T3000_min_bin        3000  failed    –
T3000_powerlaw_bins  3000  missing   –
T4000_min_bin        4000  complete  true
T4000_powerlaw_bins  4000  complete  true
`,
    );
    expect(code).toBe(0);
    expect(fs.existsSync(layout.summary)).toBe(false);
  });

  it('prints csv that loses nothing', () => {
    const sql =
      "SELECT title, time, NULL AS nothing, 'a,b' AS text FROM run ORDER BY title, step LIMIT 2 OFFSET 1";
    const { stdout } = marsdisk('query', layout.folder, sql, '--format', 'csv');
    expect(stdout).toMatch(/^title,time,nothing,text\nT4000_min_bin,\S+,,"a,b"\nT4000_min_bin,\S+,,"a,b"\n$/);
  });

  it('prints json', () => {
    const sql = "SELECT count(*) AS n, 'nan'::DOUBLE AS x, [1, 2] AS list FROM cases";
    const { stdout } = marsdisk('query', layout.folder, sql, '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      schema: 1,
      columns: [
        { name: 'n', type: 'BIGINT' },
        { name: 'x', type: 'DOUBLE' },
        { name: 'list', type: 'INTEGER[]' },
      ],
      rows: [{ n: 4, x: null, list: [1, 2] }],
    });
  });

  it('says what is wrong with a query, and which views there are', () => {
    const { code, stdout, stderr } = marsdisk('query', layout.folder, 'SELECT * FROM rum');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/Table with name rum does not exist/);
    expect(stderr).toMatch(/Views here: cases, bins, mass_budget, psd_hist, run\n$/);
  });

  it('takes the folder of a single run', () => {
    const folder = path.join(layout.folder, 'T4000_min_bin');
    const { stdout } = marsdisk('query', folder, 'SELECT title, state FROM cases', '--format', 'csv');
    expect(stdout).toBe('title,state\nT4000_min_bin,complete\n');
  });

  it.each([
    ['a folder that is none', '/no/such/folder', /is no folder/],
    ['a folder without cases', 'configs', /holds neither a run nor the cases of a batch/],
  ])('refuses %s', (_, folder, message) => {
    const { code, stderr } = marsdisk('query', folder, 'SELECT 1');
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('marsdisk summarize writes the summary, and refuses what is no batch', async () => {
    const { code, stdout } = marsdisk('summarize', layout.folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/summary\.parquet: 4 cases \(2 complete, 1 failed, 1 missing\)\n$/);
    const bytes = new Uint8Array(fs.readFileSync(layout.summary)).buffer;
    expect(await parquetReadObjects({ file: bytes })).toHaveLength(4);
    expect(marsdisk('summarize', path.join(layout.folder, 'T4000_min_bin')).code).toBe(2);
  });
});

describe('the table of a query', () => {
  it('lets columns in the middle give way to the width', () => {
    const names = ['title', 'second', 'third', 'fourth', 'last'];
    const rows = [['a', 1, 2.123456789, null, 1e-30]];
    expect(tableText(names, rows, 31)).toEqual({
      lines: [
        'title  second  …  fourth   last',
        '─────  ──────  ─  ──────  ─────',
        'a           1  …       –  1e-30',
      ],
      hidden: 1,
    });
    expect(tableText(names, rows, null)).toMatchObject({ hidden: 0 });
    expect(tableText(names, rows, 10).lines[0]).toBe('title  …');
  });

  it('writes each value so that it can be read', () => {
    const row = [Number.NaN, 123456.789, 12n, true, 'x'.repeat(100), new Date(0), ['a', 1n]];
    const { lines } = tableText(['a', 'b', 'c', 'd', 'e', 'f', 'g'], [row], null);
    expect(lines[2]).toBe(`NaN  1.23457e5  12  true  ${'x'.repeat(59)}…  1970-01-01T00:00:00.000Z  ["a",1]`);
  });
});
