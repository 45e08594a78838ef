import fs from 'node:fs';
import { type CompiledStore, compileStore } from './compiledStore.js';
import { freshRun } from './sample.js';

/** Merges N rows of a size history of 160 bins and reports memory, progress, and how often the event loop came round. */
const script = `
import { layoutOf } from './src/store/layout.js';
import { mergeSeries } from './src/store/merge.js';
import { openPart } from './src/store/parts.js';
const [outdir, total] = [process.argv[2], Number(process.argv[3])];
const layout = layoutOf(outdir);
const columns = Array.from({ length: 161 }, (_, i) => ({ name: 'n' + i, type: 'float64', unit: '1/m2', meaning: '' }));
const table = { name: 'psd_hist', file: 'series/psd_hist.parquet', columns, footer: {} };
const row = new Float64Array(161);
const segments = [];
for (let from = 0; from < total; from += 9000) {
  const part = openPart({ folder: layout.parts, name: 'p' + from, identity: 'wide', segment: segments.length, tables: [table], firstRows: [from], batchRows: 1000, start: { hash: String(segments.length), steps: from, time: from } });
  for (let i = from; i < Math.min(from + 9000, total); i++) {
    for (let c = 0; c < 161; c++) row[c] = i * 1.1 + c;
    part.write(0, row);
  }
  const index = segments.length;
  segments.push({ index, startHash: String(index), endHash: String(index + 1), parts: [part.close({ hash: String(index + 1), steps: 0, time: 0 }, null)] });
}
gc();
const before = process.memoryUsage().rss;
const result = { peak: 0, steps: [], turns: 0 };
const beat = setInterval(() => result.turns++, 1);
await mergeSeries({ layout, tables: [table], segments, identity: 'wide', onProgress: (done) => {
  result.steps.push(done);
  result.peak = Math.max(result.peak, process.memoryUsage().rss - before);
} });
clearInterval(beat);
process.stdout.write(JSON.stringify(result));
`;

let store: CompiledStore;
beforeAll(() => {
  store = compileStore([]);
});
afterAll(() => store.remove());

async function mergeOf(rows: number): Promise<{ peak: number; steps: number[]; turns: number }> {
  const { outdir } = freshRun();
  const { output } = await store.run(script, [outdir, String(rows)]);
  fs.rmSync(outdir, { recursive: true });
  return JSON.parse(output);
}

test('ten times the rows need no more memory, and the heartbeat gets through between row groups', async () => {
  const small = await mergeOf(10_000);
  const large = await mergeOf(100_000);
  // The large table holds 129 MB of doubles, its row groups 10.6 MB each.
  expect(large.peak).toBeLessThan(100e6);
  expect(large.peak - small.peak).toBeLessThan(50e6);
  expect(large.steps).toEqual([...Array.from({ length: 12 }, (_, i) => 8192 * (i + 1)), 100_000]);
  expect(large.turns).toBeGreaterThan(6);
});
