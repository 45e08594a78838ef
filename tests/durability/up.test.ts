/** Runs in the background: up, down, run --detach, and the death of the background worker. */
import { readFileSync, watch } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { isAlive, partsOf } from '../../bin/processLock.mjs';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=50'];
const held: Kill = { at: 'step', segment: 2, step: 20, what: 'hold' };
const killed: Kill = { at: 'step', segment: 2, step: 20, what: 'node' };

let quiet: Record<string, string>;

beforeAll(async () => {
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

afterEach(async () => {
  await marsdisk(home, ['down']);
});

function backgroundIdentity(): string {
  return JSON.parse(readFileSync(path.join(home, 'background.json'), 'utf8')).identity;
}

/** Resolves when the background worker has written something that matches into its log. */
function logged(pattern: RegExp): Promise<void> {
  const log = path.join(home, 'background.log');
  return new Promise((resolve) => {
    const watcher = watch(home, look);
    function look() {
      if (!pattern.test(readFileSync(log, 'utf8'))) return;
      watcher.close();
      resolve();
    }
    look();
  });
}

function idOf(outdir: string): string {
  return readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
}

describe('run --detach', () => {
  it('returns at once, says how to go on, and the run is computed in the background', async () => {
    const outdir = path.join(folder, 'detached');
    const left = await marsdisk(home, [...run, '--outdir', outdir, '--detach', '--json'], { kill: held });
    expect(left).toMatchObject({ code: 0 });
    expect(JSON.parse(left.stdout)).toMatchObject({ runId: idOf(outdir), state: 'running', outdir });
    expect(isAlive(backgroundIdentity())).toBe(true);

    await logged(/held at step 20 of segment 2/); // and pause is what lets go of it
    expect((await marsdisk(home, ['pause', outdir])).stdout).toMatch(/: paused/);
    const attached = start(home, [...run, '--outdir', outdir]);
    await attached.said(/is paused/);
    process.kill(attached.pid, 'SIGINT');
    const detached = await attached.ended;
    expect(detached).toMatchObject({ code: 130 });
    expect(detached.stderr).toMatch(/the run goes on; type the same command to attach again/);
    expect(isAlive(backgroundIdentity())).toBe(true);

    expect(await marsdisk(home, ['resume', outdir])).toMatchObject({ code: 0 });
    expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('up and down', () => {
  it('down hands over, says what is unfinished, and up goes on with it with nothing typed', async () => {
    const outdir = path.join(folder, 'handed-over');
    await marsdisk(home, [...run, '--outdir', outdir, '--detach'], { kill: held });
    await logged(/held at step 20 of segment 2[\s\S]*held at step 20 of segment 2/); // the first one by the test before
    expect((await marsdisk(home, ['pause', outdir])).stdout).toMatch(/: paused/);
    const first = backgroundIdentity();
    const down = await marsdisk(home, ['down']);
    expect(down).toMatchObject({ code: 0 });
    expect(down.stdout).toContain(`${idOf(outdir)}: not finished`);
    expect(isAlive(first)).toBe(false);
    expect((await marsdisk(home, ['down'])).stdout).toMatch(/nothing works in the background/);

    expect((await marsdisk(home, ['up'])).stdout).toMatch(/started: process \d+/);
    expect((await marsdisk(home, ['up'])).stdout).toMatch(/already up/);
    await marsdisk(home, ['resume', outdir]);
    expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('up goes on after a SIGKILL of the background worker', async () => {
    const outdir = path.join(folder, 'killed');
    await marsdisk(home, ['up'], { kill: killed });
    const first = backgroundIdentity();
    // Attached: sees the death of the background worker, and would compute itself; it is killed first.
    const attached = start(home, [...run, '--outdir', outdir], {
      kill: { at: 'segment-started', what: 'node' },
    });
    expect(await attached.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(isAlive(first)).toBe(false);
    expect(await marsdisk(home, ['up'])).toMatchObject({ code: 0 });
    const { pid } = partsOf(backgroundIdentity());
    const again = await marsdisk(home, [...run, '--outdir', outdir]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).not.toMatch(/this command computes/);
    expect(partsOf(backgroundIdentity()).pid).toBe(pid);
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('an attached command computes when the background worker dies under it', async () => {
    const outdir = path.join(folder, 'taken-over');
    await marsdisk(home, ['up'], { kill: killed });
    const attached = await marsdisk(home, [...run, '--outdir', outdir]);
    expect(attached).toMatchObject({ code: 0 });
    expect(attached.stderr).toMatch(/background worker has ended; this command computes now/);
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('goes on with a run whose own command was killed, without any command of that run', async () => {
    const outdir = path.join(folder, 'orphaned');
    const alone = await marsdisk(home, [...run, '--outdir', outdir], { kill: killed });
    expect(alone).toMatchObject({ signal: 'SIGKILL' });
    const up = await marsdisk(home, ['up']);
    expect(up.stdout).toContain(`${idOf(outdir)}: going on`);
    // Only watches: the background worker lives.
    const watching = await marsdisk(home, [...run, '--outdir', outdir]);
    expect(watching).toMatchObject({ code: 0 });
    expect(watching.stderr).not.toMatch(/this command computes/);
    const status = JSON.parse((await marsdisk(home, ['status', idOf(outdir), '--json'])).stdout);
    expect(status).toMatchObject({ state: 'complete', restarts: 1, latestRestart: { segment: 2 } });
    expect(status.latestRestart.cause).toMatch(/worker process .* has died/);
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('a run that was killed between its summary and the record of it', () => {
  const outdir = path.join(folder, 'untold');

  it('is complete for its command and for status, and up tells the server', async () => {
    const kill: Kill = { at: 'summary-written', what: 'all' };
    expect(await marsdisk(home, [...run, '--outdir', outdir], { kill })).toMatchObject({ signal: 'SIGKILL' });
    const again = await marsdisk(home, [...run, '--outdir', outdir]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/already complete/);
    const listed = async () => {
      const { runs } = JSON.parse((await marsdisk(home, ['status', '--json'])).stdout);
      return runs.find(({ runId }: { runId: string }) => runId === idOf(outdir));
    };
    expect(await listed()).toMatchObject({ state: 'complete', share: 1, serverBehind: true });
    expect((await marsdisk(home, ['status'])).stdout).toMatch(/server has not heard of the end yet/);

    await marsdisk(home, ['up']);
    await logged(new RegExp(`${idOf(outdir)}: has ended`));
    expect(await listed()).toMatchObject({ state: 'complete', share: 1, serverBehind: false });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

it('up refuses where a server is configured, and names the command for it', async () => {
  const outcome = await marsdisk(home, ['up'], { environment: { TEMPORAL_ADDRESS: '127.0.0.1:1' } });
  expect(outcome).toMatchObject({ code: 2 });
  expect(outcome.stderr).toMatch(/marsdisk worker/);
});
