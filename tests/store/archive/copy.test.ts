import fs from 'node:fs';
import path from 'node:path';
import { readPointer } from '../../../src/store/archive/markers.js';
import { hashInTurns } from '../../../src/store/verify.js';
import { contentOf, markersIn, originalRun } from './finishedRun.js';

import { inspected, stage } from './stage.js';

const here = stage();

describe('a copy', () => {
  it('has every file with its hash and time, and says so here and there', async () => {
    const run = await here.make();
    const before = contentOf(run);
    const { place, copied, removed } = await here.archived(run);
    expect({ place, copied, removed }).toEqual({ place: path.join(here.dir, 'disk'), copied: 8, removed: 0 });
    expect(contentOf(place)).toEqual(before);
    expect(contentOf(run)).toEqual(before);
    const manifest = JSON.parse(fs.readFileSync(path.join(place, 'archive_manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ root: run, file_count: 8, run_id: 'disk-aaaaaaaaaa' });
    for (const file of manifest.files) {
      const found = fs.statSync(path.join(run, file.path));
      expect(file).toEqual({
        path: file.path,
        size: found.size,
        mtime: Math.floor(found.mtimeMs / 1000),
        sha256: await hashInTurns(path.join(run, file.path)),
      });
      expect(Math.floor(fs.statSync(path.join(place, file.path)).mtimeMs / 1000)).toBe(file.mtime);
    }
    expect(markersIn(run)).toEqual(['ARCHIVE_DONE']);
    expect(markersIn(place)).toEqual(['ARCHIVE_DONE']);
    expect(fs.readFileSync(path.join(place, 'ARCHIVE_DONE'), 'utf8')).toMatch(/^ok\n/);
    expect(readPointer(run)).toMatchObject({ archive: place });
    expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [], hashed: true, files: 8 });
  });

  it('leaves out parts and what was begun', async () => {
    const run = await here.make('disk', { keepParts: true });
    fs.writeFileSync(path.join(run, '.tmp-1-00000000000000000000'), 'x');
    fs.writeFileSync(path.join(run, 'series', 'run_chunk_000000000_000000099.parquet'), 'x');
    const { place } = await here.archived(run);
    expect(Object.keys(contentOf(place)).filter((name) => /parts|tmp|chunk/.test(name))).toEqual([]);
  });

  it('is made once: the second time nothing is copied, and only what is new the third', async () => {
    const run = await here.make();
    await here.archived(run);
    expect(await here.archived(run)).toMatchObject({ copied: 0, files: 8 });
    fs.writeFileSync(path.join(run, 'plots', 'later.svg'), '<svg/>');
    fs.writeFileSync(path.join(run, 'summary.json'), '{"identity":"x"}');
    const { copied, files, place } = await here.archived(run);
    expect({ copied, files }).toEqual({ copied: 2, files: 9 });
    expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [] });
  });

  it('takes a link for the file that it leads to, and refuses one to a folder or to nothing', async () => {
    const run = await here.make();
    fs.writeFileSync(path.join(here.folder, 'outside.txt'), 'far');
    fs.symlinkSync(path.join(here.folder, 'outside.txt'), path.join(run, 'link.txt'));
    const { place } = await here.archived(run, { keepLocal: 'none' });
    expect(fs.lstatSync(path.join(place, 'link.txt')).isFile()).toBe(true);
    expect(fs.readFileSync(path.join(place, 'link.txt'), 'utf8')).toBe('far');
    expect(fs.readFileSync(path.join(here.folder, 'outside.txt'), 'utf8')).toBe('far');
    for (const target of [here.folder, path.join(here.folder, 'nothing'), '.']) {
      const other = await here.make(`other-${path.basename(target)}`);
      fs.symlinkSync(target, path.join(other, 'plots', 'link'));
      await expect(here.archived(other)).rejects.toThrow(
        /a link to (?:a folder|nothing), which cannot be archived/,
      );
      expect(markersIn(other)).toEqual(['ARCHIVE_SKIPPED']);
    }
  });

  it('follows no link out of the archive', async () => {
    const run = await here.make();
    fs.mkdirSync(path.join(here.folder, 'elsewhere'));
    fs.symlinkSync(path.join(here.folder, 'elsewhere'), path.join(here.dir, 'disk'));
    await expect(here.archived(run)).rejects.toThrow(/is a link to .*remove the link/);
    expect(fs.readdirSync(path.join(here.folder, 'elsewhere'))).toEqual([]);
  });

  it('of an original run needs no identity', async () => {
    const run = await originalRun(path.join(here.folder, 'old'));
    const before = contentOf(run);
    const { place } = await here.archived(run, { keepLocal: 'metadata', verifyLevel: 'strict' });
    expect(contentOf(place)).toEqual(before);
    expect(Object.keys(contentOf(run))).toEqual([
      'checks/mass_budget.csv',
      'run_card.md',
      'run_config.json',
      'summary.json',
    ]);
    expect(await here.archived(run)).toMatchObject({ copied: 0, files: 8 });
  });

  it('of an original run with chunks that nobody merged is refused', async () => {
    const run = await originalRun(path.join(here.folder, 'old'));
    fs.writeFileSync(path.join(run, 'series', 'diagnostics_chunk_000000000_000000099.parquet'), 'x');
    await expect(here.archived(run)).rejects.toThrow(/is not merged: .*diagnostics\.parquet is missing/);
  });
});
