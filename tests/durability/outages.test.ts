/** Outages of the server longer than the heartbeat time-out, and workers that are asked to leave, under a segment that is being computed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { partsOf } from '../../bin/processLock.mjs';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, marsdisk, start } from './command.js';
import { halfWritten, scratch } from './folders.js';

let server: ServerInUse;
afterAll(() => server.release());
const folder = scratch();
const serverHome = path.join(folder, 'server');
const home = path.join(folder, 'home');
const unused = path.join(folder, 'unused');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const policy = { heartbeatTimeout: 3 };
/** The segment is on its way for as long as the test likes: it ends when its attempt is ended. */
const held = { at: 'step', segment: 2, step: 20, what: 'hold' } as const;

let environment: Record<string, string>;
let quiet: Record<string, string>;

beforeAll(async () => {
  server = await useServer({ home: serverHome, onMessage: () => {} });
  environment = { TEMPORAL_ADDRESS: server.address };
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

function pidOfServer(homeFolder: string): number {
  return partsOf(JSON.parse(readFileSync(path.join(homeFolder, 'server.json'), 'utf8')).identity).pid;
}

function restartsOf(outdir: string) {
  return JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8')).execution.restarts;
}

const away = /Temporal server does not answer; waiting/;
const back = /answers again/;

describe('a server that is away', () => {
  it.each<[string, NodeJS.Signals, () => unknown]>([
    ['killed', 'SIGKILL', () => server.revive()],
    ['stopped', 'SIGSTOP', () => process.kill(pidOfServer(serverHome), 'SIGCONT')],
  ])('%s: client and worker wait for it, say so once, and go on', async (name, signal, bringBack) => {
    const outdir = path.join(folder, name);
    const worker = start(unused, ['worker'], { environment, kill: held });
    const client = start(unused, [...run, '--outdir', outdir], { environment, policy });
    await worker.said(/held at step/);
    process.kill(pidOfServer(serverHome), signal);
    await client.said(away);
    await bringBack();
    await client.said(back);
    const outcome = await client.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr.split(away)).toHaveLength(2);
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(halfWritten(outdir)).toEqual([]);
    expect(restartsOf(outdir)).toEqual([{ segment: 2, cause: 'segment needed 2 attempts' }]);
  });

  it('the embedded one, stopped: the command computes the segment again beside its lost attempt', async () => {
    const outdir = path.join(folder, 'embedded');
    const command = start(home, [...run, '--outdir', outdir], { kill: held, policy });
    await command.said(/held at step/);
    process.kill(pidOfServer(home), 'SIGSTOP');
    await command.said(away);
    process.kill(pidOfServer(home), 'SIGCONT');
    await command.said(back);
    expect(await command.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(halfWritten(outdir)).toEqual([]);
  });
});

describe('Ctrl-C while the server is away', () => {
  it.each<NodeJS.Signals>(['SIGKILL', 'SIGSTOP'])(
    '%s: client and worker leave within seconds',
    async (signal) => {
      const outdir = path.join(folder, `left-${signal}`);
      const worker = start(unused, ['worker'], { environment, kill: held });
      const client = start(unused, [...run, '--outdir', outdir], { environment });
      await worker.said(/held at step/);
      process.kill(pidOfServer(serverHome), signal);
      await client.said(away); // by now its calls are being repeated
      const leaving = performance.now();
      process.kill(client.pid, 'SIGINT');
      expect(await client.ended).toMatchObject({ code: 130 });
      expect(performance.now() - leaving).toBeLessThan(5000);
      const leavingToo = performance.now();
      process.kill(worker.pid, 'SIGINT');
      const left = await worker.ended;
      expect(left).toMatchObject({ code: 0 });
      expect(left.stderr).toMatch(/the server does not answer: leaving/);
      expect(performance.now() - leavingToo).toBeLessThan(8000); // five seconds, and what a busy machine takes
      if (signal === 'SIGSTOP') process.kill(pidOfServer(serverHome), 'SIGCONT');
      else await server.revive();
    },
  );
});

it('a second Ctrl-C ends a worker at once that has not handed over', async () => {
  const outdir = path.join(folder, 'twice');
  const worker = start(unused, ['worker'], { environment, kill: held });
  const client = start(unused, [...run, '--outdir', outdir], { environment, policy });
  await worker.said(/held at step/);
  process.kill(pidOfServer(serverHome), 'SIGSTOP'); // nobody takes what it hands over
  process.kill(worker.pid, 'SIGINT');
  await worker.said(/stopping: the segment hands over/);
  const leaving = performance.now();
  process.kill(worker.pid, 'SIGINT');
  expect(await worker.ended).toMatchObject({ code: 130 });
  expect(performance.now() - leaving).toBeLessThan(1000);
  process.kill(pidOfServer(serverHome), 'SIGCONT');
  const next = start(unused, ['worker'], { environment });
  expect(await client.ended).toMatchObject({ code: 0 });
  process.kill(next.pid, 'SIGTERM');
  await next.ended;
  expect(comparedFiles(outdir)).toEqual(quiet);
});

describe('SIGTERM in mid-segment', () => {
  it('of a worker hands the segment over as a short one: another goes on at the next step', async () => {
    const outdir = path.join(folder, 'terminated-worker');
    const worker = start(unused, ['worker'], { environment, kill: held });
    const client = start(unused, [...run, '--outdir', outdir], { environment });
    await worker.said(/held at step/);
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    const next = start(unused, ['worker'], { environment });
    expect(await client.ended).toMatchObject({ code: 0 });
    process.kill(next.pid, 'SIGTERM');
    await next.ended;
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(restartsOf(outdir)).toEqual([]); // nothing was computed twice
  });

  it('of the command does the same, and the same command goes on', async () => {
    const outdir = path.join(folder, 'terminated-command');
    const command = start(home, [...run, '--outdir', outdir], { kill: held });
    await command.said(/held at step/);
    process.kill(command.pid, 'SIGTERM');
    expect(await command.ended).toMatchObject({ code: 130 });
    expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(restartsOf(outdir)).toEqual([]);
  });
});
