import fs from 'node:fs';
import path from 'node:path';
import { storeAt } from '../../../src/store/archive/objectStore.js';
import { manifestToRestore, restoreArchive } from '../../../src/store/archive/restore.js';
import { contentOf } from './finishedRun.js';

import { flip, stage } from './stage.js';

const here = stage();

describe('restoring', () => {
  it('gives the same bytes and times, also over what is still there', async () => {
    const run = await here.make();
    const before = contentOf(run);
    const time = fs.statSync(path.join(run, 'series', 'run.parquet')).mtimeMs;
    const { place } = await here.archived(run, { keepLocal: 'metadata' });
    const store = await storeAt(place);
    const manifest = await manifestToRestore(store);
    expect(await restoreArchive(store, manifest, manifest.root)).toMatchObject({ files: 8, copied: 3 });
    expect(contentOf(run)).toEqual(before);
    const elsewhere = path.join(here.folder, 'elsewhere');
    expect(await restoreArchive(store, manifest, elsewhere)).toMatchObject({ copied: 8 });
    expect(contentOf(elsewhere)).toEqual(before);
    const restored = fs.statSync(path.join(elsewhere, 'series', 'run.parquet')).mtimeMs;
    expect(restored).toBe(Math.floor(time / 1000) * 1000);
  });

  it('overwrites nothing, and brings back nothing that is damaged', async () => {
    const run = await here.make();
    const { place } = await here.archived(run, { keepLocal: 'metadata' });
    const store = await storeAt(place);
    const manifest = await manifestToRestore(store);
    fs.writeFileSync(path.join(run, 'summary.json'), '{}');
    await expect(restoreArchive(store, manifest, run)).rejects.toThrow(/differs from the archive/);
    expect(fs.existsSync(path.join(run, 'series'))).toBe(false);
    flip(path.join(place, 'series', 'run.parquet'), 40);
    const elsewhere = path.join(here.folder, 'elsewhere');
    await expect(restoreArchive(store, manifest, elsewhere)).rejects.toThrow(/run\.parquet: has changed/);
    expect(fs.readdirSync(path.join(elsewhere, 'series'))).toEqual([]);
  });

  it('refuses a manifest whose names lead out of the folder', async () => {
    const { place } = await here.archived(await here.make());
    const file = path.join(place, 'archive_manifest.json');
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('"run_id"', '"../run_id"'));
    await expect(manifestToRestore(await storeAt(place))).rejects.toThrow(/is no manifest of an archive/);
  });
});
