/** The five promises of a program that writes checkpoints, on the reduced run and on a month in two segments. */
import fs from 'node:fs';
import path from 'node:path';
import { marsDisk } from '../../../src/sim/mars/model.js';
import { readCheckpoint, writeCheckpoint } from '../../../src/store/checkpoints/file.js';
import { inspect, superfluous } from '../../../src/store/checkpoints/folder.js';
import { CheckpointRefused } from '../../../src/store/checkpoints/refusal.js';
import { saveCheckpoint } from '../../../src/store/checkpoints/save.js';
import { restore } from '../../../src/store/checkpoints/state.js';
import { readColumns } from '../../../src/store/series.js';
import { configurations, type Driven, drive, freshFolder, hex, namesIn, runOf, specOf } from './driven.js';

const names = Object.keys(configurations) as (keyof typeof configurations)[];
const formats = ['binary', 'json'] as const;

const inFormat = (format: string) => `numerics.checkpoint.format=${format}`;
const filesOf = ({ outdir, checkpoints }: Driven) =>
  Object.keys(checkpoints).map((name) => path.join(outdir, 'checkpoints', name));

describe.each(names)('%s', (name) => {
  describe.each(formats)('%s', (format) => {
    let whole: Driven;
    beforeAll(async () => {
      whole = await drive(await specOf(name, inFormat(format)));
    });

    test('checkpoint_save_load', async () => {
      const run = runOf(await specOf(name));
      const files = filesOf(whole);
      expect(files.length).toBeGreaterThanOrEqual(2);
      const loaded = files.map((file) => hex(marsDisk.encode(restore(run, readCheckpoint(file)).state)));
      // One segment ends at each checkpoint here, so these are the very states that were saved.
      expect(loaded).toEqual(whole.states);
    });

    test('resume_continues_correctly', async () => {
      const times = await timesOf(whole);
      for (const file of filesOf(whole)) {
        const { step } = readCheckpoint(file);
        const resumed = await drive(await specOf(name, inFormat(format)), file);
        expect(resumed.states.at(-1)).toBe(whole.states.at(-1));
        const later = Object.entries(whole.checkpoints).filter(([one]) => one > path.basename(file));
        expect(resumed.checkpoints).toMatchObject(Object.fromEntries(later));
        expect(await timesOf(resumed)).toEqual(times.slice(step + 1));
        expect(resumed.rows).toEqual(whole.rows);
        expect(budgetLines(resumed).slice(1)).toEqual(budgetLines(whole).slice(step + 2));
        expect(resumed.merged['series/psd_bins.parquet']).toBe(whole.merged['series/psd_bins.parquet']);
      }
    });

    test('mass_budget_across_restart', async () => {
      const spec = await specOf(name, inFormat(format));
      const resumed = await drive(spec, filesOf(whole)[0]!);
      for (const { error, limit } of marsDisk.conserved(resumed.final, runOf(spec).params)) {
        expect(error).toBeLessThanOrEqual(limit);
      }
      expect(marsDisk.summary(resumed.final, runOf(spec).params)).toEqual(
        marsDisk.summary(whole.final, runOf(spec).params),
      );
      const [header, ...lines] = budgetLines(resumed).map((line) => line.split(','));
      const error = header!.indexOf('error_percent');
      const errors = lines.map((cells) => Math.abs(Number(cells[error])));
      expect(errors.length).toBeGreaterThan(2);
      expect(Math.max(...errors)).toBeLessThan(1e-10);
    });
  });

  test('checkpoint_interval', async () => {
    const spec = await specOf(name);
    const whole = await drive(spec);
    const times = await timesOf(whole);
    const { interval } = spec.segments;
    const found = filesOf(whole).map((file) => readCheckpoint(file));
    // The first step at or beyond each multiple, and the last of all.
    const expected = times.filter(
      (time, i) =>
        i > 0 &&
        (i === times.length - 1 || Math.floor(time / interval) > Math.floor(times[i - 1]! / interval)),
    );
    expect(found.map(({ time }) => time)).toEqual(expected);
    for (const cut of [
      `segment_max_steps=${name === 'month' ? 10 : 1}`,
      'segment_max_steps=7',
      'segment_max_compute=0.0005',
    ]) {
      const other = await drive(await specOf(name, `execution.${cut}`));
      expect(other.segments).toBeGreaterThan(whole.segments);
      expect(other.checkpoints).toEqual(whole.checkpoints);
      expect(other.merged).toEqual(whole.merged);
    }
    const none = await drive(await specOf(name, 'numerics.checkpoint.enabled=false'));
    expect(none.checkpoints).toEqual({});
    expect(none.merged).toEqual(whole.merged);
  });

  test('the month has two segments, the reduced run five', async () => {
    expect((await drive(await specOf(name))).segments).toBe(name === 'month' ? 2 : 5);
  });
});

describe('keep_last_n', () => {
  let whole: Driven;
  beforeAll(async () => {
    whole = await drive(await specOf('reduced'));
  });

  test.each([0, 1, 3, 99])('%i', async (keep) => {
    const { checkpoints } = await drive(await specOf('reduced', `numerics.checkpoint.keep_last_n=${keep}`));
    const all = Object.entries(whole.checkpoints);
    expect(checkpoints).toEqual(Object.fromEntries(keep === 0 ? all : all.slice(-keep)));
  });

  /** A folder with the checkpoints of the run, to be spoilt. */
  function copied(): { folder: string; files: string[] } {
    const folder = freshFolder();
    const files = filesOf(whole).map((file) => path.join(folder, path.basename(file)));
    for (const [i, file] of filesOf(whole).entries()) fs.copyFileSync(file, files[i]!);
    return { folder, files };
  }

  test('a damaged file is not one of them', async () => {
    const { identity } = await specOf('reduced');
    const { folder, files } = copied();
    fs.truncateSync(files.at(-1)!, 100);
    expect(superfluous(folder, identity, 1)).toEqual(files.slice(0, -2).reverse());
    for (const file of files) fs.truncateSync(file, 100);
    expect(superfluous(folder, identity, 1)).toEqual([]);
  });

  test('a file of another run neither counts nor goes', async () => {
    const { identity } = await specOf('reduced');
    const { folder, files } = copied();
    const newest = readCheckpoint(files.at(-1)!);
    const foreign = writeCheckpoint(folder, { ...newest, step: 10 ** 6, identity: 'f'.repeat(64) }, 'json');
    expect(superfluous(folder, identity, 1)).toEqual(files.slice(0, -1).reverse());
    expect(namesIn(folder)).toContain(path.basename(foreign));
  });

  test('an attempt that comes late removes its own file again', async () => {
    const spec = await specOf('reduced', 'numerics.checkpoint.keep_last_n=3');
    await drive(spec);
    const before = namesIn(spec.checkpoints.folder);
    const run = runOf(spec);
    const old = restore(run, readCheckpoint(filesOf(whole)[0]!));
    saveCheckpoint({ outdir: spec.outdir, ...spec.checkpoints }, run, old.state, old.rows);
    expect(namesIn(spec.checkpoints.folder)).toEqual(before);
  });

  test('the same file written again stays; a damaged one is made whole', async () => {
    const spec = await specOf('reduced');
    const file = filesOf(whole)[2]!;
    const again = restore(runOf(spec), readCheckpoint(file));
    const place = { outdir: spec.outdir, ...spec.checkpoints };
    const written = saveCheckpoint(place, runOf(spec), again.state, again.rows);
    const { ino } = fs.statSync(written);
    saveCheckpoint(place, runOf(spec), again.state, again.rows);
    expect(fs.statSync(written).ino).toBe(ino);
    fs.truncateSync(written, 700);
    expect(inspect(written).found).toBeInstanceOf(CheckpointRefused);
    saveCheckpoint(place, runOf(spec), again.state, again.rows);
    expect(fs.readFileSync(written).equals(fs.readFileSync(file))).toBe(true);
  });
});

async function timesOf({ outdir }: Driven): Promise<number[]> {
  const { time } = await readColumns(path.join(outdir, 'series/run.parquet'), ['time']);
  return [...time!];
}

function budgetLines({ outdir }: Driven): string[] {
  return fs.readFileSync(path.join(outdir, 'checks/mass_budget.csv'), 'utf8').trimEnd().split('\n');
}
