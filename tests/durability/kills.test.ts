/** SIGKILL at exact places of a run on a real server; then the same command, and the same bytes. */
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
let quiet: Record<string, string>;

beforeAll(async () => {
  const outdir = path.join(folder, 'quiet');
  const outcome = await marsdisk(path.join(folder, 'home-quiet'), [...run, '--outdir', outdir], { policy });
  expect(outcome).toMatchObject({ code: 0 });
  quiet = comparedFiles(outdir);
});

const places: Omit<Kill, 'what'>[] = [
  { at: 'step', segment: 2, step: 20 },
  { at: 'step', segment: 8, step: 1 }, // between two continue-as-new
  { at: 'segment-started', segment: 3 },
  { at: 'segment-computed', segment: 4 },
  { at: 'workflow-task', count: 5 },
  { at: 'manifest-started' },
  { at: 'merge-progress' },
  { at: 'merge-done' },
  { at: 'before-removal' },
];

describe.each(['node', 'all'] as const)('after SIGKILL of %s', (what) => {
  it.each(places)('at $at the same command goes on to the same bytes', async (place) => {
    const name = `${what}-${place.at}-${place.segment ?? 0}`;
    const home = path.join(folder, `home-${name}`);
    const outdir = path.join(folder, name);
    const killed = await marsdisk(home, [...run, '--outdir', outdir], { kill: { ...place, what }, policy });
    expect(killed).toMatchObject({ signal: 'SIGKILL' });
    const again = await marsdisk(home, [...run, '--outdir', outdir], { policy });
    expect(again).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});

describe('after SIGKILL of the server alone', () => {
  it.each(places)('at $at the command starts it again and finishes by itself', async (place) => {
    const name = `server-${place.at}-${place.segment ?? 0}`;
    const outdir = path.join(folder, name);
    const home = path.join(folder, `home-${name}`);
    const outcome = await marsdisk(home, [...run, '--outdir', outdir], {
      kill: { ...place, what: 'server' },
      policy,
    });
    expect(outcome).toMatchObject({ code: 0 });
    expect(comparedFiles(outdir)).toEqual(quiet);
  });
});
