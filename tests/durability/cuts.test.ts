/** However a run is cut into segments and histories, its files are the same. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { comparedFiles, marsdisk, type Policy } from './command.js';
import { scratchWithServer } from './folders.js';

const { folder, home } = scratchWithServer();

async function filesOf(name: string, overrides: string[], policy: Policy = {}) {
  const outdir = path.join(folder, name);
  const args = [
    'run',
    'configs/quickstart.yml',
    'io.figures=false',
    ...overrides,
    '--quiet',
    '--outdir',
    outdir,
  ];
  const outcome = await marsdisk(home, args, { policy });
  expect(outcome).toMatchObject({ code: 0 });
  const summary = JSON.parse(readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
  return {
    files: comparedFiles(outdir),
    segments: summary.execution.segments as number,
    steps: summary.status.steps as number,
  };
}

describe('a run in one segment', () => {
  let whole: Record<string, string>;
  let steps: number;

  beforeAll(async () => {
    const one = await filesOf('whole', ['numerics.checkpoint.interval_years=100']);
    expect(one.segments).toBe(1);
    whole = one.files;
    steps = one.steps;
  });

  it('leaves the same bytes as in 7 segments', async () => {
    const { files, segments } = await filesOf('seven', [
      `execution.segment_max_steps=${Math.ceil(steps / 7)}`,
      'numerics.checkpoint.interval_years=100',
    ]);
    expect(segments).toBe(7);
    expect(files).toEqual(whole);
  });

  it('leaves the same bytes when the clock cuts it', async () => {
    const { files, segments } = await filesOf('clock', [
      'execution.segment_max_compute=0.01',
      'numerics.checkpoint.interval_years=100',
    ]);
    expect(segments).toBeGreaterThan(2);
    expect(files).toEqual(whole);
  });

  it('leaves the same bytes as in more than 50 segments that cross continue-as-new', async () => {
    const { files, segments } = await filesOf('fifty', ['execution.segment_max_steps=10'], {
      manifestEverySegments: 7,
      continueAsNewAfterSegments: 20,
    });
    expect(segments).toBeGreaterThanOrEqual(50);
    expect(files).toEqual(whole);
  });
});
