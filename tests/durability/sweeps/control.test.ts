/** Words to a sweep that is running, on a real server: pause, resume, cancel, more cases at a time, the background, several commands. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowContinuedAsNewError } from '@temporalio/client';
import type { SweepProgress } from '../../../src/workflows/sweepMessages.js';
import { comparedFiles, marsdisk } from '../command.js';
import { batchesOf, batchOf, idIn, sweepFile, titlesOf } from './batches.js';
import { computedIn, startedIn, traced } from './events.js';
import { sharedServer } from './server.js';

const { folder, home, withClient } = sharedServer();
const four = { axes: { T: [4000, 2000], i0: [0.05, 0.01] } };
const titles = ['T4000_i00p05', 'T4000_i00p01', 'T2000_i00p05', 'T2000_i00p01'];
const held = { kill: { at: 'step', segment: 1, step: 20, what: 'hold' } } as const;

let quiet: Record<string, Record<string, string>>;

const place = (name: string) => path.join(folder, name);
const sweep = (file: string, ...words: string[]) => traced(home, ['sweep', file, ...words]);

function expectQuiet(batch: string): void {
  for (const title of titles) expect(comparedFiles(path.join(batch, title))).toEqual(quiet[title]);
}

function booksOf(batch: string): Promise<SweepProgress> {
  return withClient((client) => client.workflow.getHandle(idIn(batch, null)).query<SweepProgress>('books'));
}

beforeAll(async () => {
  expect(await sweep(sweepFile(place('quiet'), four)).ended).toMatchObject({ code: 0 });
  const batch = batchOf(place('quiet'));
  quiet = Object.fromEntries(titles.map((title) => [title, comparedFiles(path.join(batch, title))]));
});

/** A sweep one of whose cases is held in its second segment, until that is ended from outside. */
async function heldSweep(name: string, ...words: string[]) {
  const file = sweepFile(place(name), four);
  const running = traced(home, ['sweep', file, ...words], held);
  await running.said(/held at step 20 of segment 1/);
  return { file, running, batch: batchOf(place(name)) };
}

/** Ends a case as a user would in Temporal's web page. */
function terminated(batch: string, title: string): Promise<unknown> {
  return withClient((client) => client.workflow.getHandle(idIn(batch, title)).terminate('by a test'));
}

describe('pause', () => {
  it('ends the segments of the cases at their steps and begins no other; resume goes on to the same bytes', async () => {
    const { running, batch } = await heldSweep('paused', '-j', '1');
    const paused = await marsdisk(home, ['pause', batch]);
    expect(paused).toMatchObject({ code: 0 });
    expect(paused.stdout).toMatch(/: paused, its cases at their next step; go on with: marsdisk resume/);
    const status = JSON.parse((await marsdisk(home, ['status', batch, '--json'])).stdout);
    expect(status).toMatchObject({ state: 'paused', counts: { running: 1, pending: 3 } });
    const phase = await withClient((client) =>
      client.workflow.getHandle(idIn(batch, titles[0]!)).query<{ phase: string }>('progress'),
    );
    expect(phase.phase).toBe('paused');
    expect(await marsdisk(home, ['resume', batch])).toMatchObject({ code: 0 });
    expect(await running.ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });

  it('outlives the command', async () => {
    const { file, running, batch } = await heldSweep('paused-and-killed', '-j', '1');
    await marsdisk(home, ['pause', batch]);
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    const again = sweep(file);
    await again.said(/paused/);
    expect((await booksOf(batch)).phase).toBe('paused');
    expect(await marsdisk(home, ['resume', batch])).toMatchObject({ code: 0 });
    expect(await again.ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });

  it('goes over to the fresh history of a sweep that hands over, with the cases that hold', async () => {
    const file = sweepFile(place('handed-over'), four);
    const conditions = {
      kill: [held.kill, held.kill],
      environment: { MARSDISK_TEST_SWEEP_POLICY: '{"continueAsNewAfterCases":1}' },
    };
    const running = traced(home, ['sweep', file, '-j', '2'], conditions);
    await running.said(/held at step 20[\s\S]*held at step 20/);
    const batch = batchOf(place('handed-over'));
    const sweepId = idIn(batch, null);
    expect(await marsdisk(home, ['pause', batch])).toMatchObject({ code: 0 });
    const handedOver = await withClient(async (client) => {
      const { runId } = await client.workflow.getHandle(sweepId).describe();
      await terminated(batch, titles[0]!);
      return client.workflow
        .getHandle(sweepId, runId, { followRuns: false })
        .result()
        .catch((error) => error);
    });
    expect(handedOver).toBeInstanceOf(WorkflowContinuedAsNewError);
    expect(await booksOf(batch)).toMatchObject({
      phase: 'paused',
      counts: { lost: 1, running: 1, pending: 2, complete: 0 },
    });
    const holding = await withClient((client) =>
      client.workflow.getHandle(idIn(batch, titles[1]!)).query<{ phase: string }>('progress'),
    );
    expect(holding.phase).toBe('paused');
    expect(await marsdisk(home, ['resume', batch])).toMatchObject({ code: 0 });
    expect(await running.ended).toMatchObject({ code: 3 });
    expect(titlesOf(batch, 'lost')).toEqual([titles[0]]);
    expect(titlesOf(batch, 'complete')).toEqual(titles.slice(1));
    expect(await sweep(file).ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });
});

describe('cancel', () => {
  it('ends the running cases with a checkpoint and begins no other; the same command goes on from there', async () => {
    const { file, running, batch } = await heldSweep('cancelled', '-j', '1');
    const cancelled = await marsdisk(home, ['cancel', batch]);
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.stdout).toMatch(/: cancelled; marsdisk sweep --batch .* goes on from there/);
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/the sweep was cancelled; type the same command to go on/);
    expect(titlesOf(batch, 'cancelled')).toEqual([titles[0]]);
    const status = JSON.parse((await marsdisk(home, ['status', batch, '--json'])).stdout);
    expect(status).toMatchObject({ state: 'cancelled', counts: { cancelled: 1, pending: 3 } });
    const again = await sweep(file).ended;
    expect(again).toMatchObject({ code: 0 });
    expectQuiet(batch);
    const { execution } = JSON.parse(readFileSync(path.join(batch, titles[0]!, 'summary.json'), 'utf8'));
    expect(execution.restarts).toEqual([{ segment: 2, cause: 'workflow cancelled' }]); // nothing was computed twice
  });

  it('reaches a sweep that nothing computes', async () => {
    const { file, running, batch } = await heldSweep('cancelled-dead', '-j', '2');
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    expect((await marsdisk(home, ['cancel', batch])).stdout).toMatch(/: cancelled;/);
    expect(await sweep(file).ended).toMatchObject({ code: 0 });
    expectQuiet(batch);
  });
});

describe('several commands', () => {
  it('of which a later one asks for more cases at a time', async () => {
    const { file, running, batch } = await heldSweep('jobs', '-j', '1');
    expect(await booksOf(batch)).toMatchObject({ jobs: 1, counts: { running: 1, pending: 3 } });
    const second = sweep(file, '-j', '3');
    await second.said(/event segment-started/); // the first command computes one case at a time, and that is held
    expect((await booksOf(batch)).jobs).toBe(3);
    await marsdisk(home, ['checkpoint', path.join(batch, titles[0]!)]); // ends the segment that is held
    const outcomes = await Promise.all([running.ended, second.ended]);
    expect(outcomes).toMatchObject([{ code: 0 }, { code: 0 }]);
    expectQuiet(batch);
  });

  it('that race begin one sweep, and compute each case once', async () => {
    const file = sweepFile(place('race'), four);
    const outcomes = await Promise.all([sweep(file).ended, sweep(file).ended]);
    expect(outcomes).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(batchesOf(place('race'))).toHaveLength(1);
    const firsts = outcomes.flatMap(({ stderr }) => [
      ...stderr.matchAll(/^event segment-computed \{"segment":0,.*?"folder":"([^"]+)"/gm),
    ]);
    expect(firsts.map(([, title]) => title).sort()).toEqual([...titles].sort());
    expectQuiet(batchOf(place('race')));
  });
});

describe('in the background', () => {
  it('a sweep whose command was killed goes on to its end with nothing but up', async () => {
    const { file, running, batch } = await heldSweep('left-to-up', '-j', '1');
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    expect(await marsdisk(home, ['up'])).toMatchObject({ code: 0 });
    await withClient((client) => client.workflow.getHandle(idIn(batch, null)).result());
    expect(titlesOf(batch, 'complete')).toEqual(titles);
    expectQuiet(batch);
    expect(await marsdisk(home, ['down'])).toMatchObject({ code: 0 });
    const shown = await sweep(file).ended;
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stderr).toMatch(/all cases have ended/);
  });

  it('a detached sweep goes on, and the same command waits for its end', async () => {
    const file = sweepFile(place('detached'), four);
    const own = place('home-detached');
    const detached = await marsdisk(own, ['sweep', file, '--detach']);
    expect(detached).toMatchObject({ code: 0 });
    expect(detached.stdout).toMatch(/goes on in the background/);
    const batch = batchOf(place('detached'));
    const status = await marsdisk(own, ['status', batch]);
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toMatch(/of 4 cases/);
    const attached = await traced(own, ['sweep', file]).ended;
    expect(attached).toMatchObject({ code: 0 });
    expect(startedIn(attached)).toEqual([]);
    expectQuiet(batch);
    expect(await marsdisk(own, ['down'])).toMatchObject({ code: 0 });
    const shown = await traced(own, ['sweep', file]).ended; // needs no server any more
    expect(shown).toMatchObject({ code: 0 });
    expect(computedIn(shown)).toEqual([]);
    expect(shown.stderr).toMatch(/all cases have ended/);
  });
});
