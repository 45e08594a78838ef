import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import type { TableDescription } from '../../src/sim/model.js';
import { sha256 } from '../../src/store/durable.js';
import { DamagedData } from '../../src/store/error.js';
import type { RunLayout } from '../../src/store/layout.js';
import type { SegmentRecord } from '../../src/store/manifest.js';
import { inspectMerge, mergeSeries, removeParts, verifiedMerge } from '../../src/store/merge.js';
import { openPart } from '../../src/store/parts.js';
import { readColumns, readFooter } from '../../src/store/series.js';
import { budgetTable, edgeAt, freshRun, partOptions, rowOf, runTable, writeSegments } from './sample.js';

const tables = [runTable, budgetTable];
const identity = sha256('a configuration');

async function merged(total: number, cuts: readonly number[], batchRows: number) {
  const layout = freshRun();
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

  test('a run that began at a checkpoint has its rows from there on', async () => {
    const layout = freshRun();
    const whole = writeSegments(layout, tables, 100, [60], 16);
    const segments = [{ ...whole[1]!, index: 0 }];
    const record = await mergeSeries({ layout, tables, segments, firstRows: [60, 60], identity });
    expect(record.files.map((file) => file.rows)).toEqual([40, 40]);
    const { step } = await readColumns(path.join(layout.outdir, runTable.file), ['step']);
    expect(step![0]).toBe(60);
    const other = freshRun();
    const gap = mergeSeries({ layout: other, tables, segments, firstRows: [60, 59], identity });
    await expect(gap).rejects.toThrow(/starts at row 60 of mass_budget, expected 59/);
  });

  test('keeps the sign of zero where a column holds little else', async () => {
    const layout = freshRun();
    const table: TableDescription = { ...budgetTable, name: 'zeros', file: 'series/zeros.parquet' };
    const part = openPart(partOptions(layout.parts, [table], 0, 500));
    for (let i = 0; i < 2000; i++) part.write(0, Float64Array.of(i % 3 === 0 ? -0 : 0, 1));
    const [segment] = writeSegments(layout, [], 2000, [], 1);
    const segments = [{ ...segment!, parts: [part.close(edgeAt(2000), null)] }];
    await mergeSeries({ layout, tables: [table], segments, identity });
    const { time } = await readColumns(path.join(layout.outdir, table.file), ['time']);
    expect(Array.from(time!, (value) => Object.is(value, -0))).toEqual(
      Array.from({ length: 2000 }, (_, i) => i % 3 === 0),
    );
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

  test.each([
    { rows: 300, runs: 40, of: tables },
    // More than one row group, cut in and around its end.
    { rows: 66_000, runs: 5, of: [runTable] },
  ])(
    'writes the same bytes however $rows rows were cut into parts and batches',
    async ({ rows, runs, of }) => {
      const mergedAs = async (cuts: readonly number[], batchRows: number) => {
        const layout = freshRun();
        const segments = writeSegments(layout, of, rows, cuts, batchRows);
        const record = await mergeSeries({ layout, tables: of, segments, identity });
        fs.rmSync(layout.outdir, { recursive: true });
        return record;
      };
      const whole = await mergedAs([], rows);
      const cut = fc.oneof(fc.nat({ max: rows }), fc.constantFrom(0, 1, rows - 1, rows));
      const cuts = fc.array(cut, { maxLength: 5 }).map((edges) => edges.sort((a, b) => a - b));
      const batchRows = fc.integer({ min: Math.ceil(rows / 100), max: 2 * rows });
      await fc.assert(
        fc.asyncProperty(cuts, batchRows, async (edges, batch) => {
          expect(await mergedAs(edges, batch)).toEqual(whole);
        }),
        { numRuns: runs },
      );
    },
  );
});

describe('a merge that cannot be right', () => {
  const cut = () => {
    const layout = freshRun();
    return { layout, segments: writeSegments(layout, tables, 60, [20, 40], 10) };
  };
  const merge = (layout: RunLayout, segments: readonly SegmentRecord[]) =>
    mergeSeries({ layout, tables, segments, identity });

  test('segments or rows with a gap are refused before anything is written', async () => {
    const { layout, segments } = cut();
    const [a, b, c] = segments as [SegmentRecord, SegmentRecord, SegmentRecord];
    await expect(merge(layout, [a, c])).rejects.toThrow('segment 2 stands where 1 belongs');
    await expect(merge(layout, [a, { ...b, startHash: 'f'.repeat(64) }, c])).rejects.toThrow(
      'segment 1 starts from state fff',
    );
    await expect(merge(layout, [a, { ...b, parts: [] }, c])).rejects.toThrow(
      'starts at row 40 of run, expected 20',
    );
    const orbits = { name: 'orbits', firstRow: 0, rows: 1 };
    const foreign = { ...b, parts: [{ ...b.parts[0]!, tables: [orbits] }] };
    await expect(merge(layout, [a, foreign, c])).rejects.toThrow('has rows of orbits, a table that');
    await expect(merge(layout, [])).rejects.toThrow('at least one segment');
    expect(fs.readdirSync(layout.series)).toEqual(['parts']);
  });

  test('a damaged part is named and leaves no merged file', async () => {
    const { layout, segments } = cut();
    const file = path.join(layout.parts, segments[1]!.parts[0]!.file);
    fs.truncateSync(file, 100);
    await expect(merge(layout, segments)).rejects.toThrow(DamagedData);
    await expect(merge(layout, segments)).rejects.toThrow(`${file}: has 100 bytes`);
    expect(fs.readdirSync(layout.series)).toEqual(['parts']);
    expect(fs.existsSync(layout.merged)).toBe(false);
  });

  test('a table needs a known format, and its footer keys of its own', async () => {
    const { layout, segments } = cut();
    const merging = (change: Partial<TableDescription>) =>
      mergeSeries({ layout, segments, identity, tables: [{ ...runTable, ...change }, budgetTable] });
    await expect(merging({ file: 'series/run.txt' })).rejects.toThrow('must end in .parquet or .csv');
    await expect(merging({ footer: { units: '' } })).rejects.toThrow('footer key units is taken');
  });
});

describe('after the merge', () => {
  test('the same merge returns at once, another state or a damaged file merges again', async () => {
    const { layout, segments, record } = await merged(100, [50], 10);
    const target = path.join(layout.outdir, runTable.file);
    const { ino } = fs.statSync(target);
    expect(await mergeSeries({ layout, tables, segments, identity })).toEqual(record);
    expect(fs.statSync(target).ino).toBe(ino);

    const shorter = await mergeSeries({ layout, tables, segments: segments.slice(0, 1), identity });
    expect(shorter.files.map((file) => file.rows)).toEqual([50, 50]);
    const again = await mergeSeries({ layout, tables, segments, identity, model: 'mars-disk' });
    expect(again).toEqual(record);

    fs.truncateSync(target, 10);
    expect(await mergeSeries({ layout, tables, segments, identity, model: 'mars-disk' })).toEqual(record);
    expect(await verifiedMerge(layout, identity)).toEqual(record);
  });

  test('nothing is removed before a merge is recorded', async () => {
    const layout = freshRun();
    writeSegments(layout, tables, 10, [], 10);
    await expect(removeParts(layout)).rejects.toThrow(/merged\.json: is missing, so parts are kept/);
    expect(fs.readdirSync(layout.parts)).toHaveLength(1);
  });

  test('the parts go and the record stays', async () => {
    const { layout, record } = await merged(100, [50], 10);
    expect(await verifiedMerge(layout, identity)).toEqual(record);
    const opened = jest.spyOn(fs, 'openSync');
    await removeParts(layout);
    expect(opened.mock.calls.at(-1)).toEqual([layout.series, 'r']);
    opened.mockRestore();
    expect(fs.readdirSync(layout.series)).toEqual(['run.parquet']);
    expect(await verifiedMerge(layout, identity)).toEqual(record);
    expect(await verifiedMerge(layout, sha256('another'))).toBeNull();
    await removeParts(layout);
  });

  test('a changed file is found, named, and keeps the parts', async () => {
    const { layout } = await merged(100, [50], 10);
    const file = path.join(layout.outdir, runTable.file);
    const bytes = fs.readFileSync(file);
    bytes[200] = bytes[200]! ^ 1;
    fs.writeFileSync(file, bytes);
    expect(await verifiedMerge(layout, identity)).toBeNull();
    expect((await inspectMerge(layout)).damage.map((error) => error.file)).toEqual([file]);
    await expect(removeParts(layout)).rejects.toThrow(/run\.parquet: has changed/);
    expect(fs.existsSync(layout.parts)).toBe(true);
  });
});
