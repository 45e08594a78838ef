/**
 * Workers that stand still longer than the heartbeat time-out while another one computes their segment, and are woken when it is too late:
 * whatever they do then, the run does not see it.
 */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { filesIn, halfWritten, scratch } from './folders.js';

let server: ServerInUse;
afterAll(() => server.release());
const folder = scratch();
const home = path.join(folder, 'home');
const unused = path.join(folder, 'unused');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
/** s: what a worker may stand still unnoticed. */
const policy = { heartbeatTimeout: 3 };

let environment: Record<string, string>;
let quiet: Record<string, string>;

beforeAll(async () => {
  server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
  environment = { TEMPORAL_ADDRESS: server.address };
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

it('a worker that stands still in mid-segment and is woken after the run has ended does no harm', async () => {
  const outdir = path.join(folder, 'worker');
  const kill: Kill = { at: 'step', segment: 2, step: 20, what: 'stop' };
  const zombie = start(unused, ['worker'], { environment, kill });
  const client = start(unused, [...run, '--outdir', outdir], { environment, policy });
  await zombie.stopped();
  const living = start(unused, ['worker'], { environment });
  expect(await client.ended).toMatchObject({ code: 0 });
  const before = filesIn(outdir);
  zombie.wake();
  process.kill(zombie.pid, 'SIGTERM'); // it hands over whatever it still holds before it leaves
  expect(await zombie.ended).toMatchObject({ code: 0 });
  process.kill(living.pid, 'SIGTERM');
  expect(await living.ended).toMatchObject({ code: 0 });

  expect(comparedFiles(outdir)).toEqual(quiet);
  expect(filesIn(outdir)).toEqual(before);
  expect(halfWritten(outdir)).toEqual([]);
});

it.each<Kill>([
  { at: 'segment-computed', segment: 2, what: 'stop' }, // has only its result left to tell
  { at: 'merge-progress', what: 'stop' },
])(
  'a command that stands still at $at leaves its run to the same command, and ends well when it is woken',
  async (kill) => {
    const outdir = path.join(folder, kill.at);
    const args = [...run, '--outdir', outdir];
    const zombie = start(home, args, { policy, kill });
    await zombie.stopped();
    expect(await marsdisk(home, args)).toMatchObject({ code: 0 });
    const before = filesIn(outdir);
    zombie.wake();
    expect(await zombie.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(filesIn(outdir)).toEqual(before);
    expect(halfWritten(outdir)).toEqual([]);
  },
);
