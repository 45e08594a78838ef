/** pause, resume, checkpoint and cancel of a run on a real server: the segment ends at the step where it is, and the files do not show it. */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import type { Progress } from '../../src/workflows/messages.js';
import { comparedFiles, marsdisk, start } from './command.js';
import { halfWritten, scratch } from './folders.js';

let server: ServerInUse;
afterAll(() => server.release());
const folder = scratch();
const home = path.join(folder, 'home');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=50'];
const policy = { manifestEverySegments: 3, continueAsNewAfterSegments: 6 };
/** The thread waits there until its segment is ended, so that the message meets a segment that is being computed. */
const held = { at: 'step', segment: 2, step: 20, what: 'hold' } as const;

let quiet: Record<string, string>;

beforeAll(async () => {
  server = await useServer({ home, onMessage: () => {} }); // no command has to start it
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

/** Starts a run that is held in its third segment. */
async function heldRun(name: string) {
  const outdir = path.join(folder, name);
  const running = start(home, [...run, '--outdir', outdir], { kill: held, policy });
  await running.said(/held at step 20 of segment 2/);
  return { outdir, running };
}

async function withClient<T>(act: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await act(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

function executionOf(outdir: string) {
  return JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8')).execution;
}

function idOf(outdir: string): string {
  return readFileSync(path.join(outdir, 'run_id'), 'utf8').trim();
}

describe('pause', () => {
  it('ends the segment at its step and waits; resume goes on to the same bytes', async () => {
    const { outdir, running } = await heldRun('paused');
    const paused = await marsdisk(home, ['pause', outdir]);
    expect(paused).toMatchObject({ code: 0 });
    expect(paused.stdout).toMatch(/: paused; go on with: marsdisk resume/);
    const listed = await marsdisk(home, ['status', '--json']);
    expect(JSON.parse(listed.stdout).runs).toEqual([
      expect.objectContaining({ outdir, state: 'paused', segment: 3, steps: 120, secondsLeft: null }),
      expect.objectContaining({ outdir: path.join(folder, 'quiet'), state: 'complete', share: 1 }),
    ]);
    await withClient(async (client) => {
      const handle = client.workflow.getHandle(idOf(outdir));
      const { phase, segment, steps } = await handle.query<Progress>('progress');
      expect({ phase, segment, steps }).toEqual({ phase: 'paused', segment: 3, steps: 120 });
      const { searchAttributes, raw } = await handle.describe();
      expect(searchAttributes.MarsdiskPhase).toEqual(['paused']);
      expect(raw.pendingActivities ?? []).toEqual([]);
      const { currentDetails } = await handle.query<{ currentDetails: string }>(
        '__temporal_workflow_metadata',
      );
      expect(currentDetails).toMatch(/^\*\*paused\*\*/);
    });
    expect(await marsdisk(home, ['resume', outdir])).toMatchObject({ code: 0 });
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(executionOf(outdir).restarts).toEqual([]); // nothing was computed twice
  });

  it('outlives the death of command and server, and the start of a new history', async () => {
    const { outdir, running } = await heldRun('paused-and-killed');
    await marsdisk(home, ['pause', outdir]);
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    const again = start(home, [...run, '--outdir', outdir], { policy });
    await again.said(/is paused/);
    const elsewhere = await marsdisk(home, ['resume', idOf(outdir)]);
    expect(elsewhere).toMatchObject({ code: 0 });
    expect(await again.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('spans the start of a new history', async () => {
    const outdir = path.join(folder, 'paused-across');
    const often = { ...policy, continueAsNewAfterSegments: 3 }; // the segment that the pause ends is the last one of its history
    const running = start(home, [...run, '--outdir', outdir], { kill: held, policy: often });
    await running.said(/held at step 20 of segment 2/);
    const first = await withClient((client) => client.workflow.getHandle(idOf(outdir)).describe());
    expect((await marsdisk(home, ['pause', outdir])).stdout).toMatch(/: paused/);
    await withClient(async (client) => {
      const handle = client.workflow.getHandle(idOf(outdir));
      const { runId, searchAttributes } = await handle.describe();
      expect(runId).not.toBe(first.runId);
      expect(searchAttributes.MarsdiskPhase).toEqual(['paused']);
      expect(await handle.query<Progress>('progress')).toMatchObject({ phase: 'paused', segment: 3 });
    });
    expect(await marsdisk(home, ['resume', outdir])).toMatchObject({ code: 0 });
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(executionOf(outdir).restarts).toEqual([]);
  });
});

describe('checkpoint', () => {
  it('is written at the step where the segment is, and the run goes on to the same bytes', async () => {
    const { outdir, running } = await heldRun('checkpoint');
    const status = JSON.parse((await marsdisk(home, ['status', outdir, '--json'])).stdout);
    expect(status).toMatchObject({ state: 'running', segment: 2, restarts: 0, progress: { segment: 2 } });
    expect(status.secondsLeft).toBeNull(); // two minutes of ten years say nothing of the pace
    const asked = await marsdisk(home, ['checkpoint', outdir]);
    expect(asked).toMatchObject({ code: 0 });
    const [, file] = /checkpoint at step 120, .*: (.*)\n/.exec(asked.stdout)!;
    expect(path.basename(file!)).toMatch(/^ckpt_0*120_/);
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(await marsdisk(home, ['checkpoints', 'verify', outdir])).toMatchObject({ code: 0 });
  });

  it('is written of a run that nothing computes, from its last recorded segment', async () => {
    const outdir = path.join(folder, 'checkpoint-of-the-dead');
    const kill = { at: 'segment-started', segment: 1, what: 'all' } as const;
    await marsdisk(home, [...run, '--outdir', outdir], { kill, policy });
    const asked = await marsdisk(home, ['checkpoint', outdir]);
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.stdout).toMatch(/checkpoint at step \d+/);
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('cancel', () => {
  it('ends the run at the step of its segment; the same command goes on from there', async () => {
    const { outdir, running } = await heldRun('cancelled');
    const cancelled = await marsdisk(home, ['cancel', outdir]);
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.stdout).toMatch(
      /cancelled; type its run command again[\s\S]*its newest checkpoint: .*ckpt_/,
    );
    expect(readdirSync(path.join(outdir, 'checkpoints')).join()).toMatch(/ckpt_0*120_/);
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/was cancelled; type the same command to go on/);
    const again = await marsdisk(home, [...run, '--outdir', outdir], { policy });
    expect(again).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(executionOf(outdir).restarts).toEqual([{ segment: 3, cause: 'workflow cancelled' }]);
  });

  it('works as a request from elsewhere, as the button of the UI sends it, and on a paused run', async () => {
    const { outdir, running } = await heldRun('cancelled-while-paused');
    await marsdisk(home, ['pause', outdir]);
    await withClient((client) => client.workflow.getHandle(idOf(outdir)).cancel());
    expect(await running.ended).toMatchObject({ code: 1 });
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('during the merge ends the run there; the same command merges to the same bytes', async () => {
    const outdir = path.join(folder, 'cancelled-in-merge');
    const kill = { at: 'merge-progress', what: 'stop' } as const;
    const running = start(home, [...run, '--outdir', outdir], { kill, policy });
    await running.stopped();
    await withClient((client) => client.workflow.getHandle(idOf(outdir)).cancel()); // recorded while nobody answers
    running.wake();
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.stderr).toMatch(/was cancelled; type the same command to go on/);
    expect(existsSync(path.join(outdir, 'summary.json'))).toBe(false);
    expect(halfWritten(outdir)).toEqual([]);
    const status = JSON.parse((await marsdisk(home, ['status', outdir, '--json'])).stdout);
    expect(status).toMatchObject({ state: 'cancelled', progress: null });
    await withClient(async (client) => {
      const { searchAttributes } = await client.workflow.getHandle(idOf(outdir)).describe();
      expect(searchAttributes.MarsdiskPhase).toEqual(['cancelled']);
    });
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('says why its last checkpoint could not be written; the same command goes on all the same', async () => {
    const { outdir, running } = await heldRun('cancelled-speechless');
    symlinkSync(folder, path.join(outdir, 'checkpoints')); // leads out of the run's folder: refused
    const cancelled = await marsdisk(home, ['cancel', outdir]);
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.stderr).toMatch(
      /checkpoint file could not be written.*nothing is lost: .*checkpoints: leads out/,
    );
    expect(cancelled.stdout).not.toMatch(/newest checkpoint/);
    expect(await running.ended).toMatchObject({ code: 1 });
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('ends a run that nothing computes', async () => {
    const outdir = path.join(folder, 'killed');
    const kill = { at: 'segment-computed', segment: 4, what: 'all' } as const;
    await marsdisk(home, [...run, '--outdir', outdir], { kill, policy });
    const cancelled = await marsdisk(home, ['cancel', outdir]);
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.stdout).toMatch(/cancelled; type its run command again/);
    const status = await marsdisk(home, ['status', outdir]);
    expect(status.stdout).toMatch(/: cancelled; type its run command[\s\S]*segment 4/);
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('a run that has ended', () => {
  it.each(['pause', 'resume', 'checkpoint', 'cancel'])('refuses to %s with exit code 2', async (verb) => {
    const outcome = await marsdisk(home, [verb, path.join(folder, 'quiet')]);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/is complete/);
  });
});
