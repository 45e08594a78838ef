import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../../src/config/runSpec.js';
import { sha256 } from '../../../src/store/durable.js';
import { contentOf } from './finishedRun.js';

import { flip, inspected, stage } from './stage.js';

const here = stage();

/** The manifest, as if it were that of another run. */
function namedAnew(file: string): void {
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/("identity": ")./, '$1x'));
}

describe('verification', () => {
  const places: [string, (place: string) => void][] = [
    ['series/run.parquet', (file) => flip(file, 40)],
    ['checks/mass_budget.csv', (file) => flip(file)],
    ['summary.json', (file) => fs.truncateSync(file, 3)],
    ['plots/overview.png', (file) => fs.rmSync(file)],
    ['archive_manifest.json', (file) => flip(file, 300)],
    ['archive_manifest.json', (file) => flip(file, 0)], // no JSON any more
    ['archive_manifest.json', (file) => namedAnew(file)], // JSON, of another run
    ['ARCHIVE_DONE', (file) => fs.rmSync(file)],
  ];

  it.each(places)('finds damage in %s, and archiving again mends it', async (name, damage) => {
    const run = await here.make();
    const { place } = await here.archived(run);
    damage(path.join(place, name));
    const { damage: found } = await inspected(place);
    expect(found).toHaveLength(1);
    const named = name === 'ARCHIVE_DONE' ? 'INCOMPLETE' : name;
    expect(found[0]!.path).toBe(named);
    await here.archived(run, { verifyLevel: 'strict' });
    expect(contentOf(place)).toEqual(contentOf(run));
    expect(await inspected(place)).toMatchObject({ damage: [], unexpected: [] });
  });

  it('reads as much back as its level says', async () => {
    const run = await here.make('disk', { rows: 150_000 }); // several row groups
    const { place } = await here.archived(run);
    const series = path.join(place, 'series', 'run.parquet');
    const middle = Math.floor(fs.statSync(series).size / 2);
    const recopied = async (settings: Partial<Archive>) => (await here.archived(run, settings)).copied;
    flip(series, middle);
    expect(await recopied({ verifyLevel: 'standard' })).toBe(0);
    expect(await recopied({ verifyLevel: 'standard_plus' })).toBe(0);
    expect(await recopied({ verifyLevel: 'strict' })).toBe(1);
    fs.writeFileSync(series, Buffer.concat([fs.readFileSync(series).subarray(0, -8), Buffer.alloc(8)]));
    expect(await recopied({ verifyLevel: 'standard' })).toBe(0);
    expect(await recopied({ verifyLevel: 'standard_plus' })).toBe(1);
    flip(path.join(place, 'plots', 'overview.png'));
    expect(await recopied({ verifyLevel: 'standard' })).toBe(0);
    expect(await recopied({ verifyLevel: 'standard_plus' })).toBe(1);
    fs.truncateSync(series, 100);
    expect(await recopied({ verifyLevel: 'standard' })).toBe(1);
    flip(series, middle);
    expect(await recopied({ verifyLevel: 'standard', keepLocal: 'metadata' })).toBe(1); // goes from here
    expect(contentOf(place)['series/run.parquet']).toBe(sha256(fs.readFileSync(series)));
  });

  it('of files that are in the archive alone says what is lost', async () => {
    const run = await here.make();
    const { place } = await here.archived(run, { keepLocal: 'metadata' });
    fs.rmSync(path.join(place, 'series', 'run.parquet'));
    await expect(here.archived(run)).rejects.toThrow(/run\.parquet: is missing/);
    expect((await inspected(place)).damage).toEqual([
      { path: 'INCOMPLETE', problem: expect.any(String) },
      { path: 'series/run.parquet', problem: 'is missing' },
    ]);
  });

  it('names files that do not belong to the archive', async () => {
    const { place } = await here.archived(await here.make());
    fs.writeFileSync(path.join(place, 'notes.txt'), 'mine');
    expect(await inspected(place)).toMatchObject({ damage: [], unexpected: ['notes.txt'] });
  });
});
