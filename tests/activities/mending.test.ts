/** Files of finished runs are lost in every way; each comes back byte for byte, and nothing else is touched or computed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mendRun } from '../../src/activities/mending.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import { checkOwnRun } from '../../src/store/completeness/ownRun.js';
import { computing, finish, shortSpec } from './finishedRun.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-mending-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const whole = path.join(folder, 'whole');
const other = path.join(folder, 'other');
let spec: RunSpec;
let segments: number;

beforeAll(async () => {
  spec = await shortSpec(whole);
  const books = await finish(spec, { steps: 20 });
  segments = books.segments.length;
  await finish(await shortSpec(other, 'dynamics.i0=0.01'), { steps: 20 });
  expect(segments).toBeGreaterThan(3);
});

let copies = 0;

function copy(): string {
  copies += 1;
  const target = path.join(folder, `copy-${copies}`);
  fs.cpSync(whole, target, { recursive: true });
  return target;
}

interface Seen {
  readonly bytes: string;
  readonly inode: number;
  readonly mtime: number;
}

function seenIn(outdir: string): Record<string, Seen> {
  const names = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => fs.statSync(path.join(outdir, name)).isFile());
  return Object.fromEntries(
    files.map((name) => {
      const { ino, mtimeMs } = fs.statSync(path.join(outdir, name));
      return [
        name,
        { bytes: fs.readFileSync(path.join(outdir, name), 'latin1'), inode: ino, mtime: mtimeMs },
      ];
    }),
  );
}

/** Damages files, mends, and says what was touched and how many segments were computed. */
async function mended(damage: (outdir: string) => void, known: RunSpec | null = null) {
  const outdir = copy();
  const before = seenIn(outdir);
  damage(outdir);
  const { deps, computed } = computing();
  const answer = await mendRun(deps, outdir, { spec: known, version: 'test' });
  const after = seenIn(outdir);
  const names = Object.keys(before);
  expect(Object.keys(after)).toEqual(names);
  const changed = names.filter((name) => after[name]!.bytes !== before[name]!.bytes);
  const touched = names.filter(
    (name) => after[name]!.inode !== before[name]!.inode || after[name]!.mtime !== before[name]!.mtime,
  );
  return { files: [...answer.files].sort(), touched, changed, computed: computed() };
}

const series = [
  'series/run.parquet',
  'series/psd_hist.parquet',
  'series/psd_bins.parquet',
  'checks/mass_budget.csv',
];
const documents = ['summary.json', 'run_config.json', 'checks/merged.json', 'run_id'];

const ways: [string, (file: string) => void][] = [
  ['missing', (file) => fs.rmSync(file)],
  ['cut off', (file) => fs.truncateSync(file, fs.statSync(file).size >> 1)],
  ['empty', (file) => fs.truncateSync(file, 0)],
  ['with one byte flipped', (file) => flip(file, fs.statSync(file).size >> 1)],
];

function flip(file: string, at: number): void {
  const bytes = fs.readFileSync(file);
  bytes[at]! ^= 1;
  fs.writeFileSync(file, bytes);
}

describe.each(ways)('a file %s', (_, damage) => {
  it.each(series)('%s is computed again, alone', async (name) => {
    const found = await mended((outdir) => damage(path.join(outdir, name)));
    expect(found).toEqual({ files: [name], touched: [name], changed: [], computed: segments });
  });

  it.each(documents)('%s is written again, and nothing computed', async (name) => {
    const found = await mended((outdir) => damage(path.join(outdir, name)));
    expect(found).toEqual({ files: [name], touched: [name], changed: [], computed: 0 });
  });

  it('the kept segments: they are not needed, and are written as far as they are known', async () => {
    const name = 'checks/segments.json';
    const found = await mended((outdir) => damage(path.join(outdir, name)));
    expect(found).toEqual({ files: [name], touched: [name], changed: [name], computed: 0 });
  });
});

it.each([...series, ...documents])("another run's %s in its place", async (name) => {
  const found = await mended((outdir) => fs.copyFileSync(path.join(other, name), path.join(outdir, name)));
  expect(found).toMatchObject({ files: [name], touched: [name], changed: [] });
});

it('everything but what the run is', async () => {
  const found = await mended((outdir) => {
    for (const name of ['series', 'checks', 'summary.json'])
      fs.rmSync(path.join(outdir, name), { recursive: true });
  });
  expect(found.changed).toEqual(['checks/segments.json']);
  expect(found.computed).toBe(1);
});

it('everything but its name, where somebody knows what the run is', async () => {
  const found = await mended((outdir) => {
    for (const name of fs.readdirSync(outdir)) {
      if (name !== 'run_id') fs.rmSync(path.join(outdir, name), { recursive: true });
    }
  }, spec);
  // How it was executed, nobody knows any more; its results are the same.
  expect(found.changed).toEqual(['checks/segments.json', 'run_config.json', 'summary.json']);
  expect(found.computed).toBe(1);
});

it('flipped bytes anywhere are found', async () => {
  const outdir = copy();
  const names = Object.keys(seenIn(outdir));
  for (const name of names) {
    const file = path.join(outdir, name);
    const { size } = fs.statSync(file);
    for (let i = 0; i < 24; i += 1) {
      const at = Math.floor(((i + 0.5) / 24) * size);
      flip(file, at);
      const { damage } = await checkOwnRun(outdir, spec);
      expect({ name, at, found: damage.length > 0 }).toEqual({ name, at, found: true });
      flip(file, at);
    }
  }
  expect((await checkOwnRun(outdir, spec)).damage).toEqual([]);
});
