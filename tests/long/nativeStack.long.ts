/** The production stack on PostgreSQL: one run, one SIGKILL of each part at a given step, the bytes of an undisturbed run. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openStack } from '../../scripts/stack/layout.mjs';
import { down, status, up } from '../../scripts/stack/stack.mjs';
import { comparedFiles, type Kill, type Running, start } from '../durability/command.js';
import { scratch } from '../durability/folders.js';
import { type Event, eventOf, placeOf } from './events.js';
import { since, tell } from './telling.js';

const MINUTES = 60_000;
let stack: ReturnType<typeof openStack>;
const started: Running[] = [];
afterAll(async () => {
  // Before the folder goes: hooks run in the order in which they are written.
  for (const { pid, ended } of started) {
    if ((await Promise.race([ended, null])) === null) process.kill(pid, 'SIGKILL');
  }
  await down(stack);
}, MINUTES);
const folder = scratch();
chmodSync(folder, 0o755); // PostgreSQL may run as another account
stack = openStack({ home: path.join(folder, 'stack'), basePort: 28_200 });
const environment = { TEMPORAL_ADDRESS: stack.address, MARSDISK_TEST_TRACE: '1' };
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=50'];
const clientPid = path.join(folder, 'client.pid');

const kills: Kill[] = [
  { at: 'step', segment: 2, step: 20, what: 'process', process: path.join(stack.database, 'postmaster.pid') },
  { at: 'step', segment: 4, step: 20, what: 'process', process: stack.serverRecord },
  { at: 'step', segment: 6, step: 20, what: 'process', process: clientPid },
  { at: 'step', segment: 8, step: 20, what: 'node' },
];
const parts = ['PostgreSQL', 'the server', 'the client', 'the worker'] as const;

beforeAll(async () => {
  mkdirSync(stack.home);
  const began = performance.now();
  await up(stack, tell);
  tell(`native stack: running after ${since(began)}`);
}, 60 * MINUTES);

function startClient(outdir: string): Running {
  const client = start(path.join(folder, 'unused'), [...run, '--outdir', outdir], { environment });
  started.push(client);
  writeFileSync(clientPid, `${client.pid}\n`);
  return client;
}

function startWorker(plans: Kill[], onEvent: (event: Event) => void): Running {
  const worker = start(path.join(folder, 'unused'), ['worker'], {
    environment,
    kill: plans,
    onLine(line) {
      const event = eventOf(line);
      if (event !== null) onEvent(event);
    },
  });
  started.push(worker);
  return worker;
}

async function stop(worker: Running): Promise<void> {
  process.kill(worker.pid, 'SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
}

async function quietRun(outdir: string): Promise<Record<string, string>> {
  const worker = startWorker([], () => {});
  const began = performance.now();
  expect(await startClient(outdir).ended).toMatchObject({ code: 0 });
  tell(`undisturbed run on it: ${since(began)}`);
  await stop(worker);
  return comparedFiles(outdir);
}

it(
  'one SIGKILL of each part changes no byte',
  async () => {
    const quiet = await quietRun(path.join(folder, 'quiet'));
    const outdir = path.join(folder, 'killed');
    const began = performance.now();
    let struck = 0;
    let killedAt = 0;
    /** What the user, or a restart policy, does about each death. */
    const mend: (() => Promise<void>)[] = [
      () => up(stack, tell),
      () => up(stack, tell),
      async () => {
        expect(await client.ended).toMatchObject({ signal: 'SIGKILL' });
        client = startClient(outdir);
      },
      async () => {
        expect(await worker.ended).toMatchObject({ signal: 'SIGKILL' });
        worker = startWorker([], listen);
      },
    ];
    const mended: Promise<void>[] = [];
    const listen = ({ name, detail }: Event) => {
      if (name === 'struck') {
        tell(`kill ${struck + 1}/${kills.length} (${parts[struck]}): ${placeOf(detail)}`);
        killedAt = performance.now();
        mended.push(mend[struck]!());
        struck += 1;
      } else if (name === 'segment-started' && killedAt > 0) {
        tell(`  segment ${detail.segment} starts after ${since(killedAt)}`);
        killedAt = 0;
      }
    };
    let worker = startWorker(kills, listen);
    let client = startClient(outdir);
    for (let outcome = await client.ended; ; outcome = await client.ended) {
      await Promise.all(mended);
      if (outcome.signal === null) {
        expect(outcome).toMatchObject({ code: 0 });
        break;
      }
    }
    await stop(worker);
    expect(struck).toBe(kills.length);
    expect(comparedFiles(outdir)).toEqual(quiet);
    const { execution } = JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
    expect((await status(stack)).map(({ state }) => state)).toEqual(['running', 'running']);
    tell(
      `native stack: ${struck} kills, ${execution.segments} segments, ${execution.restarts.length} restarted, ${since(began)}: ` +
        'every byte as in the undisturbed run',
    );
  },
  30 * MINUTES,
);
