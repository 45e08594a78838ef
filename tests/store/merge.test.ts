import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { sha256 } from '../../src/store/durable.js';
import { inspectMerge, mergeSeries, removeParts, verifiedMerge } from '../../src/store/merge.js';
import { readColumns, readFooter } from '../../src/store/series.js';
import { budgetTable, freshLayout, rowOf, runTable, writeSegments } from './sample.js';

const tables = [runTable, budgetTable];
const identity = sha256('a configuration');

async function merged(total: number, cuts: readonly number[], batchRows: number) {
  const layout = freshLayout();
  const segments = writeSegments(layout, tables, total, cuts, batchRows);
  const record = await mergeSeries({ layout, tables, segments, identity, model: 'mars-disk' });
  return { layout, segments, record };
}

describe('mergeSeries', () => {
  test('gives back every row bit for bit', async () => {
    const { layout } = await merged(3000, [7, 1000, 1000], 64);
    const file = path.join(layout.outdir, runTable.file);
    const columns = await readColumns(file, ['step', 'time', 'Sigma_surf']);
    for (let i = 0; i < 3000; i++) {
      const expected = rowOf(runTable, i);
      expect(Object.is(columns.step![i], expected[0])).toBe(true);
      expect(Object.is(columns.time![i], expected[1])).toBe(true);
      expect(Object.is(columns.Sigma_surf![i], expected[2])).toBe(true);
    }
  });

  test('shows units, meanings, identity, model and the footer of the table', async () => {
    const { layout } = await merged(10, [], 4);
    const footer = await readFooter(path.join(layout.outdir, runTable.file));
    expect(footer.rows).toBe(10);
    expect(footer.columns).toEqual(['step', 'time', 'Sigma_surf']);
    expect(footer.units).toEqual({ step: '', time: 's', Sigma_surf: 'kg/m2' });
    expect(footer.metadata).toMatchObject({ identity, model: 'mars-disk', table: 'run', stop: 't_end' });
  });

  test('writes CSV with decimals that read back exactly', async () => {
    const { layout } = await merged(40, [3], 4);
    const lines = fs.readFileSync(path.join(layout.outdir, budgetTable.file), 'utf8').split('\n');
    expect(lines[0]).toBe('time,error');
    expect(lines).toHaveLength(42);
    for (let i = 0; i < 40; i++) {
      const values = lines[i + 1]!.split(',').map((cell) =>
        cell === '' ? Number.NaN : cell === 'inf' ? Number.POSITIVE_INFINITY : Number(cell),
      );
      expect(values).toEqual([...rowOf(budgetTable, i)]);
    }
  });

  test('writes the same bytes however the rows were cut into parts and batches', async () => {
    const total = 70_000;
    const whole = (await merged(total, [], 4096)).record;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat({ max: total }), { maxLength: 5 }),
        fc.integer({ min: 500, max: 100_000 }),
        async (cuts, batchRows) => {
          const sorted = [...cuts].sort((a, b) => a - b);
          const { layout, record } = await merged(total, sorted, batchRows);
          expect(record).toEqual(whole);
          fs.rmSync(layout.outdir, { recursive: true });
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('after the merge', () => {
  test('the parts go and the record stays', async () => {
    const { layout, record } = await merged(100, [50], 10);
    expect(verifiedMerge(layout, identity)).toEqual(record);
    removeParts(layout);
    expect(fs.readdirSync(layout.series)).toEqual(['run.parquet']);
    expect(verifiedMerge(layout, identity)).toEqual(record);
    expect(verifiedMerge(layout, sha256('another'))).toBeNull();
    removeParts(layout);
  });

  test('a changed file is found, named, and keeps the parts', async () => {
    const { layout } = await merged(100, [50], 10);
    const file = path.join(layout.outdir, runTable.file);
    const bytes = fs.readFileSync(file);
    bytes[200] = bytes[200]! ^ 1;
    fs.writeFileSync(file, bytes);
    expect(verifiedMerge(layout, identity)).toBeNull();
    expect(inspectMerge(layout).damage.map((error) => error.file)).toEqual([file]);
    expect(() => removeParts(layout)).toThrow(/run\.parquet: has changed/);
    expect(fs.existsSync(layout.parts)).toBe(true);
  });
});
