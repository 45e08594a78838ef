import fs from 'node:fs';
import path from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { loadRunSpec } from '../../../src/config/load.js';
import { summaryMeanings } from '../../../src/sim/mars/summaryMeanings.js';
import { modelOf } from '../../../src/sim/models.js';
import { writeSweepSummary } from '../../../src/store/sweepSummary/write.js';
import { computeCase, definedBatch, freshBatch, mixedBatch } from './realBatch.js';

type Row = Record<string, unknown>;

function bytesOf(file: string): ArrayBuffer {
  return new Uint8Array(fs.readFileSync(file)).buffer;
}

async function rowsOf(file: string): Promise<Row[]> {
  return parquetReadObjects({ file: bytesOf(file) });
}

function footerOf(file: string): Record<string, string> {
  const { key_value_metadata: pairs } = parquetMetadata(bytesOf(file));
  return Object.fromEntries(pairs!.map(({ key, value }) => [key, value!]));
}

it('every number of a summary has a unit and a meaning, and nothing else has', async () => {
  const spec = await loadRunSpec({ file: 'configs/quickstart.yml', overrides: [] });
  const { model, params } = modelOf(spec);
  expect(Object.keys(summaryMeanings).sort()).toEqual(
    Object.keys(model.summary(model.initial(params), params)).sort(),
  );
});

describe('summary.parquet', () => {
  it('has a row for each case: axes, how it ended, and its results', async () => {
    const { layout, cases } = await mixedBatch();
    const { rows, counts } = await writeSweepSummary(layout);
    expect({ rows, ...counts }).toEqual({
      rows: 4,
      complete: 2,
      failed: 1,
      cancelled: 0,
      lost: 0,
      missing: 1,
    });
    const table = await rowsOf(layout.summary);
    expect(table.map(({ title, T, state, reason }) => ({ title, T, state, reason }))).toEqual([
      { title: 'T4000_min_bin', T: 4000, state: 'complete', reason: null },
      { title: 'T4000_powerlaw_bins', T: 4000, state: 'complete', reason: null },
      { title: 'T3000_min_bin', T: 3000, state: 'failed', reason: 'PhysicsError: "dt" fell, below 1e-30 s' },
      { title: 'T3000_powerlaw_bins', T: 3000, state: 'missing', reason: 'no summary.json' },
    ]);
    expect(Object.keys(table[0]!).slice(0, 6)).toEqual([
      ...['title', 'T', 'supply.injection.mode', 'state', 'reason', 'identity'],
    ]);
    for (const [i, one] of cases.slice(0, 2).entries()) {
      const file = path.join(layout.folder, one.title, 'summary.json');
      const { conserved, ...summary } = JSON.parse(fs.readFileSync(file, 'utf8'));
      for (const name of Object.keys(summaryMeanings)) expect(table[i]![name]).toBe(summary[name]);
      expect(table[i]).toMatchObject({
        conserved_mass_max_error: conserved[0].error,
        identity: one.spec.identity,
      });
    }
    for (const name of Object.keys(summaryMeanings)) expect(table[2]![name]).toBeNull();
    const footer = footerOf(layout.summary);
    expect(JSON.parse(footer.units!)).toMatchObject({ T: 'K', M_loss: 'M_Mars', title: '', tau_max: '' });
    expect(JSON.parse(footer.definitions!)).toMatchObject({ M_loss: 'mass lost, blown out and by sinks' });
    expect(JSON.parse(footer.definitions!).T).toMatch(/^radiation\.TM_K: /);
    expect(footer).toMatchObject({ table: 'summary', model: 'mars-disk' });
    expect(Object.values(JSON.parse(footer.definitions!)).filter((text) => text === '')).toEqual([]);
  });

  it('has the same bytes wherever and whenever its cases were computed', async () => {
    const [first, second] = [await mixedBatch(), await mixedBatch(freshBatch('elsewhere'))];
    const { sha256 } = await writeSweepSummary(first.layout);
    expect((await writeSweepSummary(second.layout)).sha256).toBe(sha256);
    expect((await writeSweepSummary(first.layout)).sha256).toBe(sha256);
    expect(fs.readdirSync(first.layout.folder).filter((name) => name.startsWith('.tmp'))).toEqual([]);
  });

  it('does not believe a summary that belongs to another case, or is cut off', async () => {
    const { layout, cases } = await mixedBatch();
    const [first, second] = cases.map(({ title }) => path.join(layout.folder, title, 'summary.json'));
    const text = fs.readFileSync(first!, 'utf8');
    fs.writeFileSync(second!, text);
    fs.writeFileSync(first!, text.slice(0, 100));
    await writeSweepSummary(layout);
    const table = await rowsOf(layout.summary);
    expect(table.map(({ state }) => state)).toEqual(['missing', 'missing', 'failed', 'missing']);
    expect(table[0]!.reason).toMatch(/^summary\.json: .*JSON/);
    expect(table[1]!.reason).toBe('summary.json belongs to another run');
    expect(table[1]!.M_loss).toBeUndefined();
  });

  it('knows what the folders say where no sweep has left a record', async () => {
    const { layout } = await mixedBatch();
    fs.rmSync(layout.caseStatus);
    const { counts } = await writeSweepSummary(layout);
    expect(counts).toMatchObject({ complete: 2, missing: 2 });
  });

  it('takes a batch of the original program, NaN in its summaries included', async () => {
    const layout = freshBatch();
    const summaries = {
      T4000_eps0p5_tau1p0_i00p05:
        '{"M_loss": 1e-9, "case_status": "blowout", "beta": NaN, "note": "NaN", "sub": {"a": 1}}',
      T5000_eps1p0_tau0p5_i00p01_mu2: '{"M_loss": -Infinity, "case_status": "ok"}',
    };
    for (const [title, text] of Object.entries(summaries)) {
      fs.mkdirSync(path.join(layout.folder, title), { recursive: true });
      fs.writeFileSync(path.join(layout.folder, title, 'summary.json'), text);
    }
    fs.mkdirSync(path.join(layout.folder, 'T3000', 'series'), { recursive: true });
    fs.mkdirSync(path.join(layout.folder, 'plots'));
    await writeSweepSummary(layout);
    const [lost, ...table] = await rowsOf(layout.summary);
    expect(lost).toMatchObject({ title: 'T3000', T: 3000, eps: null, state: 'missing' });
    expect(table[0]).toMatchObject({
      T: 4000,
      eps: 0.5,
      tau: 1,
      i0: 0.05,
      mu: null,
      M_loss: 1e-9,
      beta: null,
    });
    expect(table[0]).toMatchObject({ state: 'complete', note: 'NaN', sub_a: 1 });
    expect(table[1]).toMatchObject({ T: 5000, mu: 2, M_loss: null });
  });

  it('gives axes names of their own', async () => {
    const layout = freshBatch();
    const values = { State: true, m_loss: 'a' };
    const cases = await definedBatch(layout, [
      { title: 'a', values, overrides: [] },
      { title: 'b', values: { ...values, State: false, m_loss: 2 }, overrides: ['radiation.TM_K=3500'] },
    ]);
    await computeCase(layout, cases[0]!);
    await writeSweepSummary(layout);
    const [a, b] = await rowsOf(layout.summary);
    expect(a).toMatchObject({ state: 'complete', axis_State: true, m_loss: 'a' });
    expect(a!.result_M_loss).toBeGreaterThan(0);
    expect(b).toMatchObject({ state: 'missing', axis_State: false, m_loss: '2', result_M_loss: null });
  });

  it('an empty batch has an empty summary', async () => {
    const layout = freshBatch();
    fs.mkdirSync(layout.folder, { recursive: true });
    expect((await writeSweepSummary(layout)).rows).toBe(0);
    expect(await rowsOf(layout.summary)).toEqual([]);
  });
});
