/** Two workers of a configured server share a sweep; one dies, and what it was computing moves to the other. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import type { SweepProgress } from '../../../src/workflows/sweepMessages.js';
import { type Running, start } from '../command.js';
import { scratchWithServer } from '../folders.js';
import { batchOf, comparedBatch, idIn, sweepFile, titlesOf } from './batches.js';
import { computedIn, startedIn, traced } from './events.js';

const { folder, home, address } = scratchWithServer();
/** Clients and workers of a configured server have no use for one. */
const unused = path.join(folder, 'unused');
const axes = { T: [4000, 3000, 2000], i0: [0.05, 0.01] };
const cases = 6;

const workers: Running[] = [];
/** One that a test that fails leaves would keep its file from ending. */
afterAll(async () => {
  for (const { pid, ended } of workers) {
    const over = await Promise.race([ended, null]);
    if (over === null) process.kill(pid, 'SIGKILL');
  }
});

function worker(conditions: Parameters<typeof traced>[2]): Running {
  const running = traced(unused, ['worker'], conditions);
  workers.push(running);
  return running;
}

async function booksOf(batch: string): Promise<SweepProgress> {
  const connection = await Connection.connect({ address: address() });
  try {
    const handle = new Client({ connection }).workflow.getHandle(idIn(batch, null));
    return await handle.query<SweepProgress>('books');
  } finally {
    await connection.close();
  }
}

/** Every case is in the books, once. @returns how many have ended */
async function endedInBalance(batch: string): Promise<number> {
  const { counts, states } = await booksOf(batch);
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(cases);
  expect(states).toHaveLength(cases);
  return cases - counts.running - counts.pending;
}

it('the cases of a worker that is killed move to the other one, with the same bytes', async () => {
  const quiet = sweepFile(path.join(folder, 'quiet'), { axes });
  expect(await start(home, ['sweep', quiet]).ended).toMatchObject({ code: 0 });

  const environment = { TEMPORAL_ADDRESS: address() };
  const kill = { at: 'step', step: 20, what: 'hold' } as const; // of the first segment that it gets
  const doomed = worker({ environment, kill });
  const other = worker({ environment });
  await Promise.all([doomed, other].map((one) => one.said(/computing segments for/)));
  const file = sweepFile(path.join(folder, 'shared'), { axes });
  const client = start(unused, ['sweep', file, '-j', String(cases)], {
    environment,
    policy: { heartbeatTimeout: 3 },
  });
  await Promise.all([doomed.said(/^held at step 20/m), other.said(/^event segment-computed/m)]);
  const batch = batchOf(path.join(folder, 'shared'));
  expect(await endedInBalance(batch)).toBeLessThan(cases);

  process.kill(doomed.pid, 'SIGKILL');
  const left = await doomed.ended;
  await endedInBalance(batch);
  expect(await client.ended).toMatchObject({ code: 0 });
  process.kill(other.pid, 'SIGTERM');
  const took = await other.ended;
  expect(took).toMatchObject({ code: 0 });

  const moved = without(startedIn(left), computedIn(left));
  expect(moved).not.toEqual([]);
  expect(computedIn(took)).toEqual(expect.arrayContaining(moved));
  expect(titlesOf(batch, 'complete')).toHaveLength(cases);
  expect(comparedBatch(batch)).toEqual(comparedBatch(batchOf(path.join(folder, 'quiet'))));
  for (const title of moved) {
    const { execution } = JSON.parse(readFileSync(path.join(batch, title, 'summary.json'), 'utf8'));
    expect(execution.restarts).toEqual([expect.objectContaining({ cause: 'segment needed 2 attempts' })]);
  }
});

/** What is in a list more often than in another one. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
