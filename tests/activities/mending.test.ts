/** Files of finished runs are lost in every way; each comes back byte for byte, and nothing else is touched or computed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mendIfEnded, mendRun } from '../../src/activities/mending.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import { checkOwnRun } from '../../src/store/completeness/ownRun.js';
import { sortedJson } from '../../src/store/documents.js';
import { readFinishedRun } from '../../src/store/finishedRun.js';
import { keepRun } from '../../src/store/kept.js';
import { layoutOf } from '../../src/store/layout.js';
import type { SegmentRecord } from '../../src/store/manifest.js';
import { writeSealed } from '../../src/store/sealed.js';
import { historyState } from '../../src/store/states.js';
import { accepted, atTheBeginning, attempt, tablesOf } from '../worker/attempts.js';
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

describe('runs of other kinds', () => {
  const lose = async (outdir: string, inlineStateLimit: number) => {
    const before = seenIn(outdir);
    for (const name of ['series/run.parquet', 'checks/mass_budget.csv']) fs.rmSync(path.join(outdir, name));
    const { deps, computed } = computing(inlineStateLimit);
    await mendRun(deps, outdir, { spec: null, version: 'test' });
    const after = seenIn(outdir);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const name of Object.keys(before)) expect(after[name]!.bytes).toBe(before[name]!.bytes);
    return computed();
  };

  /** A run that begins in the middle of another one. */
  async function resumed(inlineStateLimit: number): Promise<{ outdir: string; segments: number }> {
    const outdir = path.join(folder, `resumed-${inlineStateLimit}`);
    const first = await shortSpec(path.join(folder, `first-${inlineStateLimit}`));
    const { state, rows } = accepted(atTheBeginning, attempt(first, atTheBeginning, { steps: 33 }));
    const tables = tablesOf(first);
    const from = { state, rows: rows.map((count, i) => (tables[i]!.once ? 0 : count)) };
    const begun = await shortSpec(outdir);
    const start = historyState(layoutOf(outdir), 0, from.state, inlineStateLimit);
    const books = await finish(begun, { steps: 20, inlineStateLimit, from: { ...from, state: start } });
    return { outdir, segments: books.segments.length };
  }

  it('states that are too large for the books are computed from the one in front', async () => {
    const outdir = path.join(folder, 'large');
    const { segments } = await finish(await shortSpec(outdir), { steps: 20, inlineStateLimit: 10 });
    expect(await lose(outdir, 10)).toBe(segments.length);
  });

  it.each([32768, 10])('a run that began at a checkpoint, states of more than %d B beside', async (limit) => {
    const { outdir, segments } = await resumed(limit);
    expect(await lose(outdir, limit)).toBe(segments);
    fs.rmSync(path.join(outdir, 'checks/segments.json'));
    const { deps } = computing();
    const mending = mendRun(deps, outdir, { spec: null, version: 'test' });
    await expect(mending).rejects.toThrow(/segments\.json: is lost, and only it knows the checkpoint/);
  });

  it('pieces that recovery files have cut leave no trace', async () => {
    const outdir = path.join(folder, 'pieces');
    await finish(await shortSpec(outdir), { steps: 30, recoveryEvery: 7 });
    await lose(outdir, 32768);
  });

  it('of a version that kept no segments and sealed nothing', async () => {
    const outdir = copy();
    fs.rmSync(path.join(outdir, 'checks/segments.json'));
    for (const name of ['summary.json', 'run_config.json']) {
      const {
        completion: _,
        seal: __,
        ...document
      } = JSON.parse(fs.readFileSync(path.join(outdir, name), 'utf8'));
      if (document.execution) delete document.execution.seal;
      fs.writeFileSync(path.join(outdir, name), sortedJson(document));
    }
    expect((await checkOwnRun(outdir, spec)).required).not.toContain('checks/segments.json');
    expect(await lose(outdir, 32768)).toBe(1);
  });
});

it('a worker that computes other bits is refused, and nothing is put in place', async () => {
  const outdir = copy();
  const file = path.join(outdir, 'checks/segments.json');
  const kept = JSON.parse(fs.readFileSync(file, 'utf8'));
  kept.stretches[1].endHash = '0'.repeat(64);
  writeSealed(file, kept);
  fs.rmSync(path.join(outdir, 'series/run.parquet'));
  const { deps } = computing();
  const mending = mendRun(deps, outdir, { spec, version: 'test' });
  await expect(mending).rejects.toThrow(
    /segment 1, computed again, ends in another state[\s\S]*Another Node/,
  );
  expect(fs.existsSync(path.join(outdir, 'series/run.parquet'))).toBe(false);
  expect(fs.existsSync(path.join(outdir, '.mending'))).toBe(false);
});

it('a series whose record is wrong is refused, and nothing is put in place', async () => {
  const outdir = copy();
  const summary = JSON.parse(fs.readFileSync(path.join(outdir, 'summary.json'), 'utf8'));
  summary.files[0].sha256 = 'f'.repeat(64);
  writeSealed(path.join(outdir, 'summary.json'), summary);
  const before = seenIn(outdir);
  const { deps } = computing();
  const mending = mendRun(deps, outdir, { spec, version: 'test' });
  await expect(mending).rejects.toThrow(/run\.parquet: .*computed again it has other bytes/);
  expect(seenIn(outdir)).toEqual(before);
});

it("another run's folder is not overwritten", async () => {
  const outdir = path.join(folder, 'stranger');
  fs.cpSync(other, outdir, { recursive: true });
  const before = seenIn(outdir);
  const { deps } = computing();
  await expect(mendIfEnded(deps, outdir, { spec, version: 'test' })).rejects.toThrow(/holds another run/);
  expect(seenIn(outdir)).toEqual(before);
});

it('a folder in which no run has ended is left alone', async () => {
  const outdir = path.join(folder, 'on-its-way');
  const begun = await shortSpec(outdir);
  attempt(begun, atTheBeginning, { steps: 20 });
  const { deps } = computing();
  expect(await mendIfEnded(deps, outdir, { spec: begun, version: 'test' })).toBeNull();
});

it('a long run keeps the states in front of so many stretches', () => {
  const segments = Array.from({ length: 2000 }, (_, i) => record(i));
  const layout = layoutOf(path.join(folder, 'long'));
  keepRun(layout, spec, {}, segments, Buffer.from('end'));
  const { stretches } = readFinishedRun(layout, null).kept.value!;
  expect(stretches).toHaveLength(500);
  expect(stretches.map(({ startHash }) => startHash).slice(0, 3)).toEqual(['h0', 'h4', 'h8']);
  expect(stretches.at(-1)).toMatchObject({ startHash: 'h1996', endHash: 'h2000', steps: 2000, rows: [1996] });
});

function record(index: number): SegmentRecord {
  const tables = [{ name: 'run', firstRow: index, rows: 1 }];
  const part = { file: '', bytes: 0, sha256: '', batchRows: 1, endHash: '', endSteps: 0, tables };
  return {
    ...{ index, fromTime: index, toTime: index + 1, steps: index + 1, startState: 'AAAA' },
    ...{ startHash: `h${index}`, endHash: `h${index + 1}`, parts: [part] },
  };
}

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
