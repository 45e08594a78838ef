/** Archives as commands and as the last step of a run: killed in the middle, without room, without the disk, and whole in the end. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { contentOf, markersIn } from '../store/archive/finishedRun.js';
import { comparedFiles, type Kill, marsdisk, start } from './command.js';
import { scratch } from './folders.js';
import { canMount, smallDisk } from './smallDisk.js';

const folder = scratch();
const home = path.join(folder, 'home');
const policy = { heartbeatTimeout: 3 };
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', 'execution.segment_max_steps=100'];
const withDisk = canMount ? describe : describe.skip;

let finished: string;
let quiet: Record<string, string>;

beforeAll(async () => {
  finished = path.join(folder, 'finished');
  expect(await marsdisk(home, [...run, '--outdir', finished])).toMatchObject({ code: 0 });
  quiet = comparedFiles(finished);
});

function place(name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made, { recursive: true });
  return made;
}

/** Its own copy of the finished run. */
function copyOf(name: string): string {
  const copy = path.join(folder, 'copies', name);
  cpSync(finished, copy, { recursive: true, preserveTimestamps: true });
  rmSync(path.join(copy, 'ARCHIVE_DONE'), { force: true });
  return copy;
}

const into = (dir: string, ...more: string[]) => [
  'io.archive.enabled=true',
  `io.archive.dir=${dir}`,
  ...more.map((one) => `io.archive.${one}`),
];

async function requireWhole(archive: string): Promise<void> {
  expect(await marsdisk(home, ['archive', 'verify', archive])).toMatchObject({ code: 0 });
  expect(markersIn(archive)).toEqual(['ARCHIVE_DONE']);
  expect(comparedFiles(archive)).toEqual(quiet);
}

describe('a run with an archive', () => {
  it('ends archived; the same command and status answer from what is left', async () => {
    const dir = place('archive-1');
    const outdir = path.join(folder, 'run-1');
    const command = [...run, ...into(dir, 'keep_local=metadata'), '--outdir', outdir];
    const first = await marsdisk(home, command);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toMatch(/archived in \S+run-1/);
    expect(first.stdout).toContain(path.join(dir, 'run-1', 'series/run.parquet'));
    await requireWhole(path.join(dir, 'run-1'));
    expect(existsSync(path.join(outdir, 'series'))).toBe(false);
    expect(await marsdisk(home, command)).toMatchObject({ code: 0, stdout: first.stdout });
    expect((await marsdisk(home, ['status', outdir])).stdout).toBe(first.stdout);
    expect(await marsdisk(home, ['archive', 'restore', path.join(dir, 'run-1')])).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });

  it('with merge_target external and keep_local none leaves a pointer that still answers', async () => {
    const dir = place('archive-2');
    const outdir = path.join(folder, 'run-2');
    const command = [...run, ...into(dir, 'keep_local=none', 'merge_target=external'), '--outdir', outdir];
    const first = await marsdisk(home, command);
    expect(first).toMatchObject({ code: 0 });
    expect(Object.keys(contentOf(outdir))).toEqual([]);
    await requireWhole(path.join(dir, 'run-2'));
    expect(await marsdisk(home, command)).toMatchObject({ code: 0, stdout: first.stdout });
    const other = await marsdisk(home, [...command, 'sizes.n_bins=41']);
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(/belongs to a run of another configuration, archived in/);
    rmSync(dir, { recursive: true });
    const away = await marsdisk(home, command);
    expect(away).toMatchObject({ code: 1, stdout: '' });
    expect(away.stderr).toMatch(/results of this run are in .*is its disk mounted/);
  });

  const kills: Kill[] = [
    { at: 'archive-copied', count: 3, what: 'node' },
    { at: 'archive-verified', count: 2, what: 'all' },
    { at: 'archive-removed', count: 1, what: 'node' },
  ];

  it.each(kills)('killed at $at goes on with the same command, and ends whole', async (kill) => {
    const dir = place(`archive-${kill.at}`);
    const outdir = path.join(folder, kill.at);
    const command = [...run, ...into(dir), '--outdir', outdir];
    expect(await marsdisk(home, command, { kill, policy })).toMatchObject({ signal: 'SIGKILL' });
    const marker = kill.at === 'archive-removed' ? 'ARCHIVE_DONE' : 'INCOMPLETE';
    expect(markersIn(outdir)).toEqual([marker]);
    const archive = path.join(dir, kill.at);
    expect(markersIn(archive)).toEqual([marker]);
    if (marker === 'INCOMPLETE') {
      expect(comparedFiles(outdir)).toEqual(quiet);
      expect(await marsdisk(home, ['archive', 'verify', archive])).toMatchObject({ code: 5 });
    }
    expect(await marsdisk(home, command, { policy })).toMatchObject({ code: 0 });
    await requireWhole(archive);
    expect(markersIn(outdir)).toEqual(['ARCHIVE_DONE']);
  });

  it('whose history is lost in front of its archive is archived by the same command', async () => {
    const dir = place('archive-lost');
    const outdir = path.join(folder, 'lost');
    const command = [...run, ...into(dir, 'keep_local=all'), '--outdir', outdir];
    const own = path.join(folder, 'home-lost');
    const kill: Kill = { at: 'archive-copied', count: 2, what: 'all' };
    expect(await marsdisk(own, command, { kill })).toMatchObject({ signal: 'SIGKILL' });
    rmSync(own, { recursive: true });
    expect(await marsdisk(own, command)).toMatchObject({ code: 0 });
    await requireWhole(path.join(dir, 'lost'));
  });

  it('is archived by the same command when the archive is asked for later', async () => {
    const dir = place('archive-later');
    const command = [...run, ...into(dir, 'keep_local=all'), '--outdir', finished];
    expect(await marsdisk(home, command)).toMatchObject({ code: 0 });
    await requireWhole(path.join(dir, 'finished'));
    expect(comparedFiles(finished)).toEqual(quiet);
  });

  it('waits for an archive that is away, and says so', async () => {
    const dir = path.join(folder, 'not-yet');
    const outdir = path.join(folder, 'patient');
    const running = start(home, [...run, ...into(dir), '--outdir', outdir]);
    await running.said(/archiveRun: attempt \d+ failed \(the archive \S+not-yet is not there/);
    expect(markersIn(outdir)).toEqual(['ARCHIVE_SKIPPED']);
    mkdirSync(dir);
    expect(await running.ended).toMatchObject({ code: 0 });
    expect(markersIn(outdir)).toEqual(['ARCHIVE_DONE']);
    await requireWhole(path.join(dir, 'patient'));
  });

  it('fails at the place of another run, with its results kept and the way on', async () => {
    const dir = place('archive-taken');
    mkdirSync(path.join(dir, 'taken'));
    writeFileSync(path.join(dir, 'taken', 'notes.txt'), 'mine');
    const outdir = path.join(folder, 'taken');
    const command = [...run, ...into(dir), '--outdir', outdir];
    const refused = await marsdisk(home, command);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(/holds other files, not .*give another archive folder/);
    expect(markersIn(outdir)).toEqual(['ARCHIVE_SKIPPED']);
    expect(comparedFiles(outdir)).toEqual(quiet);
    rmSync(path.join(dir, 'taken'), { recursive: true });
    expect(await marsdisk(home, command)).toMatchObject({ code: 0 });
    await requireWhole(path.join(dir, 'taken'));
  });
});

withDisk('an archive on a disk', () => {
  const disk = smallDisk(12);

  it('that is full is said and waited out, and the copy goes on', async () => {
    const outdir = path.join(folder, 'full');
    const kill: Kill = { at: 'archive-copied', count: 2, what: 'stop' };
    const running = start(home, [...run, ...into(disk.folder), '--outdir', outdir], { kill });
    await running.stopped();
    disk.fill();
    running.wake();
    await running.said(/no room left for \S+: [\d.]+ MB are free on its disk[\s\S]*Delete or move something/);
    expect(markersIn(outdir)).toEqual(['INCOMPLETE']);
    expect(comparedFiles(outdir)).toEqual(quiet);
    disk.empty();
    await running.said(/there is room again; the run goes on/);
    expect(await running.ended).toMatchObject({ code: 0 });
    await requireWhole(path.join(disk.folder, 'full'));
  });

  it('must keep as much free as its owner wants', async () => {
    const outdir = path.join(folder, 'reserved');
    disk.fill();
    const running = start(home, [...run, ...into(disk.folder, 'min_free_gb=0.002'), '--outdir', outdir]);
    await running.said(/no room for \S+ MB in the archive .*min_free_gb wants 0.002 GB to be left/);
    expect(markersIn(outdir)).toEqual(['ARCHIVE_SKIPPED']);
    expect(readFileSync(path.join(outdir, 'ARCHIVE_SKIPPED'), 'utf8')).toMatch(/^no room for/);
    disk.empty();
    expect(await running.ended).toMatchObject({ code: 0 });
    await requireWhole(path.join(disk.folder, 'reserved'));
  });

  it('that may not be written is tried again until it may', async () => {
    const outdir = path.join(folder, 'read-only');
    disk.readOnly(true);
    const running = start(home, [...run, ...into(disk.folder), '--outdir', outdir]);
    await running.said(/archiveRun: attempt \d+ failed \(EROFS.*\); trying again/);
    expect(markersIn(outdir)).toEqual(['ARCHIVE_SKIPPED']);
    disk.readOnly(false);
    expect(await running.ended).toMatchObject({ code: 0 });
    await requireWhole(path.join(disk.folder, 'read-only'));
  });

  it('that vanishes in the middle loses nothing', async () => {
    const outdir = path.join(folder, 'vanished');
    const archive = path.join(disk.folder, 'there');
    mkdirSync(archive);
    const kill: Kill = { at: 'archive-copied', count: 4, what: 'stop' };
    const running = start(home, [...run, ...into(archive), '--outdir', outdir], { kill });
    await running.stopped();
    rmSync(archive, { recursive: true });
    running.wake();
    await running.said(/archiveRun: attempt \d+ failed/);
    expect(markersIn(outdir)).toEqual(['INCOMPLETE']);
    expect(comparedFiles(outdir)).toEqual(quiet);
    mkdirSync(archive);
    expect(await running.ended).toMatchObject({ code: 0 });
    await requireWhole(path.join(archive, 'vanished'));
  });
});

describe('marsdisk archive', () => {
  it('archives, verifies and restores, also for programs', async () => {
    const dir = place('by-hand');
    const copy = copyOf('one');
    const made = await marsdisk(home, ['archive', copy, '--archive-dir', dir, '--json']);
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({
      schema: 1,
      archives: [{ title: 'one', kind: 'run', place: path.join(dir, 'one'), removed: 0, error: null }],
    });
    await requireWhole(path.join(dir, 'one'));
    const series = path.join(dir, 'one', 'series', 'run.parquet');
    const bytes = readFileSync(series);
    bytes[5000]! ^= 1;
    writeFileSync(series, bytes);
    const damaged = await marsdisk(home, ['archive', 'verify', dir, '--json']);
    expect(damaged).toMatchObject({ code: 5 });
    expect(JSON.parse(damaged.stdout).archives[0].damage).toEqual([
      { path: 'series/run.parquet', problem: expect.stringMatching(/has changed/) },
    ]);
    expect(
      await marsdisk(home, ['archive', 'restore', path.join(dir, 'one'), '--to', path.join(folder, 'bad')]),
    ).toMatchObject({ code: 5 });
    const strict = [
      'archive',
      copy,
      '--archive-dir',
      dir,
      '--verify-level',
      'strict',
      '--keep-local',
      'none',
    ];
    expect(await marsdisk(home, strict)).toMatchObject({ code: 0 });
    expect(Object.keys(contentOf(copy))).toEqual([]);
    const target = path.join(folder, 'good');
    const restored = await marsdisk(home, [
      'archive',
      'restore',
      path.join(dir, 'one'),
      '--to',
      target,
      '--json',
    ]);
    expect(restored).toMatchObject({ code: 0 });
    expect(comparedFiles(target)).toEqual(quiet);
  });

  it.each<Kill>([
    { at: 'archive-bytes', count: 2, what: 'node' },
    { at: 'archive-copied', count: 5, what: 'node' },
    { at: 'archive-removed', count: 2, what: 'node' },
  ])('killed at $at loses nothing, and goes on when it is typed again', async (kill) => {
    const dir = place(`hand-${kill.at}`);
    const copy = copyOf(kill.at);
    const command = ['archive', copy, '--archive-dir', dir, '--keep-local', 'none'];
    expect(await marsdisk(home, command, { kill })).toMatchObject({ signal: 'SIGKILL' });
    if (kill.at !== 'archive-removed') expect(comparedFiles(copy)).toEqual(quiet);
    expect(await marsdisk(home, command)).toMatchObject({ code: 0 });
    await requireWhole(path.join(dir, kill.at));
    expect(Object.keys(contentOf(copy))).toEqual([]);
  });

  it('ends with the code that its failure has', async () => {
    const copy = copyOf('codes');
    const dir = place('codes-archive');
    const codes = async (...words: string[]) => (await marsdisk(home, ['archive', ...words])).code;
    expect(await codes(copy)).toBe(2); // where to?
    expect(await codes(path.join(folder, 'nothing'), '--archive-dir', dir)).toBe(2);
    expect(await codes(copy, '--archive-dir', path.join(copy, 'inside'))).toBe(2);
    expect(await codes(copy, '--archive-dir', path.join(folder, 'away'))).toBe(1);
    expect(await codes(copy, '--archive-dir', dir, '--verify-level', 'none')).toBe(2);
    expect(await codes('verify', dir)).toBe(2); // no archive
    rmSync(path.join(copy, 'series', 'run.parquet'));
    expect(await codes(copy, '--archive-dir', dir)).toBe(5);
  });
});
