import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../../src/config/runSpec.js';
import { archiveFolder } from '../../../src/store/archive/archiveFolder.js';
import { archivesAt, inspectArchive } from '../../../src/store/archive/verifyArchive.js';
import { archiveIn, finishedBatch, markersIn, quiet } from './finishedRun.js';

import { stage } from './stage.js';

const here = stage();

describe('a batch', () => {
  const titles = ['T1', 'T2', 'T3'];
  const all = (batch: string, settings: Partial<Archive> = {}) =>
    archiveFolder({ folder: batch, archiveOf: () => archiveIn(here.dir, settings), events: quiet });

  it('is archived case by case, by batch and title, and then its own files', async () => {
    const batch = await finishedBatch(path.join(here.folder, 'tag', 'batch'), titles);
    const outcomes = await all(batch, { keepLocal: 'metadata' });
    expect(outcomes.map(({ title, kind, error }) => [title, kind, error])).toEqual([
      ['T1', 'run', null],
      ['T2', 'run', null],
      ['T3', 'run', null],
      ['batch', 'batch', null],
    ]);
    expect(outcomes.map(({ archived: copy }) => copy!.place)).toEqual(
      [...titles.map((title) => `batch/${title}`), 'batch'].map((name) => path.join(here.dir, name)),
    );
    expect(fs.existsSync(path.join(batch, 'summary.parquet'))).toBe(true);
    const stores = await archivesAt(here.dir);
    expect(stores).toHaveLength(4);
    const places = stores.map(({ place }) => place);
    for (const store of stores) {
      const others = places.filter((place) => place !== store.place);
      expect(await inspectArchive(store, others)).toMatchObject({ damage: [], unexpected: [] });
    }
    expect((await all(batch)).map(({ archived: copy }) => copy!.copied)).toEqual([0, 0, 0, 0]);
  });

  it('keeps equal titles of two batches apart', async () => {
    const one = await finishedBatch(path.join(here.folder, 'tag', 'one'), ['T1']);
    const two = await finishedBatch(path.join(here.folder, 'tag', 'two'), ['T1']);
    for (const batch of [one, two])
      expect((await all(batch)).every(({ error }) => error === null)).toBe(true);
    expect(fs.readdirSync(here.dir)).toEqual(['one', 'two']);
  });

  it('goes on with the other cases when one cannot be archived, and marks it', async () => {
    const batch = await finishedBatch(path.join(here.folder, 'tag', 'batch'), titles);
    fs.rmSync(path.join(batch, 'T2', 'summary.json'));
    const outcomes = await all(batch);
    expect(outcomes.map(({ error }) => error?.name ?? null)).toEqual([null, 'ArchiveRefused', null, null]);
    expect(markersIn(path.join(batch, 'T2'))).toEqual(['ARCHIVE_SKIPPED']);
    expect(fs.readFileSync(path.join(batch, 'T2', 'ARCHIVE_SKIPPED'), 'utf8')).toMatch(/no finished run/);
  });

  it('of another list under the same name is refused', async () => {
    await all(await finishedBatch(path.join(here.folder, 'tag', 'batch'), titles));
    const outcomes = await all(await finishedBatch(path.join(here.folder, 'other', 'batch'), ['T1', 'T9']));
    expect(outcomes.map(({ title, error }) => [title, error?.name])).toEqual([
      ['T1', undefined],
      ['T9', undefined],
      ['batch', 'ArchiveRefused'],
    ]);
  });
});
