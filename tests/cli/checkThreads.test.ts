/** A batch of more cases than one thread takes at a time is checked in several: nothing of that may show in what is found. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { type BatchLayout, batchLayout } from '../../src/store/batch/batchLayout.js';
import { checkBatch } from '../../src/store/completeness/checkBatch.js';
import { writeReport } from '../../src/store/completeness/reportFiles.js';
import { defineBatch, finish } from '../activities/finishedRun.js';
import { scratch } from '../durability/folders.js';

const folder = scratch();
const whole = path.join(folder, 'whole');
const titles = Array.from({ length: 50 }, (_, i) => `case${i}`);

beforeAll(async () => {
  const overrides = titles.map((title, i) => [title, `dynamics.i0=${(i + 1) / 1000}`]);
  const { specs } = await defineBatch(whole, Object.fromEntries(overrides));
  for (const spec of specs.filter((_, i) => i % 5 === 0)) await finish(spec, { steps: 50 });
  fs.appendFileSync(path.join(whole, 'case35', 'checks', 'mass_budget.csv'), 'one more\n'); // damaged, in the third group
  fs.rmSync(path.join(whole, 'case45', 'series', 'run.parquet')); // partial, in the third group
}, 60_000);

function copy(name: string): BatchLayout {
  fs.cpSync(whole, path.join(folder, name), { recursive: true });
  return batchLayout(path.join(folder, name));
}

function marsdisk(...args: string[]) {
  return spawnSync(process.execPath, ['bin/marsdisk', ...args], { encoding: 'utf8' });
}

it('the reports are those of a check in one thread', async () => {
  const inTurn = copy('one');
  writeReport(await checkBatch(inTurn, { archive: null, require: [] }), {
    csv: inTurn.completenessCsv,
    json: inTurn.completenessJson,
  });
  const inThreads = copy('many');
  const { status, stderr } = marsdisk('check', inThreads.folder);
  expect(stderr).toContain('stored data is damaged');
  expect(status).toBe(5);
  for (const name of ['completenessCsv', 'completenessJson'] as const) {
    expect(fs.readFileSync(inThreads[name], 'utf8')).toBe(fs.readFileSync(inTurn[name], 'utf8'));
  }
  const rows = fs.readFileSync(inThreads.completenessCsv, 'utf8').trimEnd().split('\n').slice(1);
  expect(rows.map((row) => row.split(',')[0])).toEqual(titles);
  const statuses = rows.map((row) => row.split(',').at(-1)!);
  expect(statuses.filter((one) => one === 'ok')).toHaveLength(8);
  expect([statuses[35], statuses[45], statuses[49]]).toEqual(['damaged', 'partial', 'missing']);
});

it('what a thread cannot read is said by its name', () => {
  const { folder: batch } = copy('unreadable');
  const summary = path.join(batch, 'case40', 'summary.json');
  fs.rmSync(summary);
  fs.mkdirSync(summary);
  const { status, stderr } = marsdisk('check', batch);
  expect(stderr).toContain('EISDIR');
  expect(status).not.toBe(0);
});
