/** Every way in which a case can end, on a real server: what is said of it, and what the same command does about it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { comparedFiles } from '../command.js';
import { batchesOf, batchOf, caseStatus, idIn, sweepFile, titlesOf } from './batches.js';
import { computedIn, startedIn, traced } from './events.js';
import { sharedServer } from './server.js';

const { folder, home, withClient } = sharedServer();

/** Four cases, so that each sweep takes a few seconds. */
const four = { axes: { T: [4000, 2000], i0: [0.05, 0.01] } };
const titles = ['T4000_i00p05', 'T4000_i00p01', 'T2000_i00p05', 'T2000_i00p01'];
const [first] = titles as [string];
/** One at a time: the first case is held in its second segment, until that is ended from outside. */
const held = { kill: { at: 'step', segment: 1, step: 20, what: 'hold' } } as const;
const heldWords = /held at step 20 of segment 1/;

let quiet: Record<string, Record<string, string>>;
let segments: string[];

const place = (name: string) => path.join(folder, name);
const sweep = (file: string, ...words: string[]) => traced(home, ['sweep', file, ...words]);
const filesOf = (batch: string, names: readonly string[]) =>
  Object.fromEntries(names.map((title) => [title, comparedFiles(path.join(batch, title))]));
const expectQuiet = (batch: string, names: readonly string[] = titles) => {
  for (const title of names) expect(comparedFiles(path.join(batch, title))).toEqual(quiet[title]);
};

beforeAll(async () => {
  const outcome = await sweep(sweepFile(place('quiet'), four)).ended;
  expect(outcome).toMatchObject({ code: 0 });
  expect(outcome.stdout).toMatch(/complete, 4 of 4 cases complete/);
  const batch = batchOf(place('quiet'));
  quiet = filesOf(batch, titles);
  segments = computedIn(outcome).sort();
  expect(new Set(segments)).toEqual(new Set(titles));
});

async function heldSweep(name: string, ...words: string[]) {
  const file = sweepFile(place(name), four);
  const running = traced(home, ['sweep', file, '-j', '1', ...words], held);
  await running.said(heldWords);
  return { file, running, batch: batchOf(place(name)) };
}

describe('a case that fails by its physics', () => {
  const failing = ['T2000_i00p01'];
  const others = titles.filter((title) => !failing.includes(title));
  const parts = {
    ...four,
    per_case: [{ where: { T: 2000, i0: 0.01 }, set: { 'numerics.max_steps': 5 } }],
  };
  const reason = /5 steps \(numerics\.max_steps\) have reached only/;
  let file: string;
  let batch: string;

  beforeAll(async () => {
    file = sweepFile(place('failing'), parts);
    const outcome = await sweep(file).ended;
    expect(outcome).toMatchObject({ code: 3 });
    expect(outcome.stdout).toMatch(/1 failed/);
    expect(outcome.stdout).toMatch(reason);
    expect(outcome.stderr).toMatch(/the sweep is incomplete: 1 failed/);
    batch = batchOf(place('failing'));
  });

  it('is named with its reason, and the others are complete', () => {
    expect(titlesOf(batch, 'failed')).toEqual(failing);
    expect(caseStatus(batch)[failing[0]!]!.reason).toMatch(reason);
    expect(titlesOf(batch, 'complete')).toEqual(others);
    expectQuiet(batch, others);
  });

  it('is not computed again by the same command, which says the same; --strict makes it exit code 1', async () => {
    const before = readFileSync(path.join(batch, 'checks/case_status.csv'), 'utf8');
    const again = await sweep(file, '--strict').ended;
    expect(again).toMatchObject({ code: 1 });
    expect(startedIn(again)).toEqual([]);
    expect(again.stdout).toMatch(reason);
    expect(readFileSync(path.join(batch, 'checks/case_status.csv'), 'utf8')).toBe(before);
    expect(batchesOf(place('failing'))).toEqual([batch]);
  });

  it('is tried once more by --retry-failed, and by the command that the sweep has named, and nothing else is', async () => {
    const again = await traced(home, ['sweep', '--batch', batch, '--retry-failed']).ended;
    expect(again).toMatchObject({ code: 3 });
    expect(new Set(startedIn(again))).toEqual(new Set(failing));
    const only = await sweep(file, '--only', 'failed').ended;
    expect(only).toMatchObject({ code: 3 });
    expect(new Set(startedIn(only))).toEqual(new Set(failing));
    expect(titlesOf(batch, 'failed')).toEqual(failing);
  });

  it('keeps other physics from taking the batch over; --new begins another one', async () => {
    sweepFile(place('failing'), { ...four, overrides: { 'numerics.rtol': 1e-5 } });
    const refused = await sweep(file).ended;
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /T4000_i00p05 and 3 more cases differ: numerics\.rtol: \S+ there, 0\.00001 wanted/,
    );
    expect(startedIn(refused)).toEqual([]);
    const fresh = await sweep(file, '--new').ended;
    expect(fresh).toMatchObject({ code: 0 });
    expect(batchesOf(place('failing'))[0]).toBe(batch);
  });

  it('is completed by --retry-failed with another limit in the file', async () => {
    expect(await sweep(sweepFile(place('mended'), parts)).ended).toMatchObject({ code: 3 });
    const mended = await sweep(sweepFile(place('mended'), four), '--retry-failed').ended;
    expect(mended).toMatchObject({ code: 0 });
    expect(new Set(startedIn(mended))).toEqual(new Set(failing));
    expect(batchesOf(place('mended'))).toHaveLength(1);
    expectQuiet(batchOf(place('mended')));
  });
});

describe('--fail-fast', () => {
  it('ends the others when a case fails; the same command completes them', async () => {
    const per_case = [{ where: { T: 4000, i0: 0.05 }, set: { 'numerics.max_steps': 5 } }];
    const file = sweepFile(place('fast'), { ...four, per_case });
    const outcome = await sweep(file, '-j', '1', '--fail-fast').ended;
    expect(outcome).toMatchObject({ code: 3 });
    const batch = batchOf(place('fast'));
    expect(titlesOf(batch, 'failed')).toEqual([first]);
    expect(titlesOf(batch, 'complete')).toEqual([]);
    const again = await sweep(file).ended;
    expect(again).toMatchObject({ code: 3 });
    expect(titlesOf(batch, 'complete')).toEqual(titles.slice(1));
    expectQuiet(batch, titles.slice(1));
  });
});

describe('a case that is ended from outside while it computes', () => {
  it('is lost when terminated, with the words of who did it; the same command completes it alone', async () => {
    const { file, running, batch } = await heldSweep('terminated');
    await withClient((client) => client.workflow.getHandle(idIn(batch, first)).terminate('by hand'));
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 3 });
    expect(caseStatus(batch)[first]).toEqual({ state: 'lost', reason: 'terminated: by hand' });
    expect(outcome.stdout).toMatch(/terminated: by hand/);
    expect(titlesOf(batch, 'complete')).toEqual(titles.slice(1));
    const again = await sweep(file).ended;
    expect(again).toMatchObject({ code: 0 });
    expect(new Set(startedIn(again))).toEqual(new Set([first]));
    expectQuiet(batch);
  });

  it('is cancelled when cancelled; --only failed leaves it, --only missing goes on with it', async () => {
    const { file, running, batch } = await heldSweep('cancelled');
    await withClient((client) => client.workflow.getHandle(idIn(batch, first)).cancel());
    expect(await running.ended).toMatchObject({ code: 3 });
    expect(caseStatus(batch)[first]).toEqual({ state: 'cancelled', reason: 'cancelled' });
    const left = await sweep(file, '--only', 'failed').ended;
    expect(left).toMatchObject({ code: 3 });
    expect(startedIn(left)).toEqual([]);
    expect(caseStatus(batch)[first]).toEqual({ state: 'cancelled', reason: 'cancelled' });
    expect(await sweep(file, '--only', 'missing').ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });
});

describe('a sweep that is ended from outside', () => {
  it('leaves its cases when terminated; the same command goes on with them and computes no segment twice', async () => {
    const { file, running, batch } = await heldSweep('sweep-terminated');
    await withClient((client) => client.workflow.getHandle(idIn(batch, null)).terminate('by hand'));
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/by hand/);
    const again = await sweep(file).ended;
    expect(again).toMatchObject({ code: 0 });
    expectQuiet(batch);
    const all = [...computedIn(outcome), ...computedIn(again)].filter((title) => title !== first);
    expect(all.sort()).toEqual(segments.filter((title) => title !== first));
  });

  it('goes on after Ctrl-C (130) by the same command', async () => {
    const { file, running, batch } = await heldSweep('interrupted');
    process.kill(running.pid, 'SIGINT');
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 130 });
    expect(outcome.stderr).toMatch(/type the same command to go on/);
    expect(await sweep(file).ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });
});
