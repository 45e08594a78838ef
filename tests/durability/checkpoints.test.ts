/** Checkpoint files of real runs on a real server: the same whatever happened, and a run that begins at one goes on to the same end. */
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readColumns } from '../../src/store/series.js';
import { comparedFiles, marsdisk, type Outcome } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();
const checkpoints = ['numerics.checkpoint.enabled=true', 'numerics.checkpoint.keep_last_n=0'];
const run = ['run', 'configs/quickstart.yml', 'io.figures=false', ...checkpoints];
const quiet = path.join(folder, 'quiet');

function filesIn(outdir: string): string[] {
  return fs.readdirSync(path.join(outdir, 'checkpoints')).sort();
}

function bytesIn(outdir: string): Record<string, string> {
  const read = (name: string) => fs.readFileSync(path.join(outdir, 'checkpoints', name)).toString('base64');
  return Object.fromEntries(filesIn(outdir).map((name) => [name, read(name)]));
}

const checkpoint = (index: number) => path.join(quiet, 'checkpoints', filesIn(quiet)[index]!);

beforeAll(async () => {
  expect(await marsdisk(home, [...run, '--outdir', quiet])).toMatchObject({ code: 0 });
  expect(filesIn(quiet)).toHaveLength(10);
});

describe('the files of a run', () => {
  it('are the same after a kill, in other segments', async () => {
    const outdir = path.join(folder, 'killed');
    const cut = [...run, 'execution.segment_max_steps=60', '--outdir', outdir];
    const kill = { at: 'step', segment: 11, step: 1, what: 'node' } as const;
    expect(await marsdisk(home, cut, { kill })).toMatchObject({ signal: 'SIGKILL' });
    expect(filesIn(outdir).length).toBeGreaterThan(1);
    expect(await marsdisk(home, cut)).toMatchObject({ code: 0 });
    expect(bytesIn(outdir)).toEqual(bytesIn(quiet));
    expect(comparedFiles(outdir)).toEqual(comparedFiles(quiet));
  });
});

describe('--resume-from', () => {
  it('goes on to the same rows, files and end, also when it is killed and typed again', async () => {
    const outdir = path.join(folder, 'resumed');
    const from = [...run, '--outdir', outdir, '--resume-from', checkpoint(2)];
    const kill = { at: 'segment-computed', segment: 1, what: 'node' } as const;
    const killed = await marsdisk(home, from, { kill });
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    expect(killed.stderr).toMatch(/warning: the run begins at step 529 \(3\.26 yr of model time\)/);
    const again = await marsdisk(home, from);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stderr).toMatch(/goes on from its history; --resume-from is not used/);
    await expectTailOf(outdir, 529);
    const { execution, status } = summaryOf(outdir);
    expect(status.steps).toBe(539);
    expect(execution.resumed_from).toMatchObject({ file: path.basename(checkpoint(2)), step: 529 });
  });

  it('begins at the end, too', async () => {
    const outdir = path.join(folder, 'at-the-end');
    const outcome = await marsdisk(home, [...run, '--outdir', outdir, '--resume-from', checkpoint(9)]);
    expect(outcome).toMatchObject({ code: 0 });
    await expectTailOf(outdir, 539);
  });

  it('with --restart takes the file from the attempt that it moves aside', async () => {
    const outdir = path.join(folder, 'restarted');
    expect(await marsdisk(home, [...run, '--outdir', outdir])).toMatchObject({ code: 0 });
    const file = path.join(outdir, 'checkpoints', path.basename(checkpoint(5)));
    const outcome = await marsdisk(home, [...run, '--outdir', outdir, '--restart', '--resume-from', file]);
    expect(outcome).toMatchObject({ code: 0 });
    await expectTailOf(outdir, 534);
  });

  it('refuses what it cannot use, each with its own message', async () => {
    const spoilt = path.join(folder, 'spoilt.bin');
    const refused = (...words: string[]) =>
      marsdisk(home, [...run, ...words, '--outdir', path.join(folder, 'none')]);
    expectRefusal(await refused('--resume-from', 'nowhere.bin'), 2, /nowhere\.bin there is no such file/);
    expectRefusal(await refused('--resume-from', 'README.md'), 2, /is not a checkpoint/);
    fs.writeFileSync(spoilt, fs.readFileSync(checkpoint(2)).subarray(0, 700));
    expectRefusal(await refused('--resume-from', spoilt), 5, /is cut off/);
    const bytes = fs.readFileSync(checkpoint(2));
    bytes[200]! ^= 4;
    fs.writeFileSync(spoilt, bytes);
    expectRefusal(await refused('--resume-from', spoilt), 5, /is damaged: its bytes do not fit its SHA-256/);
    const other = await refused('material.rho=3000', '--resume-from', checkpoint(2));
    expectRefusal(
      other,
      2,
      /belongs to another run \(identity \w+, this one is \w+\):\n {2}material\.rho: 3270 there, 3000 here/,
    );
    expect(fs.existsSync(path.join(folder, 'none'))).toBe(false);
  });
});

describe('a run whose history is lost', () => {
  /** A run that was killed behind its fifth segment, whose server is gone, and whose newest checkpoint is damaged. */
  async function lost(name: string) {
    const outdir = path.join(folder, name);
    const kill = { at: 'segment-computed', segment: 4, what: 'all' } as const;
    await marsdisk(`${outdir}-home`, [...run, '--outdir', outdir], { kill });
    fs.rmSync(`${outdir}-home`, { recursive: true });
    fs.truncateSync(path.join(outdir, 'checkpoints', filesIn(outdir).at(-1)!), 900);
    const outcome = await marsdisk(home, [...run, '--outdir', outdir]);
    expectRefusal(outcome, 5, new RegExp(`${filesIn(outdir).at(-1)} is cut off`));
    const commands = [...outcome.stderr.matchAll(/^ {2}marsdisk (.*)$/gm)].map((match) =>
      match[1]!.split(' '),
    );
    return { outdir, stderr: outcome.stderr, commands };
  }

  it('names the newest whole checkpoint and the command that goes on from it, with every row before it', async () => {
    const { outdir, stderr, commands } = await lost('lost');
    expect(stderr).toMatch(/newest whole checkpoint, step 531 at 4.25 yr/);
    expect(commands[1]!.at(-1)).toContain(filesIn(outdir).at(-2)!);
    const outcome = await marsdisk(home, commands[1]!);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(
      /history of this run is lost; it goes on from step 531 .*with every row before it/,
    );
    expect(comparedFiles(outdir)).toEqual(comparedFiles(quiet));
    expect(bytesIn(outdir)).toEqual(bytesIn(quiet));
  });

  it('goes on from the end of its parts where they lead further', async () => {
    const { outdir, stderr, commands } = await lost('lost-parts');
    expect(stderr).toMatch(/end of its parts, step 533 at 5.45 yr/);
    expect(commands[0]!.at(-1)).toMatch(/series\/parts\/s000004\S+\.part$/);
    expect(await marsdisk(home, commands[0]!)).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(comparedFiles(quiet));
    const summary = JSON.parse(fs.readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
    expect(summary.execution.restarts).toEqual([
      { segment: 5, cause: expect.stringMatching(/^history lost, went on from s000004/) },
    ]);
  });

  it('goes on by itself with numerics.resume.enabled, past a damaged file that it names', async () => {
    const outdir = path.join(folder, 'by-itself');
    fs.cpSync(path.join(quiet, 'checkpoints'), path.join(outdir, 'checkpoints'), { recursive: true });
    fs.truncateSync(path.join(outdir, 'checkpoints', filesIn(outdir).at(-1)!), 900);
    const resume = [...run, 'numerics.resume.enabled=true', '--outdir', outdir];
    const outcome = await marsdisk(home, resume);
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stderr).toMatch(/warning: skipped \S+ckpt_000000539\w+\.bin: is cut off/);
    await expectTailOf(outdir, 538);
    const nothing = await marsdisk(home, [...resume, '--outdir', path.join(folder, 'nothing')]);
    expectRefusal(nothing, 2, /holds none\.\nName one with --resume-from FILE/);
  });
});

describe('checkpoints', () => {
  const copy = path.join(folder, 'copy');
  const act = (...words: string[]) => marsdisk(home, ['checkpoints', ...words]);

  beforeAll(() => {
    fs.cpSync(quiet, copy, { recursive: true });
  });

  it('list, show and verify whole files', async () => {
    const listed = JSON.parse((await act('list', copy, '--json')).stdout);
    expect(listed.checkpoints.map(({ step }: { step: number }) => step).slice(0, 3)).toEqual([539, 538, 537]);
    const shown = JSON.parse((await act('show', copy, '--json')).stdout);
    expect(shown).toMatchObject({
      step: 539,
      rows: { run: 540 },
      figures: [{ name: 'T_M' }, {}, {}, {}, {}, {}],
    });
    expect((await act('show', checkpoint(0))).stdout).toMatch(/^Step {16}512$/m);
    expect(await act('verify', path.join(copy, 'checkpoints'))).toMatchObject({ code: 0 });
  });

  it('verify ends with 5 and names each finding', async () => {
    const names = filesIn(copy);
    fs.truncateSync(path.join(copy, 'checkpoints', names[0]!), 500);
    fs.writeFileSync(path.join(copy, 'checkpoints', names[1]!), 'something else');
    const outcome = await act('verify', copy);
    expectRefusal(outcome, 5, /2 of 10 checkpoints .* cannot be used/);
    expect(outcome.stdout).toMatch(/^BAD .*truncated: is cut off/m);
    expect(outcome.stdout).toMatch(/^BAD .*foreign: is not a checkpoint/m);
    expect(outcome.stdout.match(/^ok /gm)).toHaveLength(8);
  });

  it('cleanup removes what its dry run says, and never the newest whole one', async () => {
    const keep = ['cleanup', copy, '--keep', '2'];
    const planned = (await act(...keep, '--dry-run')).stdout;
    expect(filesIn(copy)).toHaveLength(10);
    expect((await act(...keep)).stdout).toBe(planned);
    expect(filesIn(copy)).toEqual(filesIn(quiet).slice(-2));
    fs.truncateSync(path.join(copy, 'checkpoints', filesIn(quiet).at(-1)!), 500);
    await act('cleanup', copy, '--keep', '1');
    expect(filesIn(copy)).toEqual(filesIn(quiet).slice(-2));
    expect(await act('cleanup', copy, '--keep', '0')).toMatchObject({ code: 2 });
  });
});

function expectRefusal({ code, stderr }: Outcome, expected: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(code).toBe(expected);
}

function summaryOf(outdir: string) {
  return JSON.parse(fs.readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
}

/** The rows behind this step are those of the quiet run, and so are the checkpoint files. */
async function expectTailOf(outdir: string, step: number): Promise<void> {
  const [found, whole] = await Promise.all([rowsOf(outdir), rowsOf(quiet)]);
  for (const [name, column] of Object.entries(whole)) {
    expect([name, ...found[name]!]).toEqual([name, ...column.subarray(step + 1)]);
  }
  const lines = (one: string) =>
    fs.readFileSync(path.join(one, 'checks/mass_budget.csv'), 'utf8').split('\n');
  expect(lines(outdir).slice(1)).toEqual(lines(quiet).slice(step + 2));
  const later = filesIn(quiet).filter((name) => Number(name.slice(5, 14)) > step);
  for (const name of later) expect(bytesIn(outdir)[name]).toBe(bytesIn(quiet)[name]);
  expect(comparedFiles(outdir)['series/psd_bins.parquet']).toBe(
    comparedFiles(quiet)['series/psd_bins.parquet'],
  );
}

const columns = ['step', 'time', 'dt', 'Sigma_surf', 'tau', 'M_loss_cum', 'mass_lost_by_sinks'];

function rowsOf(outdir: string): Promise<Record<string, Float64Array>> {
  return readColumns(path.join(outdir, 'series/run.parquet'), columns);
}
