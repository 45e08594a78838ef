/** SIGKILL at exact places of a run on a real server, one after the other; the same command each time, and in the end the same bytes. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { comparedFiles, type Kill, marsdisk } from './command.js';
import { scratch } from './folders.js';

/** Ten years of the quickstart disk in about eleven segments; small thresholds, so that manifest and continue-as-new are crossed, too. */
export const run = [
  'run',
  'configs/quickstart.yml',
  'io.figures=false',
  'execution.segment_max_steps=50',
  '--quiet',
];
export const policy = { manifestEverySegments: 3, continueAsNewAfterSegments: 6 };

/** In the order in which a run comes to them. */
export const places: readonly Omit<Kill, 'what'>[] = [
  { at: 'step', segment: 2, step: 20 },
  { at: 'manifest-started' },
  { at: 'segment-started', segment: 3 },
  { at: 'segment-computed', segment: 4 },
  { at: 'workflow-task', count: 3 },
  { at: 'step', segment: 8, step: 1 }, // in another history, by continue-as-new
  { at: 'merge-progress' },
  { at: 'merge-done' },
  { at: 'before-removal' },
];

/** A folder for this suite, and the compared files of a run in it that nobody kills. */
export function quietRun(): { readonly folder: string; readonly files: () => Record<string, string> } {
  const folder = scratch();
  let quiet: Record<string, string>;
  beforeAll(async () => {
    const outdir = path.join(folder, 'quiet');
    const outcome = await marsdisk(path.join(folder, 'home-quiet'), [...run, '--outdir', outdir], { policy });
    expect(outcome).toMatchObject({ code: 0 });
    quiet = comparedFiles(outdir);
  });
  return { folder, files: () => quiet };
}

/** One run that is killed at every place. */
export function killedEverywhere(what: 'node' | 'all'): void {
  const { folder, files } = quietRun();
  describe(`after SIGKILL of ${what}`, () => {
    const home = path.join(folder, `home-${what}`);
    const outdir = path.join(folder, what);

    it.each(places)('at $at the same command goes on', async (place) => {
      const outcome = await marsdisk(home, [...run, '--outdir', outdir], {
        kill: { ...place, what },
        policy,
      });
      expect(outcome).toMatchObject({ signal: 'SIGKILL' });
    });

    it('to the same bytes in the end', async () => {
      expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
      expect(comparedFiles(outdir)).toEqual(files());
    });
  });
}
