import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type BatchLayout, batchLayout } from '../../../src/store/batch/batchLayout.js';
import { checkBatch } from '../../../src/store/completeness/checkBatch.js';
import { readOriginalList } from '../../../src/store/completeness/originalList.js';
import { countsOf } from '../../../src/store/completeness/reportFiles.js';
import { times, writeRun, writeSeries } from './originalBatch.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-original-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const list = '5000 1.0 1.0 0.05\n5000 0.5 1.0 0.05\n4000.0 1.0 0.5 0.005\n';
const [a, b, c] = [
  'T5000_eps1p0_tau1p0_i00p05',
  'T5000_eps0p5_tau1p0_i00p05',
  'T4000p0_eps1p0_tau0p5_i00p005',
] as const;
let batches = 0;

/** A complete batch of three cases. */
function batch(text = list): BatchLayout {
  batches += 1;
  const layout = batchLayout(
    path.join(folder, 'temp_supply_sweep', `20250101-000000__nogit__seed${batches}`),
  );
  fs.mkdirSync(layout.checks, { recursive: true });
  fs.writeFileSync(layout.expectedList, text);
  writeRun(path.join(layout.folder, a), { T: 5000, eps: 1, tau: 1, i0: 0.05 });
  writeRun(path.join(layout.folder, b), { T: 5000, eps: 0.5, tau: 1, i0: 0.05 });
  writeRun(path.join(layout.folder, c), { T: 4000, eps: 1, tau: 0.5, i0: 0.005 });
  return layout;
}

async function check(layout: BatchLayout, archive: string | null = null) {
  const found = await checkBatch(layout, { archive, require: [] });
  const open = found.cases.filter(({ status }) => status !== 'ok');
  return { found, open: Object.fromEntries(open.map(({ title, status, why }) => [title, [status, ...why]])) };
}

it('is understood by its list and found whole, bare NaN and all', async () => {
  const { found, open } = await check(batch());
  expect(open).toEqual({});
  expect(found.cases.map(({ title }) => title)).toEqual([a, b, c]);
});

it('its list: titles come from the text; what is no case is said, and hides no other', () => {
  const { cases, unreadable } = readOriginalList(
    '# comment\n\n5000 1.0 1.0\n5000,0.5,1.0,0.05,10.5 # x\n1 2\n1 2 x\n4000 nan 1.0 # title=mine i=1\n',
  );
  expect(cases).toEqual([
    { title: 'T5000_eps1p0_tau1p0', values: { T: 5000, eps: 1, tau: 1 } },
    { title: 'T5000_eps0p5_tau1p0_i00p05_mu10p5', values: { T: 5000, eps: 0.5, tau: 1, i0: 0.05, mu: 10.5 } },
    { title: 'mine', values: { T: 4000, tau: 1 } },
  ]);
  expect(unreadable).toEqual(['line 5 describes no case: 1 2', 'line 6 describes no case: 1 2 x']);
});

it('cases asked for twice, folders that nobody asked for and lines without a case are findings', async () => {
  const layout = batch(`${list}5000 1.0 1.0 0.05\nT 5000\n`);
  fs.mkdirSync(path.join(layout.folder, 'T_eps_tau'));
  const { found } = await check(layout);
  expect(found).toMatchObject({ unexpected: ['T_eps_tau'], duplicates: [a] });
  expect(found.problems).toEqual([
    { file: 'checks/expected_sweep_list.txt', reason: 'line 5 describes no case: T 5000' },
  ]);
  expect(countsOf(found)).toMatchObject({ expected_cases: 3, duplicate_titles: [a] });
});

describe('a case of it', () => {
  const budget = 'checks/mass_budget.csv';
  const run = 'series/run.parquet';
  const rewrite = (name: string, change: (text: string) => string) => (at: string) => {
    const file = path.join(at, name);
    fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
  };
  it.each<[string, (at: string) => void, (string | RegExp)[]]>([
    ['is missing', (at) => fs.rmSync(at, { recursive: true }), ['missing']],
    ['lacks its series', (at) => fs.rmSync(path.join(at, run)), ['partial', `missing: ${run}`]],
    [
      'was interrupted',
      (at) => {
        for (const name of ['summary.json', run]) fs.rmSync(path.join(at, name));
        writeSeries(path.join(at, 'series/run_chunk_000000000_000000004.parquet'), times);
      },
      ['partial', 'missing: summary.json', 'it has not ended: its rows are still in pieces'],
    ],
    [
      'has half a summary',
      (at) => fs.truncateSync(path.join(at, 'summary.json'), 20),
      ['damaged', /summary\.json is not valid JSON/],
    ],
    [
      "has another case's configuration",
      rewrite('run_config.json', (text) => text.replace('5000', '4000')),
      ['damaged', 'run_config.json is of another case: T is 4000, expected 5000'],
    ],
    [
      'has lost rows',
      (at) => writeSeries(path.join(at, run), [20, 40, 80, 90]),
      ['damaged', `${run} row 3: rows are missing between 40 s and 80 s`],
    ],
    [
      'has rows twice',
      (at) => writeSeries(path.join(at, run), [20, 40, 40, 60]),
      ['damaged', `${run} row 3: time 40 s does not lie behind 40 s`],
    ],
    ['has no rows', (at) => writeSeries(path.join(at, run), []), ['damaged', `${run} holds no rows`]],
    [
      'has a series that is cut off',
      (at) => fs.truncateSync(path.join(at, run), 300),
      ['damaged', /cannot be read as Parquet/],
    ],
    [
      'is out of balance',
      rewrite(budget, (text) => text.replace('60,1e-7,1e-7,0,0,0.001', '60,1e-7,1e-7,0,0,0.7')),
      ['damaged', `${budget} row 3: the mass budget is off by 0.7 %, allowed are 0.5 %`],
    ],
    [
      'has half a line of the budget',
      rewrite(budget, (text) => text.slice(0, -12)),
      ['damaged', /mass_budget\.csv row 5 has \d cells, its header has 7/],
    ],
    [
      'has a budget of nothing',
      rewrite(budget, (text) => text.slice(0, text.indexOf('\n'))),
      ['damaged', `${budget} holds no rows`],
    ],
  ])('%s', async (_, damage, expected) => {
    const layout = batch();
    damage(path.join(layout.folder, a));
    const { open } = await check(layout);
    expect(Object.keys(open)).toEqual([a]);
    expect(open[a]).toHaveLength(expected.length);
    for (const [i, words] of expected.entries()) {
      if (typeof words === 'string') expect(open[a]![i]).toBe(words);
      else expect(open[a]![i]).toMatch(words);
    }
  });

  it('that was never merged is whole when its chunks follow each other', async () => {
    const layout = batch();
    const at = path.join(layout.folder, b, 'series');
    fs.rmSync(path.join(at, 'run.parquet'));
    writeSeries(path.join(at, 'run_chunk_000000000_000000001.parquet'), [20, 40]);
    writeSeries(path.join(at, 'run_chunk_000000002_000000004.parquet'), [60, 80, 90]);
    expect((await check(layout)).open).toEqual({});
    fs.renameSync(
      path.join(at, 'run_chunk_000000002_000000004.parquet'),
      path.join(at, 'run_chunk_000000003_000000005.parquet'),
    );
    expect((await check(layout)).open).toEqual({
      [b]: ['damaged', 'series/run_chunk_000000003_000000005.parquet begins at step 3, expected 2'],
    });
  });
});

describe('its archive', () => {
  function archived(): { layout: BatchLayout; archive: string; copy: string } {
    const layout = batch();
    const archive = `${layout.folder}-archive`;
    const copy = path.join(archive, c);
    fs.cpSync(path.join(layout.folder, c), copy, { recursive: true });
    fs.writeFileSync(path.join(copy, 'ARCHIVE_DONE'), 'ok\n');
    fs.rmSync(path.join(layout.folder, c, 'series'), { recursive: true });
    return { layout, archive, copy };
  }

  it('has what is not here any more', async () => {
    const { layout, archive } = archived();
    expect((await check(layout)).open).toEqual({ [c]: ['partial', 'missing: series/run.parquet'] });
    const { found, open } = await check(layout, archive);
    expect(open).toEqual({ [c]: ['archived_only'] });
    expect(found.cases.map(({ foundArchive }) => foundArchive)).toEqual([false, false, true]);
    expect(countsOf(found)).toMatchObject({ missing_files_total: 0, archive_failures: 0, not_ok: [] });
  });

  it('counts for nothing when the copy was not finished, or is damaged', async () => {
    const { layout, archive, copy } = archived();
    fs.writeFileSync(path.join(copy, 'INCOMPLETE'), 'disk full\n');
    const { found, open } = await check(layout, archive);
    expect(open[c]).toEqual([
      'partial',
      'missing: series/run.parquet',
      `${copy}: not a finished archive`,
      'INCOMPLETE: disk full',
    ]);
    expect(countsOf(found)).toMatchObject({ archive_failures: 1, missing_files_total: 1 });
    fs.rmSync(path.join(copy, 'INCOMPLETE'));
    fs.truncateSync(path.join(copy, 'series/run.parquet'), 300);
    expect((await check(layout, archive)).open[c]![1]).toMatch(
      /in the archive: series\/run\.parquet cannot be read/,
    );
  });

  it('says why nothing was copied', async () => {
    const layout = batch();
    fs.writeFileSync(path.join(layout.folder, b, 'ARCHIVE_SKIPPED'), 'no such folder\n');
    const { found, open } = await check(layout);
    expect(open).toEqual({});
    expect(countsOf(found)).toMatchObject({ archive_failures: 1, by_status: { ok: 3 } });
  });
});
