/** What a check finds beside the results of the cases: checkpoint files that cannot be used, and a summary that says something else. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { RunSpec } from '../../../src/config/runSpec.js';
import { modelOf } from '../../../src/sim/models.js';
import { type BatchLayout, batchLayout } from '../../../src/store/batch/batchLayout.js';
import { writeSweepEnd } from '../../../src/store/batch/sweepEnd.js';
import { saveCheckpoint } from '../../../src/store/checkpoints/save.js';
import { checkBatch } from '../../../src/store/completeness/checkBatch.js';
import { summaryProblems } from '../../../src/store/completeness/summaryFile.js';
import { writeSweepSummary } from '../../../src/store/sweepSummary/write.js';
import { defineBatch, finish } from '../../activities/finishedRun.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-beside-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const options = { archive: null, require: [] };
const whole = path.join(folder, 'whole');
const saved: Record<string, string> = {};

/** Leaves a checkpoint of a case's beginning. @returns its path in the folder of the case */
function leaveCheckpoint({ outdir, checkpoints, ...spec }: RunSpec): string {
  const { model, params } = modelOf(spec);
  const run = { model, params, identity: spec.identity };
  const file = saveCheckpoint({ outdir, ...checkpoints }, run, model.initial(params), []);
  return path.relative(outdir, file);
}

beforeAll(async () => {
  const { layout, specs } = await defineBatch(whole, { a: 'dynamics.i0=0.05', b: 'dynamics.i0=0.01' });
  for (const spec of specs) {
    await finish(spec, { steps: 20 });
    saved[path.basename(spec.outdir)] = leaveCheckpoint(spec);
  }
  await writeSweepSummary(layout);
  writeSweepEnd(layout, { hookFailure: null });
});

let copies = 0;

function copy(): BatchLayout {
  copies += 1;
  const target = path.join(folder, `copy-${copies}`);
  fs.cpSync(whole, target, { recursive: true });
  return batchLayout(target);
}

/** Findings of the batch, and how its cases stand. */
async function checked(layout: BatchLayout) {
  const { cases, problems } = await checkBatch(layout, options);
  const summary = await summaryProblems(layout, cases);
  return { problems, summary, statuses: cases.map(({ status }) => status) };
}

const clean = { problems: [], summary: [], statuses: ['ok', 'ok'] };

it('a whole batch has whole checkpoints and the summary of its cases', async () => {
  expect(await checked(copy())).toEqual(clean);
});

it.each<[string, (file: string) => void, RegExp]>([
  ['is cut off', (file) => fs.truncateSync(file, 100), /cannot be used: .*no result needs it, remove it/],
  ['has a flipped bit', flipBit, /cannot be used/],
  [
    'is of another case',
    (file) => {
      fs.rmSync(file);
      const foreign = path.join(path.dirname(file), path.basename(saved.a!));
      fs.copyFileSync(path.join(whole, 'a', saved.a!), foreign);
    },
    /is of another run/,
  ],
])('a checkpoint that %s is named, and its case is whole all the same', async (_, damage, reason) => {
  const layout = copy();
  damage(path.join(layout.folder, 'b', saved.b!));
  const { problems, ...rest } = await checked(layout);
  expect(problems).toEqual([
    { file: expect.stringMatching(/^b\/checkpoints\/ckpt_/), reason: expect.stringMatching(reason) },
  ]);
  expect(rest).toEqual({ summary: [], statuses: ['ok', 'ok'] });
});

function flipBit(file: string): void {
  const bytes = fs.readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  fs.writeFileSync(file, bytes);
}

it.each<[string, (layout: BatchLayout) => void, string]>([
  ['is missing', ({ summary }) => fs.rmSync(summary), 'is missing'],
  ['is cut off', ({ summary }) => fs.truncateSync(summary, 1000), 'is not what the cases say'],
  ['has a flipped bit', ({ summary }) => flipBit(summary), 'is not what the cases say'],
  [
    'is older than what is known of a case',
    ({ caseStatus }) =>
      fs.writeFileSync(caseStatus, 'title,state,reason\nb,failed,hook after_case: exit code 1\n'),
    'is not what the cases say',
  ],
])('a summary that %s is named, and written anew it is right', async (_, damage, reason) => {
  const layout = copy();
  damage(layout);
  expect(await checked(layout)).toEqual({ ...clean, summary: [{ file: 'summary.parquet', reason }] });
  await writeSweepSummary(layout);
  expect(await checked(layout)).toEqual(clean);
});

it('a summary is not asked for before the end of the sweep, nor held against cases that have to be mended first', async () => {
  const [open, damaged] = [copy(), copy()];
  for (const { summary } of [open, damaged]) fs.rmSync(summary);
  fs.rmSync(open.sweepEnd);
  expect(await checked(open)).toEqual(clean);
  fs.rmSync(path.join(damaged.folder, 'a', 'summary.json'));
  expect(await checked(damaged)).toEqual({ ...clean, statuses: ['partial', 'ok'] });
});
