/** `run --dry-run` against what the run then does, as a real command on a real server: each figure within a factor of two. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PlanFigures } from '../../src/report/planText.js';
import { marsdisk } from './command.js';
import { scratch } from './folders.js';

const folder = scratch();
const home = path.join(folder, 'home');
const environment = { MARSDISK_TEST_TRACE: '1' };

async function planned(...args: string[]): Promise<PlanFigures> {
  const { code, stdout } = await marsdisk(home, [
    'run',
    'configs/quickstart.yml',
    ...args,
    '--dry-run',
    '--json',
  ]);
  expect(code).toBe(0);
  return JSON.parse(stdout).plan;
}

interface Summary {
  readonly status: { readonly steps: number };
  readonly files: readonly { readonly path: string; readonly rows: number; readonly bytes: number }[];
  readonly execution: { readonly segments: number };
}

/** What a run really took. */
async function taken(name: string, ...args: string[]) {
  const outdir = path.join(folder, name);
  const database = path.join(home, 'temporal.db');
  const before = existsSync(database) ? statSync(database).size : 0;
  const { code, stdout, stderr } = await marsdisk(
    home,
    ['run', 'configs/quickstart.yml', ...args, '--quiet', '--json', '--outdir', outdir],
    { environment },
  );
  expect(code).toBe(0);
  const { status, files, execution } = JSON.parse(stdout).summary as Summary;
  const events = [...stderr.matchAll(/^event segment-computed (.*)$/gm)].map((match) =>
    JSON.parse(match[1]!),
  );
  const parts = events.flatMap((event) => event.parts as { bytes: number }[]);
  return {
    steps: status.steps,
    segments: execution.segments,
    rows: Object.fromEntries(
      files.map((file) => [path.basename(file.path).replace(/\.\w+$/, ''), file.rows]),
    ),
    series: files.reduce((sum, { bytes }) => sum + bytes, 0),
    parts: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    checkpoints: readdirOrNone(path.join(outdir, 'checkpoints')).map((file) => statSync(file).size),
    history: statSync(database).size - before,
    peak: Number(/^peak (\d+)$/m.exec(stderr)![1]),
  };
}

function readdirOrNone(at: string): string[] {
  return existsSync(at) ? readdirSync(at).map((file) => path.join(at, file)) : [];
}

function expectWithinTwo(guess: number, truth: number): void {
  expect(guess).toBeGreaterThanOrEqual(truth / 2);
  expect(guess).toBeLessThanOrEqual(truth * 2);
}

const cases: Record<string, string[]> = {
  'as it is': [],
  'many rows': ['io.output_every=1 h', 'io.figures=false'],
  'many segments': ['execution.segment_max_steps=6', 'io.figures=false'],
  'many bins, for a while': [
    'sizes.n_bins=160',
    'numerics.t_end_years=1 d',
    'numerics.checkpoint.interval_years=1 h',
  ],
  'no supply, constant temperature, loose': [
    'supply.enabled=false',
    'radiation.mars_temperature_driver.enabled=false',
    'numerics.rtol=1e-4',
    'numerics.checkpoint.enabled=true',
    'numerics.checkpoint.keep_last_n=0',
    'numerics.checkpoint.format=json',
    'io.figures=false',
  ],
};

describe('run --dry-run', () => {
  it.each(Object.entries(cases))('is within a factor of two: %s', async (name, args) => {
    const plan = await planned(...args);
    const real = await taken(name.replaceAll(/\W+/g, '-'), ...args);
    expectWithinTwo(plan.steps, real.steps);
    expectWithinTwo(plan.segments, real.segments);
    for (const [table, rows] of Object.entries(plan.rows)) expectWithinTwo(rows, real.rows[table]!);
    expectWithinTwo(plan.disk.series, real.series);
    expectWithinTwo(plan.disk.parts, real.parts);
    expectWithinTwo(plan.memory.withSegments, real.peak);
    expectWithinTwo(plan.checkpointFiles, real.checkpoints.length);
    expectWithinTwo(
      plan.disk.checkpoints,
      real.checkpoints.reduce((sum, bytes) => sum + bytes, 0),
    );
    // A fresh database brings some hundred kB of its own.
    if (real.segments > 100) expectWithinTwo(plan.disk.history, real.history);
  });

  it('starts nothing and writes nothing', async () => {
    const untouched = path.join(folder, 'untouched');
    const outdir = path.join(folder, 'none');
    const args = ['run', 'configs/quickstart.yml', '--dry-run', '--outdir', outdir];
    const outcome = await marsdisk(untouched, args);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(outcome.stdout).toMatch(
      /nothing has been started[\s\S]*Steps[\s\S]*Segments[\s\S]*Rows[\s\S]*Memory[\s\S]*Disk/,
    );
    expect(existsSync(untouched)).toBe(false);
    expect(existsSync(outdir)).toBe(false);
  });

  it.each([[['--dry-run']], [[]]])(
    'a run above execution.memory_limit is refused with the keys to change: %j',
    async (more) => {
      const args = ['run', 'configs/quickstart.yml', 'execution.memory_limit=300 MB', ...more];
      const outcome = await marsdisk(path.join(folder, 'refused'), [
        ...args,
        '--outdir',
        path.join(folder, 'refused-run'),
      ]);
      expect(outcome).toMatchObject({ code: 2, stdout: '' });
      expect(outcome.stderr).toMatch(
        /execution\.memory_limit = 300 MB[\s\S]*sizes\.n_bins[\s\S]*execution\.memory_limit/,
      );
      expect(existsSync(path.join(folder, 'refused'))).toBe(false);
      expect(existsSync(path.join(folder, 'refused-run'))).toBe(false);
    },
  );
});

describe('the plan', () => {
  it('knows that rows cost memory only where they are kept', async () => {
    const [few, many] = [await planned(), await planned('io.output_every=1 min')];
    expect(many.memory.withSegments).toBe(few.memory.withSegments);
    expect(many.memory.withoutSegments).toBeGreaterThan(many.memory.withSegments + 5e6 * 50 * 8);
  });
});
