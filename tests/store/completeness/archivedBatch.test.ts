/** Cases that have gone to the archive are whole there, and are never computed again because they are not here. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mendIfEnded } from '../../../src/activities/mending.js';
import type { Archive, RunSpec } from '../../../src/config/runSpec.js';
import { archiveFolder } from '../../../src/store/archive/archiveFolder.js';
import { type BatchLayout, batchLayout } from '../../../src/store/batch/batchLayout.js';
import { checkBatch } from '../../../src/store/completeness/checkBatch.js';
import { computing, defineBatch, finish } from '../../activities/finishedRun.js';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'marsdisk-archived-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const whole = path.join(folder, 'tests', 'whole');
let specs: RunSpec[];

beforeAll(async () => {
  ({ specs } = await defineBatch(whole, { a: 'dynamics.i0=0.05', b: 'dynamics.i0=0.01' }));
  for (const spec of specs) await finish(spec, { steps: 20 });
});

let copies = 0;

async function archived(keepLocal: Archive['keepLocal']): Promise<{ layout: BatchLayout; dir: string }> {
  copies += 1;
  const layout = batchLayout(path.join(folder, 'tests', `copy-${copies}`));
  fs.cpSync(whole, layout.folder, { recursive: true });
  const dir = path.join(folder, `archive-${copies}`);
  fs.mkdirSync(dir);
  const archive: Archive = {
    ...{ dir, trigger: 'post_finalize', mergeTarget: 'local', verifyLevel: 'strict', keepLocal },
    ...{ recordVolume: false, warnSlow: 0, warnSlowFrom: Number.MAX_VALUE, minFree: 0 },
  };
  const events = { onBytes() {}, onCopied() {}, onVerified() {}, onRemoved() {} };
  const outcomes = await archiveFolder({ folder: layout.folder, archiveOf: () => archive, events });
  expect(outcomes.map(({ error }) => error)).toEqual([null, null, null]);
  return { layout, dir };
}

async function open(layout: BatchLayout, archive: string | null = null) {
  const { cases } = await checkBatch(layout, { archive, require: [] });
  return Object.fromEntries(
    cases.filter(({ status }) => status !== 'ok').map(({ title, status, why }) => [title, [status, ...why]]),
  );
}

describe.each(['metadata', 'none'] as const)('with keep_local: %s', (keepLocal) => {
  it('the check follows the pointer into the archive, and finds damage there', async () => {
    const { layout, dir } = await archived(keepLocal);
    expect(fs.existsSync(path.join(layout.folder, 'a/series/run.parquet'))).toBe(false);
    expect(await open(layout)).toEqual({ a: ['archived_only'], b: ['archived_only'] });
    expect(await open(layout, dir)).toEqual({ a: ['archived_only'], b: ['archived_only'] });
    const copy = path.join(dir, path.basename(layout.folder), 'b/series/run.parquet');
    const bytes = fs.readFileSync(copy);
    bytes[999]! ^= 1;
    fs.writeFileSync(copy, bytes);
    const found = await open(layout);
    expect(found.a).toEqual(['archived_only']);
    expect(found.b!.slice(0, 2)).toEqual(['partial', expect.stringMatching(/^in the archive: series\/run/)]);
    fs.renameSync(dir, `${dir}-away`);
    expect((await open(layout)).a!.at(-1)).toMatch(/its archive .* is not there now; is its disk mounted\?/);
  });

  it('mending brings back what is lost here, and only that', async () => {
    const { layout } = await archived(keepLocal);
    const outdir = path.join(layout.folder, 'a');
    const spec = { ...specs[0]!, outdir };
    const { deps, computed } = computing();
    const mend = () => mendIfEnded(deps, outdir, { spec, version: 'test' });
    expect(await mend()).toEqual({ files: [], segments: 0 });
    const names = fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort();
    if (keepLocal === 'metadata') {
      const file = path.join(outdir, 'summary.json');
      const before = fs.readFileSync(file);
      fs.truncateSync(file, 99);
      expect(await mend()).toEqual({ files: ['summary.json'], segments: 0 });
      expect(fs.readFileSync(file)).toEqual(before);
    }
    expect(fs.readdirSync(outdir, { recursive: true, encoding: 'utf8' }).sort()).toEqual(names);
    expect(computed()).toBe(0);
  });
});
