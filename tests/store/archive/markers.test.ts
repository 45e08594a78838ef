import fs from 'node:fs';
import path from 'node:path';
import { archiveUnit } from '../../../src/store/archive/archiveUnit.js';
import { runUnit } from '../../../src/store/archive/unit.js';
import { archiveIn, markersIn, originalRun, quiet } from './finishedRun.js';

import { inspected, stage } from './stage.js';

const here = stage();

describe('markers', () => {
  it('of an attempt that never began do not outlive the one that succeeds', async () => {
    const run = await here.make();
    await expect(here.archived(run, { dir: path.join(here.folder, 'unmounted') })).rejects.toThrow(
      /is its disk mounted/,
    );
    expect(markersIn(run)).toEqual(['ARCHIVE_SKIPPED']);
    const { place } = await here.archived(run);
    fs.writeFileSync(path.join(run, 'ARCHIVE_SKIPPED'), 'stale\n');
    await here.archived(run);
    expect([markersIn(run), markersIn(place)]).toEqual([['ARCHIVE_DONE'], ['ARCHIVE_DONE']]);
  });

  it('ARCHIVE_DONE goes before a changed run is copied', async () => {
    const run = await here.make();
    const { place } = await here.archived(run);
    fs.writeFileSync(path.join(run, 'plots', 'later.svg'), '<svg/>');
    const during: string[][] = [];
    const events = { ...quiet, onCopied: () => void during.push([...markersIn(run), ...markersIn(place)]) };
    await archiveUnit({ unit: runUnit(run), archive: archiveIn(here.dir), events });
    for (const markers of during) expect(markers).toEqual(['INCOMPLETE', 'INCOMPLETE']);
    expect(during).toHaveLength(9);
  });

  it('that the original program left stale do not hold up its run', async () => {
    const run = await originalRun(path.join(here.folder, 'old'));
    const place = path.join(here.dir, 'old');
    fs.cpSync(run, place, { recursive: true });
    fs.rmSync(path.join(place, 'series'), { recursive: true });
    fs.writeFileSync(path.join(place, 'INCOMPLETE'), 'verify failed\n');
    fs.writeFileSync(path.join(place, 'ARCHIVE_DONE'), 'ok');
    expect(await here.archived(run)).toMatchObject({ copied: 1 });
    expect(markersIn(place)).toEqual(['ARCHIVE_DONE']);
    expect(await inspected(place)).toMatchObject({ damage: [] });
  });
});
