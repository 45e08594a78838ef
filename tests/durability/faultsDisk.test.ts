/** A disk that is full, and one that refuses to be written, under the results of a run: said, waited out, and the same bytes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServerInUse, useServer } from '../../src/worker/server/embedded.js';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { halfWritten, scratch } from './folders.js';
import { canMount, smallDisk } from './smallDisk.js';

const folder = scratch();
const home = path.join(folder, 'home');
const policy = { heartbeatTimeout: 3 };
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const noRoom = /no room left for \S+: [\d.]+ MB are free on its disk[\s\S]*Delete or move something/;
const again = /there is room again; the run goes on/;

/** Skipped, and counted as such, where the tests may not mount a disk. */
const withDisk = canMount ? describe : describe.skip;

let quiet: Record<string, string>;

beforeAll(async () => {
  const outdir = path.join(folder, 'quiet');
  expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

function restartsOf(outdir: string) {
  return JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8')).execution.restarts;
}

withDisk('a disk that is full', () => {
  const places: Kill[] = [
    { at: 'segment-started', segment: 2, what: 'stop' },
    { at: 'manifest-started', what: 'stop' },
    { at: 'manifest-written', what: 'stop' }, // before the merge
  ];

  const disk = smallDisk(12);

  it.each(places)('at $at is said and waited out, and the run goes on by itself', async (kill) => {
    const outdir = path.join(disk.folder, kill.at);
    const running = start(home, [...run, '--outdir', outdir], { kill });
    await running.stopped();
    disk.fill();
    running.wake();
    await running.said(noRoom);
    expect(halfWritten(outdir)).toEqual([]);
    disk.empty();
    await running.said(again);
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(halfWritten(outdir)).toEqual([]);
    expect(restartsOf(outdir)).toEqual([]); // the same attempt, no pause of the server's
  });
});

withDisk('a disk that is full before a run begins', () => {
  const disk = smallDisk(1);

  it('is said with what to do', async () => {
    disk.fill();
    const outcome = await marsdisk(home, [...run, '--outdir', path.join(disk.folder, 'out')]);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toMatch(noRoom);
  });
});

withDisk('a disk that is full under a worker elsewhere', () => {
  const disk = smallDisk(12);
  let server: ServerInUse;
  beforeAll(async () => {
    server = await useServer({ home: path.join(folder, 'server'), onMessage: () => {} });
  });
  afterAll(() => server.release());

  it('is said by the client; a worker that is asked to leave meanwhile does not wait', async () => {
    const environment = { TEMPORAL_ADDRESS: server.address };
    const outdir = path.join(disk.folder, 'remote');
    const kill: Kill = { at: 'segment-started', segment: 2, what: 'stop' };
    const worker = start(home, ['worker'], { environment, kill });
    const client = start(home, [...run, '--outdir', outdir], { environment });
    await worker.stopped();
    disk.fill();
    worker.wake();
    await Promise.all([worker.said(noRoom), client.said(noRoom)]);
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    disk.empty();
    const next = start(home, ['worker'], { environment });
    const outcome = await client.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(again);
    process.kill(next.pid, 'SIGTERM');
    await next.ended;
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

withDisk('a disk that is full under the embedded server', () => {
  const disk = smallDisk(16);

  it('is said; the run goes on by itself when there is room', async () => {
    const outdir = path.join(folder, 'server-full');
    const kill: Kill = { at: 'segment-computed', segment: 2, what: 'stop' };
    const command = [...run, '--quiet', '--outdir', outdir]; // which does not silence what waits for the user
    const running = start(path.join(disk.folder, 'home'), command, { kill, policy });
    await running.stopped();
    disk.fill();
    running.wake();
    await running.said(noRoom);
    disk.empty();
    await running.said(/there is room for the Temporal server again/);
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('the same command goes on after it was killed there', async () => {
    const own = path.join(disk.folder, 'home-killed');
    const outdir = path.join(folder, 'server-full-killed');
    const kill: Kill = { at: 'segment-computed', segment: 2, what: 'stop' };
    const running = start(own, [...run, '--outdir', outdir], { kill, policy });
    await running.stopped();
    disk.fill();
    running.wake();
    await running.said(noRoom);
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    const refused = await marsdisk(own, [...run, '--outdir', outdir]);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toMatch(noRoom);
    expect(refused.stderr).toMatch(/then type the same command again/);
    disk.empty();
    expect(await marsdisk(own, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

withDisk('a disk that refuses to be written', () => {
  const disk = smallDisk(12);

  it('fails the segment loudly; it is tried again until the disk takes it', async () => {
    const outdir = path.join(disk.folder, 'read-only');
    const kill: Kill = { at: 'segment-started', segment: 2, what: 'stop' };
    const running = start(home, [...run, '--outdir', outdir], { kill });
    await running.stopped();
    disk.readOnly(true);
    running.wake();
    await running.said(/advanceSegment: attempt \d+ failed \(EROFS: read-only file system.*\); trying again/);
    disk.readOnly(false);
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(halfWritten(outdir)).toEqual([]);
  });
});
