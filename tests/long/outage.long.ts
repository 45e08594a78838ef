/**
 * A server that is away for minutes under a segment that is being computed, killed or standing still: commands and workers wait for it, go on
 * by themselves, and leave the bytes of an undisturbed run.
 *
 * MARSDISK_LONG_OUTAGE: how long, s (300).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { beforeAll, expect, it } from '@jest/globals';
import { partsOf } from '../../bin/processLock.mjs';
import { useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, type Kill, marsdisk, type Outcome, start } from '../durability/command.js';
import { scratch } from '../durability/folders.js';
import { since, tell } from './telling.js';

const outage = Number(process.env.MARSDISK_LONG_OUTAGE ?? 300) * 1000;
const folder = scratch();
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
/**
 * On its way for as long as the outage likes: the segment ends when its attempt is ended. One whose heartbeat is the first thing that a
 * server hears which has stood still outlives the outage, and needs a message that ends it.
 */
const held: Kill = { at: 'step', segment: 2, step: 20, what: 'hold' };
const away = /Temporal server does not answer; waiting/;
const back = /answers again/;

let quiet: Record<string, string>;

beforeAll(async () => {
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(path.join(folder, 'home'), [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

function pidOfServer(home: string): number {
  return partsOf(JSON.parse(readFileSync(path.join(home, 'server.json'), 'utf8')).identity).pid;
}

function expectWhole(outcome: Outcome, outdir: string): void {
  expect(outcome).toMatchObject({ code: 0 });
  expect(outcome.stderr.split(away)).toHaveLength(2); // said once, however long
  expect(comparedFiles(outdir)).toEqual(quiet);
}

/** A client and a worker of a server that goes away and comes back. */
async function remote(name: string, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const home = path.join(folder, `server-${name}`);
  const unused = path.join(folder, 'unused');
  const outdir = path.join(folder, name);
  const server = await useServer({ home, onMessage: () => {} });
  const environment = { TEMPORAL_ADDRESS: server.address };
  try {
    const worker = start(unused, ['worker'], { environment, kill: held });
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await worker.said(/held at step/);
    process.kill(pidOfServer(home), signal);
    await client.said(away);
    await pass(outage);
    const began = performance.now();
    if (signal === 'SIGKILL') await server.revive();
    else process.kill(pidOfServer(home), 'SIGCONT');
    await client.said(back);
    tell(`${name}: heard of after ${since(began)}`);
    if (signal === 'SIGSTOP') await marsdisk(unused, ['checkpoint', outdir], { environment }); // see `held`
    expectWhole(await client.ended, outdir);
    tell(`${name}: complete ${since(began)} after the end of the outage`);
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
  } finally {
    await server.release();
  }
}

/** A command that computes itself, while its own server stands still. */
async function embedded(): Promise<void> {
  const home = path.join(folder, 'home-embedded');
  const outdir = path.join(folder, 'embedded');
  const command = start(home, [...run, '--outdir', outdir], { kill: held });
  await command.said(/held at step/);
  process.kill(pidOfServer(home), 'SIGSTOP');
  await command.said(away);
  await pass(outage);
  const began = performance.now();
  process.kill(pidOfServer(home), 'SIGCONT');
  await command.said(back);
  await marsdisk(home, ['checkpoint', outdir]); // see `held`
  expectWhole(await command.ended, outdir);
  tell(`embedded: complete ${since(began)} after the end of the outage`);
}

it(
  `an outage of ${outage / 1000} s changes no byte`,
  async () => {
    const all = await Promise.allSettled([
      remote('killed', 'SIGKILL'),
      remote('stopped', 'SIGSTOP'),
      embedded(),
    ]);
    expect(all.filter(({ status }) => status === 'rejected')).toEqual([]);
  },
  outage + 600_000,
);
