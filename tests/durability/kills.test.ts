/** SIGKILL at exact places of a run on a real server, one after the other; the same command each time, and in the end the same bytes. */
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { comparedFiles, type Kill, marsdisk } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();
/** Ten years of the quickstart disk in about eleven segments; small thresholds, so that manifest and continue-as-new are crossed, too. */
const run = [
  'run',
  'configs/quickstart.yml',
  'io.figures=false',
  'execution.segment_max_steps=50',
  '--quiet',
];
const policy = { manifestEverySegments: 3, continueAsNewAfterSegments: 6 };
const environment = { MARSDISK_TEST_TRACE: '1' };
let quiet: Record<string, string>;

beforeAll(async () => {
  const outdir = path.join(folder, 'quiet');
  const outcome = await marsdisk(path.join(folder, 'home-quiet'), [...run, '--outdir', outdir], { policy });
  expect(outcome).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

/** In the order in which a run comes to them. */
const places: readonly Omit<Kill, 'what'>[] = [
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

describe.each(['node', 'all'] as const)('after SIGKILL of %s', (what) => {
  const home = path.join(folder, `home-${what}`);
  const outdir = path.join(folder, what);

  it.each(places)('at $at the same command goes on', async (place) => {
    const outcome = await marsdisk(home, [...run, '--outdir', outdir], { kill: { ...place, what }, policy });
    expect(outcome).toMatchObject({ signal: 'SIGKILL' });
  });

  it('to the same bytes in the end', async () => {
    expect(await marsdisk(home, [...run, '--outdir', outdir], { policy })).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('after SIGKILL of the server alone', () => {
  // Not all in one run: the next kill shall find the server at work, not on its way back.
  it.each([1, 2, 3])(
    'at every third place from number %d on, the command starts it again and finishes by itself',
    async (first) => {
      const chosen = places.filter((_, index) => index % 3 === first - 1);
      const kill = chosen.map((place) => ({ ...place, what: 'server' }) as const);
      const name = `server-${first}`;
      const outdir = path.join(folder, name);
      const home = path.join(folder, `home-${name}`);
      const outcome = await marsdisk(home, [...run, '--outdir', outdir], { kill, policy, environment });
      expect(outcome).toMatchObject({ code: 0 });
      const struck = [...outcome.stderr.matchAll(/^event struck .*"at":"([\w-]+)"/gm)].map(([, at]) => at);
      expect(struck).toEqual(kill.map(({ at }) => at));
      expect(outcome.stderr).not.toMatch(/^event missed/m);
      expect(comparedFiles(outdir)).toEqual(quiet);
    },
  );
});
