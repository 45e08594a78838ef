import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { activitiesOf } from '../../../src/activities/index.js';
import { type BatchLayout, batchLayout } from '../../../src/store/batch/batchLayout.js';
import { writeCaseStatus } from '../../../src/store/batch/caseStatus.js';
import { checkBatch } from '../../../src/store/completeness/checkBatch.js';
import { countsOf, writeReport } from '../../../src/store/completeness/reportFiles.js';
import { defineBatch, dependenciesOf, finish } from '../../activities/finishedRun.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-check-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const options = { archive: null, require: [] };
const whole = path.join(folder, 'tests', 'whole');

beforeAll(async () => {
  const overrides = { a: 'dynamics.i0=0.05', b: 'dynamics.i0=0.01', c: 'optical_depth.tau0_target=0.5' };
  const { specs } = await defineBatch(whole, overrides);
  for (const spec of specs) await finish(spec, { steps: 20 });
});

let copies = 0;

/** A copy of the finished batch, for one test. */
function copy(): BatchLayout {
  copies += 1;
  const target = path.join(folder, 'tests', `copy-${copies}`);
  fs.cpSync(whole, target, { recursive: true });
  return batchLayout(target);
}

/** Status and reasons of the cases that are not ok, and the numbers. */
async function checked(layout: BatchLayout, more = {}) {
  const found = await checkBatch(layout, { ...options, ...more });
  const open = found.cases.filter(({ status }) => status !== 'ok');
  return { found, open: Object.fromEntries(open.map(({ title, status, why }) => [title, [status, ...why]])) };
}

const files = [
  'summary.json',
  'run_config.json',
  'checks/mass_budget.csv',
  'checks/merged.json',
  'series/run.parquet',
  'series/psd_hist.parquet',
  'series/psd_bins.parquet',
];

it('finds a whole batch whole, and writes the same files for it wherever it lies', async () => {
  const written = [copy(), copy()].map(async (layout) => {
    const { found, open } = await checked(layout);
    expect(open).toEqual({});
    writeReport(found, { csv: layout.completenessCsv, json: layout.completenessJson });
    return [layout.completenessCsv, layout.completenessJson].map((file) => fs.readFileSync(file, 'utf8'));
  });
  const [one, other] = await Promise.all(written);
  expect(one).toEqual(other);
  expect(one![0]).toBe(
    'case_id,expected_dir,found_local,found_archive,missing_files,status\n' +
      'a,a,true,false,,ok\nb,b,true,false,,ok\nc,c,true,false,,ok\n',
  );
  expect(JSON.parse(one![1]!)).toMatchObject({
    ...{ expected_cases: 3, found_cases: 3, missing_cases: 0, missing_files_total: 0, archive_failures: 0 },
    ...{ by_status: { ok: 3 }, unexpected_folders: [], duplicate_titles: [], not_ok: [] },
  });
});

describe.each(files)('%s of one case', (file) => {
  const place = (layout: BatchLayout) => path.join(layout.folder, 'b', file);

  it('missing', async () => {
    const layout = copy();
    fs.rmSync(place(layout));
    const { open } = await checked(layout);
    expect(open).toEqual({ b: ['partial', `missing: ${file}`] });
  });

  it('truncated', async () => {
    const layout = copy();
    const { size } = fs.statSync(place(layout));
    for (const bytes of [0, 1, size >> 1, size - 1]) {
      fs.copyFileSync(path.join(whole, 'b', file), place(layout));
      fs.truncateSync(place(layout), bytes);
      const { open } = await checked(layout);
      expect({ bytes, open }).toEqual({ bytes, open: { b: ['damaged', expect.stringContaining(file)] } });
    }
  });

  it("another case's", async () => {
    const layout = copy();
    fs.copyFileSync(path.join(whole, 'c', file), place(layout));
    const { open } = await checked(layout);
    // The size bins of these cases are the same, but the file says whose it is.
    expect(Object.keys(open)).toEqual(['b']);
    expect(open.b![0]).toBe('damaged');
    expect(open.b![1]).toMatch(file.endsWith('.csv') ? /has changed|has \d+ bytes/ : /is of another run/);
  });
});

describe('cases', () => {
  it('without a folder are missing, failed ones are told by the reason of the sweep', async () => {
    const layout = copy();
    fs.rmSync(path.join(layout.folder, 'a'), { recursive: true });
    fs.rmSync(path.join(layout.folder, 'c', 'summary.json'));
    writeCaseStatus(layout, [
      { title: 'a', state: 'cancelled', reason: null },
      { title: 'b', state: 'complete', reason: null },
      { title: 'c', state: 'failed', reason: 'PhysicsError: no' },
    ]);
    const { found, open } = await checked(layout);
    expect(open).toEqual({
      a: ['missing', 'cancelled'],
      c: ['failed', 'missing: summary.json', 'failed: PhysicsError: no'],
    });
    expect(countsOf(found)).toMatchObject({
      ...{ expected_cases: 3, found_cases: 2, missing_cases: 1, missing_files_total: 5 },
      by_status: { ok: 1, missing: 1, failed: 1 },
    });
  });

  it('that nobody has asked for are named, and files asked for are required', async () => {
    const layout = copy();
    fs.cpSync(path.join(whole, 'a'), path.join(layout.folder, 'd'), { recursive: true });
    fs.writeFileSync(path.join(layout.folder, 'a', 'notes.txt'), 'x');
    const { found, open } = await checked(layout, { require: ['notes.txt'] });
    expect(found.unexpected).toEqual(['d']);
    expect(open).toEqual({ b: ['partial', 'missing: notes.txt'], c: ['partial', 'missing: notes.txt'] });
  });
});

it('damage to the files of the batch itself is named, and hides nothing', async () => {
  const layout = copy();
  fs.rmSync(path.join(layout.folder, 'a'), { recursive: true });
  const definition = JSON.parse(fs.readFileSync(layout.definition, 'utf8'));
  definition.cases[1].title = 'd';
  fs.writeFileSync(layout.definition, JSON.stringify(definition));
  fs.writeFileSync(layout.caseStatus, 'title;state');
  const { found, open } = await checked(layout);
  expect(Object.keys(open)).toEqual(['a', 'd']);
  expect(found.unexpected).toEqual(['b']);
  expect(found.problems).toEqual([
    { file: 'checks/sweep.json', reason: expect.stringMatching(/^has changed/) },
    {
      file: 'checks/case_status.csv',
      reason: expect.stringMatching(/does not begin with title,state,reason/),
    },
  ]);
});

it('the activity at the end of a sweep writes the files and answers in short', async () => {
  const layout = copy();
  fs.rmSync(path.join(layout.folder, 'a'), { recursive: true });
  const answer = await new MockActivityEnvironment().run(activitiesOf(dependenciesOf()).checkBatch, {
    outdir: layout.folder,
    archive: null,
  });
  expect(answer).toEqual({
    expected: 3,
    byStatus: { ok: 2, missing: 1 },
    notOk: [{ title: 'a', status: 'missing' }],
    unexpected: [],
  });
  expect(JSON.parse(fs.readFileSync(layout.completenessJson, 'utf8'))).toMatchObject({ missing_cases: 1 });
});
