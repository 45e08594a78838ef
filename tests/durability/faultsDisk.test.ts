/** A disk that is full, and one that refuses to be written, under the results of a run: said, waited out, and the same bytes. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { halfWritten, scratch } from './folders.js';
import { canMount, smallDisk } from './smallDisk.js';

const folder = scratch();
const home = path.join(folder, 'home');
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const noRoom = /no room left for \S+: [\d.]+ MB are free on its disk[\s\S]*Delete or move something/;

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
    await running.said(/there is room again; the run goes on/);
    const outcome = await running.ended;
    expect(outcome).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
    expect(halfWritten(outdir)).toEqual([]);
    expect(restartsOf(outdir)).toEqual([]); // the same attempt, no pause of the server's
  });
});
