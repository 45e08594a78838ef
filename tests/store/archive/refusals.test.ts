import fs from 'node:fs';
import path from 'node:path';
import { archiveUnit } from '../../../src/store/archive/archiveUnit.js';
import { runUnit } from '../../../src/store/archive/unit.js';
import { sha256 } from '../../../src/store/durable.js';
import { archiveIn, contentOf, finishedBatch, markersIn, quiet } from './finishedRun.js';

import { flip, stage } from './stage.js';

const here = stage();

describe('refused', () => {
  it('is an archive in the run or in its batch, and a copy onto the run', async () => {
    const batch = await finishedBatch(path.join(here.folder, 'tag', 'batch'), ['T1', 'T2']);
    fs.mkdirSync(path.join(batch, 'T1', 'in'));
    fs.symlinkSync(path.join(batch, 'T1', 'in'), path.join(here.folder, 'by-link'));
    for (const inside of [
      path.join(batch, 'T1', 'in'),
      path.join(batch, 'archive'),
      path.join(here.folder, 'by-link'),
    ]) {
      await expect(here.archived(path.join(batch, 'T1'), { dir: inside })).rejects.toThrow(
        /which it shall hold/,
      );
    }
    const onto = here.archived(path.join(batch, 'T2'), { dir: path.join(here.folder, 'tag') });
    await expect(onto).rejects.toThrow(/which is the same folder/);
  });

  it('is a run that is not finished', async () => {
    const run = await here.make();
    fs.rmSync(path.join(run, 'summary.json'));
    expect(() => runUnit(run)).toThrow(/holds no finished run/);
  });

  it.each([
    ['another run', { runId: 'disk-bbbbbbbbbb' }],
    ['another configuration', { identity: sha256('another') }],
  ])('is the place of %s, and nothing there changes', async (_what, made) => {
    const { place } = await here.archived(await here.make());
    const before = { ...contentOf(place), marker: fs.readFileSync(path.join(place, 'ARCHIVE_DONE'), 'utf8') };
    const other = await here.make('elsewhere/disk', made);
    const own = contentOf(other);
    await expect(here.archived(other, { keepLocal: 'none' })).rejects.toThrow(/holds another run/);
    expect(contentOf(other)).toEqual(own);
    expect(markersIn(other)).toEqual(['ARCHIVE_SKIPPED']);
    expect({
      ...contentOf(place),
      marker: fs.readFileSync(path.join(place, 'ARCHIVE_DONE'), 'utf8'),
    }).toEqual(before);
  });

  it('is the place of another run’s copy that was not finished, and of unknown files', async () => {
    const first = await here.make();
    const failing = {
      ...quiet,
      onCopied: () => {
        throw new Error('killed');
      },
    };
    const archive = archiveIn(here.dir);
    await expect(archiveUnit({ unit: runUnit(first), archive, events: failing })).rejects.toThrow('killed');
    const other = await here.make('elsewhere/disk', { runId: 'disk-bbbbbbbbbb' });
    await expect(here.archived(other)).rejects.toThrow(/holds another run/);
    fs.mkdirSync(path.join(here.dir, 'third'));
    fs.writeFileSync(path.join(here.dir, 'third', 'notes.txt'), 'mine');
    await expect(here.archived(await here.make('third'))).rejects.toThrow(/holds other files/);
  });

  it('is a damaged series, whose good copy stays', async () => {
    const run = await here.make();
    const { place } = await here.archived(run);
    const good = contentOf(place);
    flip(path.join(run, 'series', 'run.parquet'), 40);
    await expect(here.archived(run, { keepLocal: 'none' })).rejects.toThrow(
      /has changed since it was merged/,
    );
    expect(contentOf(place)).toEqual(good);
    fs.rmSync(path.join(run, 'series', 'run.parquet'));
    expect(await here.archived(run)).toMatchObject({ copied: 0 }); // gone here, whole there
    const fresh = await here.make('fresh');
    fs.rmSync(path.join(fresh, 'series', 'run.parquet'));
    await expect(here.archived(fresh)).rejects.toThrow(/run\.parquet: is missing/);
  });

  it('is a second archive of a run whose series are in the first alone', async () => {
    const run = await here.make();
    await here.archived(run, { keepLocal: 'metadata' });
    const second = path.join(here.folder, 'second');
    fs.mkdirSync(second);
    await expect(here.archived(run, { dir: second })).rejects.toThrow(/is only in .*bring it back first/);
  });
});
