/** Cases of one short segment, whose activity also brings them to their end: killed and stopped at every place of that end. */
import { mkdirSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { checkpointUpdateName } from '../../../src/workflows/messages.js';
import type { Kill } from '../command.js';
import { filesIn, halfWritten } from '../folders.js';
import { batchOf, comparedBatch, idIn, sweepFile } from './batches.js';
import { computedIn, startedIn, traced } from './events.js';
import { sharedServer } from './server.js';

const { folder, home, withClient } = sharedServer();
const parts = { axes: { T: [4000, 3000] }, overrides: { 'execution.segment_max_steps': 100_000 } };
const titles = ['T4000', 'T3000'];
let quiet: Record<string, string>;

const place = (name: string) => path.join(folder, name);
const command = (name: string) => ['sweep', sweepFile(place(name), parts), '-j', '1'];

/** Activities of a case in the order in which they were asked for. */
async function activitiesOf(client: Client, batch: string, title: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(idIn(batch, title)).fetchHistory();
  return events!.flatMap(({ activityTaskScheduledEventAttributes: asked }) =>
    asked ? [asked.activityType!.name!] : [],
  );
}

beforeAll(async () => {
  const outcome = await traced(home, command('quiet')).ended;
  expect(outcome).toMatchObject({ code: 0 });
  expect(computedIn(outcome)).toEqual(titles);
  const batch = batchOf(place('quiet'));
  quiet = comparedBatch(batch);
  expect(Object.keys(quiet)).toHaveLength(2 * 4 + 3);
  for (const title of titles) {
    expect(await withClient((client) => activitiesOf(client, batch, title))).toEqual(['advanceSegment']);
  }
});

const ends = ['segment-computed', 'merge-done', 'before-removal', 'summary-written'];

describe('after SIGKILL', () => {
  it.each(ends)('at %s the same command completes the case', async (at) => {
    const killed = await traced(home, command(at), { kill: { at, what: 'node' } }).ended;
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    expect(await traced(home, command(at)).ended).toMatchObject({ code: 0 });
    const batch = batchOf(place(at));
    expect(comparedBatch(batch)).toEqual(quiet);
    expect(halfWritten(batch)).toEqual([]);
    expect(leftParts(batch)).toEqual([]);
  });
});

it('a worker that stands still before it removes the parts does no harm when it wakes', async () => {
  const policy = { heartbeatTimeout: 2 };
  const kill: Kill = { at: 'before-removal', what: 'stop' };
  const zombie = traced(home, command('zombie'), { policy, kill });
  await zombie.stopped();
  expect(await traced(home, command('zombie')).ended).toMatchObject({ code: 0 });
  const batch = batchOf(place('zombie'));
  const before = filesIn(batch);
  zombie.wake();
  expect(await zombie.ended).toMatchObject({ code: 0 });
  expect(comparedBatch(batch)).toEqual(quiet);
  expect(halfWritten(batch)).toEqual([]);
  expect(leftParts(batch)).toEqual([]);
  expect(Object.keys(filesIn(batch))).toEqual(Object.keys(before));
});

it('a checkpoint that is asked for while the case ends is refused, and brings no folder back', async () => {
  const running = traced(home, command('late'), { kill: { at: 'before-removal', what: 'stop' } });
  await running.stopped();
  const batch = batchOf(place('late'));
  await withClient(async (client) => {
    const asked = client.workflow.getHandle(idIn(batch, titles[0]!)).executeUpdate(checkpointUpdateName);
    running.wake();
    await expect(asked).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/past its last segment/) },
    });
  });
  expect(await running.ended).toMatchObject({ code: 0 });
  expect(comparedBatch(batch)).toEqual(quiet);
  expect(leftParts(batch)).toEqual([]);
});

it('what fails at the end is left to an activity of its own, and the segment is not computed again', async () => {
  const kill: Kill[] = [
    { at: 'segment-computed', what: 'stop' },
    { at: 'merge-progress', count: 3, what: 'stop' }, // two of the first table, whose file finds its name taken: now the second attempt
  ];
  const running = traced(home, command('failing'), { kill });
  await running.stopped();
  const batch = batchOf(place('failing'));
  const obstacle = path.join(batch, titles[0]!, 'series/run.parquet');
  mkdirSync(obstacle); // no file can take its name
  running.wake();
  await running.stopped();
  rmdirSync(obstacle);
  running.wake();
  const outcome = await running.ended;
  expect(outcome).toMatchObject({ code: 0 });
  expect(startedIn(outcome)).toEqual(titles);
  expect(comparedBatch(batch)).toEqual(quiet);
  const asked = await withClient((client) => activitiesOf(client, batch, titles[0]!));
  expect(asked).toEqual(['advanceSegment', 'finishCase']);
});

function leftParts(batch: string): string[] {
  return Object.keys(filesIn(batch)).filter((name) => name.includes('/parts/'));
}
