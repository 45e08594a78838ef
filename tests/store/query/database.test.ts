import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { loadRunSpec } from '../../../src/config/load.js';
import { batchLayout } from '../../../src/store/batch/batchLayout.js';
import { BatchDatabase, QueryError } from '../../../src/store/query/database.js';
import { readColumns } from '../../../src/store/series.js';
import { writeSummaryOf, writeSweepSummary } from '../../../src/store/sweepSummary/write.js';
import { computeRun, definedBatch, freshBatch, mixedBatch } from '../sweepSummary/realBatch.js';

type Source = Parameters<typeof BatchDatabase.open>[0];
type Row = Record<string, unknown>;

const limits = { memory: 200 * 2 ** 20, threads: 1 };

async function ask(source: Source, sql: string, within = limits): Promise<Row[]> {
  const database = await BatchDatabase.open(source, sql, within);
  try {
    const result = await database.query(sql);
    const names = result.columnNames();
    const rows: Row[] = [];
    for await (const chunk of result.yieldRowsJs()) {
      for (const row of chunk) rows.push(Object.fromEntries(names.map((name, i) => [name, row[i]])));
    }
    return rows;
  } finally {
    database.close();
  }
}

/** A folder whose name SQL and patterns could take for something else. */
async function batch(): Promise<Source> {
  const { layout } = await mixedBatch(freshBatch("it's [1] *"));
  await writeSweepSummary(layout);
  return { folder: layout.folder, summary: layout.summary };
}

let source: Source;
beforeAll(async () => {
  source = await batch();
}, 60_000);

function columnsOf(title: string, series: string, names: readonly string[]) {
  return readColumns(path.join(source.folder, title, 'series', `${series}.parquet`), names);
}

describe('a query over a batch', () => {
  it('finds all cases, and the series of the complete ones', async () => {
    const rows = await ask(source, 'SELECT title, T, state, M_loss FROM cases ORDER BY ALL');
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'missing', 'complete', 'complete']);
    const counted = await ask(
      source,
      'SELECT title, count(*)::INT AS n, max(tau) AS peak FROM run GROUP BY 1 ORDER BY 1',
    );
    for (const { title, n, peak } of counted) {
      const { tau } = await columnsOf(String(title), 'run', ['tau']);
      expect([n, peak]).toEqual([tau!.length, Math.max(...tau!)]);
    }
    expect(counted.map(({ title }) => title)).toEqual(['T4000_min_bin', 'T4000_powerlaw_bins']);
  });

  it('gives back every row of a series as it stands in the file', async () => {
    const sql = "SELECT time, tau, Sigma_surf FROM run WHERE title = 'T4000_powerlaw_bins' ORDER BY step";
    const rows = await ask(source, sql);
    const columns = await columnsOf('T4000_powerlaw_bins', 'run', ['time', 'tau', 'Sigma_surf']);
    for (const name of Object.keys(columns)) {
      expect(rows.map((row) => row[name])).toEqual([...columns[name]!]);
    }
  });

  it('has nulls where a run has no number, so that extremes, means and SUMMARIZE answer', async () => {
    const { supply_feedback_scale } = await columnsOf('T4000_min_bin', 'run', ['supply_feedback_scale']);
    expect(supply_feedback_scale!.every(Number.isNaN)).toBe(true);
    const sql = 'SELECT max(supply_feedback_scale) AS most, count(supply_feedback_scale)::INT AS n FROM run';
    expect(await ask(source, sql)).toEqual([{ most: null, n: 0 }]);
    const columns = await ask(source, 'SELECT column_name AS name FROM (SUMMARIZE run)');
    expect(columns.map(({ name }) => name)).toContain('supply_feedback_scale');
  });

  it('has the axes beside the rows, and the size bins and the mass budget', async () => {
    const [row] = await ask(
      source,
      'SELECT h.T, h."supply.injection.mode" AS mode, sum(n000 * b.mass)::DOUBLE AS mass FROM psd_hist h ' +
        "JOIN bins b USING (title) WHERE h.step = 0 AND b.bin = 0 AND title = 'T4000_min_bin' GROUP BY ALL",
    );
    expect(row).toMatchObject({ T: 4000, mode: 'min_bin' });
    const budget = await ask(source, 'SELECT max(error_percent) AS e, count(*)::INT AS n FROM mass_budget');
    expect(budget[0]!.e).toBeLessThan(1e-10);
    expect(budget[0]!.n).toBeGreaterThan(100);
    const views = await ask(source, 'SHOW TABLES');
    expect(views.map(({ name }) => name)).toEqual(['bins', 'cases', 'mass_budget', 'psd_hist', 'run']);
  });

  it('opens only the files of the titles that it asks for', async () => {
    const sql = "EXPLAIN ANALYZE SELECT max(tau) FROM run WHERE title = 'T4000_min_bin'";
    const [plan] = await ask(source, sql);
    expect(String(plan!.explain_value)).toMatch(/Total Files Read: 1\b/);
  });

  it.each([
    ["COPY (SELECT 1) TO '%f/out.csv'", /Permission|COPY/],
    ["COPY (SELECT 1 AS a) TO '%s'", /COPY statements are not allowed/],
    ["EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '%s'", /EXPLAIN takes a single SELECT/],
    ["SELECT 1; EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '%s'", /EXPLAIN takes a single SELECT/],
    ["ATTACH '%s.db' AS a", /ATTACH statements are not allowed/],
    ["SELECT * FROM read_text('/etc/passwd')", /Permission Error/],
    ["SELECT * FROM 'https://example.org/a.parquet'", /Permission|not allowed|disabled|extension/i],
    ['INSTALL httpfs', /not allowed|Permission/],
    ["SET memory_limit = '10GB'", /locked|SET statements are not allowed/],
    ['DROP VIEW cases', /DROP statements are not allowed/],
    ['  ', /empty/],
    ['-- nothing\n;', /empty/],
    ['SELECT * FROM rum', /Table with name rum does not exist[\s\S]*Did you mean "run"/],
    ['SELECT toe FROM cases', /"toe" not found/],
  ])('refuses %s', async (sql, message) => {
    const before = fs.readFileSync(source.summary);
    const text = sql
      .replaceAll('%s', source.summary.replaceAll("'", "''"))
      .replaceAll('%f', path.dirname(source.folder).replaceAll("'", "''"));
    const failure = ask(source, text);
    await expect(failure).rejects.toBeInstanceOf(QueryError);
    await expect(failure).rejects.toThrow(message);
    expect(fs.readFileSync(source.summary).equals(before)).toBe(true);
    expect(fs.readdirSync(source.folder).sort()).toEqual([
      'T4000_min_bin',
      'T4000_powerlaw_bins',
      'checks',
      'summary.parquet',
    ]);
  });

  it('may use tables of its own, for PIVOT', async () => {
    const sql =
      'PIVOT (SELECT title, step, tau FROM run WHERE step < 3) ON title USING max(tau) GROUP BY step ORDER BY step';
    expect(Object.keys((await ask(source, sql))[0]!)).toEqual([
      'step',
      'T4000_min_bin',
      'T4000_powerlaw_bins',
    ]);
  });

  it('takes no more memory than it may', async () => {
    const sql = 'SELECT list(a.range + b.range) AS l FROM range(100000) a, range(1000) b';
    await expect(ask(source, sql, { ...limits, memory: 30 * 2 ** 20 })).rejects.toThrow(/Out of Memory/);
  });

  it('leaves nothing behind', async () => {
    // A folder of its own: other suites ask at the same time.
    const own = fs.mkdtempSync(path.join(path.dirname(source.folder), 'tmp-'));
    const elsewhere = jest.spyOn(os, 'tmpdir').mockReturnValue(own);
    await ask(source, 'SELECT 1');
    expect(elsewhere).toHaveBeenCalled();
    elsewhere.mockRestore();
    expect(fs.readdirSync(own)).toEqual([]);
  });
});

describe('series that differ from case to case', () => {
  it('has the accounts that a case was asked for, wherever they stand in its folder', async () => {
    const layout = freshBatch();
    const file = { file: 'configs/quickstart.yml', outdir: path.join(layout.folder, 'accounts') };
    const keys = ['numerics.orbit_rollup=true', 'diagnostics.energy_bookkeeping.enabled=true'];
    await computeRun(await loadRunSpec({ ...file, overrides: ['numerics.t_end_years=0.005', ...keys] }));
    await writeSweepSummary(layout);
    const own = { folder: layout.folder, summary: layout.summary };
    const sql = (view: string) => `SELECT count(*)::INT > 0 AS any FROM ${view}`;
    for (const view of ['orbit_rollup', 'energy', 'energy_budget']) {
      expect(await ask(own, sql(view))).toEqual([{ any: true }]);
    }
  });

  it('are put together by name, all of their columns', async () => {
    const layout = freshBatch();
    const titles = ['few', 'many'];
    for (const [i, title] of titles.entries()) {
      const file = { file: 'configs/quickstart.yml', outdir: path.join(layout.folder, title) };
      const overrides = ['numerics.t_end_years=0.0001', `sizes.n_bins=${20 + i}`];
      await computeRun(await loadRunSpec({ ...file, overrides }));
    }
    await writeSweepSummary(layout);
    const own = { folder: layout.folder, summary: layout.summary };
    const sql =
      'SELECT title, n019 IS NULL AS a, n020 IS NULL AS b FROM psd_hist WHERE step = 0 ORDER BY title';
    expect(await ask(own, sql)).toEqual([
      { title: 'few', a: false, b: true },
      { title: 'many', a: false, b: false },
    ]);
  });

  it('names a damaged file', async () => {
    const { folder, summary } = await batch();
    const file = path.join(folder, 'T4000_min_bin', 'series', 'run.parquet');
    fs.truncateSync(file, 1000);
    await expect(ask({ folder, summary }, 'SELECT * FROM run')).rejects.toMatchObject({
      name: 'DamagedData',
      file,
    });
    expect(await ask({ folder, summary }, 'SELECT count(*)::INT AS n FROM cases')).toEqual([{ n: 4 }]);
  });
});

it('an axis with the name of a column has another name in the series', async () => {
  const layout = freshBatch();
  const [one] = await definedBatch(layout, [
    { title: 'a', values: { tau: 0.5 }, overrides: ['optical_depth.tau0_target=0.5'] },
  ]);
  await computeRun({ ...one!.spec, outdir: path.join(layout.folder, 'a') });
  await writeSweepSummary(layout);
  const own = { folder: layout.folder, summary: layout.summary };
  const [row] = await ask(own, 'SELECT axis_tau, tau FROM run WHERE step = 0');
  expect(row!.axis_tau).toBe(0.5);
  expect(row!.tau).toBeCloseTo(0.5, 6);
});

it('a single run is a batch of one', async () => {
  const above = batchLayout(source.folder);
  const summary = path.join(path.dirname(source.folder), 'one.parquet');
  const cases = [{ title: 'T4000_min_bin', values: {}, identity: null }];
  await writeSummaryOf(above, { identity: null, model: null, cases }, summary);
  const rows = await ask({ folder: above.folder, summary }, 'SELECT DISTINCT title FROM run');
  expect(rows).toEqual([{ title: 'T4000_min_bin' }]);
});
