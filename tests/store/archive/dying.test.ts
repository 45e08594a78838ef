/** Death at any system call of an archive: nothing lost, the right marker, and the next attempt ends as if nothing had been. */
import fs from 'node:fs';
import path from 'node:path';
import { dyingAt } from '../dyingDisk.js';
import { contentOf, markersIn } from './finishedRun.js';
import { inspected, stage } from './stage.js';

const here = stage();

/** Every file of the run is whole here or in a place of the archive that says so. */
async function lost(run: string, place: string, before: Record<string, string>): Promise<string[]> {
  const left = contentOf(run);
  const whole = markersIn(place).join() === 'ARCHIVE_DONE' && (await inspected(place)).damage.length === 0;
  const copies = whole ? contentOf(place) : {};
  return Object.keys(before).filter((name) => left[name] !== before[name] && copies[name] !== before[name]);
}

describe('death at any system call', () => {
  it('loses nothing, and the next attempt ends as if nothing had been', async () => {
    const settings = { keepLocal: 'none', verifyLevel: 'strict' } as const;
    const template = await here.make('template', { rows: 20 });
    const before = contentOf(template);
    const attempt = async (fatal: number, name: string) => {
      const run = path.join(here.folder, name);
      fs.cpSync(template, run, { recursive: true, preserveTimestamps: true });
      const work = async () => void (await here.archived(run, settings));
      const { died, calls } = await dyingAt(fatal, here.folder, work);
      return { run, died, calls, place: path.join(here.dir, name) };
    };
    const { calls } = await attempt(Number.POSITIVE_INFINITY, 'quiet');
    expect(calls).toBeGreaterThan(100);
    for (let fatal = 1; fatal <= calls; fatal += 1) {
      const { run, died, place } = await attempt(fatal, `run-${fatal}`);
      expect({ fatal, died, lost: await lost(run, place, before) }).toEqual({
        fatal,
        died: true,
        lost: [],
      });
      const done = markersIn(place).join() === 'ARCHIVE_DONE';
      if (done) expect({ fatal, ...(await inspected(place)) }).toMatchObject({ fatal, damage: [] });
      await here.archived(run, settings);
      expect({ fatal, ...(await inspected(place)) }).toMatchObject({ fatal, damage: [], unexpected: [] });
      expect({ fatal, files: contentOf(place) }).toEqual({ fatal, files: before });
      expect({ fatal, here: markersIn(run), there: markersIn(place) }).toEqual({
        fatal,
        here: ['ARCHIVE_DONE'],
        there: ['ARCHIVE_DONE'],
      });
      fs.rmSync(run, { recursive: true });
      fs.rmSync(place, { recursive: true });
    }
  });
});
