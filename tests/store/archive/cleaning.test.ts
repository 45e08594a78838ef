import fs from 'node:fs';
import path from 'node:path';
import { archiveUnit } from '../../../src/store/archive/archiveUnit.js';
import { runUnit } from '../../../src/store/archive/unit.js';
import { archiveIn, contentOf, markersIn, quiet } from './finishedRun.js';

import { flip, stage } from './stage.js';

const here = stage();

describe('what stays here', () => {
  it('with keep_local: metadata are the small files', async () => {
    const run = await here.make();
    const before = contentOf(run);
    const { place, removed } = await here.archived(run, { keepLocal: 'metadata' });
    expect(removed).toBe(3);
    expect(Object.keys(contentOf(run))).toEqual([
      'checks/mass_budget.csv',
      'checks/merged.json',
      'run_config.json',
      'run_id',
      'summary.json',
    ]);
    expect(fs.existsSync(path.join(run, 'series'))).toBe(false);
    expect(contentOf(place)).toEqual(before);
  });

  it('with keep_local: none is the pointer, and the archive is still known as this run’s', async () => {
    const run = await here.make();
    const { place } = await here.archived(run, { keepLocal: 'none' });
    expect(fs.readdirSync(run)).toEqual(['ARCHIVE_DONE']);
    expect(await here.archived(run, { keepLocal: 'none' })).toMatchObject({
      place,
      copied: 0,
      files: 8,
      removed: 0,
    });
  });

  it('with merge_target: external are no series, and parts go only behind the verified copy', async () => {
    const run = await here.make('disk', { keepParts: true });
    const seen: boolean[] = [];
    await archiveUnit({
      unit: runUnit(run),
      archive: archiveIn(here.dir, { mergeTarget: 'external' }),
      events: quiet,
      removeParts: async () => {
        seen.push(
          fs.existsSync(path.join(here.dir, 'disk', 'ARCHIVE_DONE')),
          fs.existsSync(path.join(run, 'series')),
        );
      },
    });
    expect(seen).toEqual([true, true]);
    expect(Object.keys(contentOf(run)).filter((name) => /^series\/[^/]+$/.test(name))).toEqual([]);
    expect(fs.existsSync(path.join(run, 'checkpoints'))).toBe(true);
  });

  it('is everything when nothing was read back', async () => {
    const run = await here.make();
    const before = contentOf(run);
    await here.archived(run, { verifyLevel: null });
    expect(contentOf(run)).toEqual(before);
  });

  it('is a file that was changed behind its copy', async () => {
    const run = await here.make();
    const late = path.join(run, 'plots', 'overview.png');
    const events = {
      ...quiet,
      onVerified: (file: string) => {
        if (file === 'summary.json') fs.appendFileSync(late, 'more');
      },
    };
    await archiveUnit({ unit: runUnit(run), archive: archiveIn(here.dir, { keepLocal: 'none' }), events });
    expect(Object.keys(contentOf(run))).toEqual(['plots/overview.png']);
  });

  it('is everything when the copy came out wrong, and the next attempt mends it', async () => {
    const run = await here.make();
    const before = contentOf(run);
    const events = {
      ...quiet,
      onCopied: (file: string) => {
        if (file === 'summary.json') flip(path.join(here.dir, 'disk', 'series', 'run.parquet'), 40);
      },
    };
    const archive = archiveIn(here.dir, { keepLocal: 'none', verifyLevel: 'standard' });
    await expect(archiveUnit({ unit: runUnit(run), archive, events })).rejects.toThrow(
      /run\.parquet: has changed/,
    );
    expect(contentOf(run)).toEqual(before);
    expect([markersIn(run), markersIn(path.join(here.dir, 'disk'))]).toEqual([
      ['INCOMPLETE'],
      ['INCOMPLETE'],
    ]);
    const { place, copied } = await here.archived(run, { keepLocal: 'none' });
    expect(copied).toBe(1);
    expect(contentOf(place)).toEqual(before);
    expect([markersIn(run), markersIn(place)]).toEqual([['ARCHIVE_DONE'], ['ARCHIVE_DONE']]);
  });
});
