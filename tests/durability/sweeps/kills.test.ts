/** SIGKILL at exact places of a sweep on a real server; then the same command, and the same bytes. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Kill, marsdisk } from '../command.js';
import { scratch } from '../folders.js';
import { batchOf, comparedBatch, sweepFile } from './batches.js';

const folder = scratch();
/** Short histories: each hands over three times, with cases running. */
const environment = { MARSDISK_TEST_SWEEP_POLICY: '{"continueAsNewAfterCases":4}' };
let quiet: Record<string, string>;

beforeAll(async () => {
  const outcome = await marsdisk(
    path.join(folder, 'home-quiet'),
    ['sweep', sweepFile(path.join(folder, 'quiet'))],
    {
      environment,
    },
  );
  expect(outcome).toMatchObject({ code: 0 });
  quiet = comparedBatch(batchOf(path.join(folder, 'quiet')));
  expect(Object.keys(quiet)).toHaveLength(12 * 4 + 3);
});

type Place = Omit<Kill, 'what'>;
const preparing: Place = { at: 'case-prepared', count: 3 };
const computing: Place = { at: 'segment-computed', count: 7 };
/** Behind the first continue-as-new, whose cases run. */
const handedOver: Place = { at: 'segment-computed', count: 25 };
const inWorkflow: Place = { at: 'workflow-task', count: 60 };
/** All cases are complete; what follows the last one is still to be done. */
const behindLast: Place = { at: 'cases-recorded', count: 1 };

async function killed(name: string, kill: Kill) {
  const home = path.join(folder, `home-${name}`);
  const command = ['sweep', sweepFile(path.join(folder, name))];
  const outcome = await marsdisk(home, command, { kill, environment });
  return { home, command, outcome };
}

const nameOf = (what: string, { at, count }: Place) => `${what}-${at}-${count}`;

describe.each([
  { what: 'node', places: [preparing, handedOver, inWorkflow, behindLast] },
  { what: 'all', places: [computing] },
] as const)('after SIGKILL of $what', ({ what, places }) => {
  it.each(places)('at $at $count the same command goes on to the same bytes', async (place) => {
    const name = nameOf(what, place);
    const { home, command, outcome } = await killed(name, { ...place, what });
    expect(outcome).toMatchObject({ signal: 'SIGKILL' });
    expect(await marsdisk(home, command, { environment })).toMatchObject({ code: 0 });
    expect(comparedBatch(batchOf(path.join(folder, name)))).toEqual(quiet);
  });
});

describe('after SIGKILL of the server alone', () => {
  it.each([preparing, handedOver])(
    'at $at $count the command starts it again and finishes by itself',
    async (place) => {
      const name = nameOf('server', place);
      const { outcome } = await killed(name, { ...place, what: 'server' });
      expect(outcome).toMatchObject({ code: 0 });
      expect(comparedBatch(batchOf(path.join(folder, name)))).toEqual(quiet);
    },
  );
});
