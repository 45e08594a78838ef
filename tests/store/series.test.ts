import fs from 'node:fs';
import path from 'node:path';
import { DamagedData } from '../../src/store/error.js';
import { mergeSeries } from '../../src/store/merge.js';
import { eachGroup, readColumns, readFooter, readRows } from '../../src/store/series.js';
import { groupRows } from '../../src/store/tableFile.js';
import { freshRun, rowOf, runTable, writeSegments } from './sample.js';

async function seriesOf(rows: number): Promise<string> {
  const layout = freshRun();
  const segments = writeSegments(layout, [runTable], rows, [], 1000);
  await mergeSeries({ layout, tables: [runTable], segments, identity: 'x' });
  return path.join(layout.outdir, runTable.file);
}

test('row groups come one after the other, single rows from any of them', async () => {
  const rows = 70_000;
  const file = await seriesOf(rows);
  const steps: number[] = [];
  let groups = 0;
  await eachGroup(file, ['step'], ({ step }) => {
    groups += 1;
    steps.push(...step!);
  });
  expect(groups).toBe(Math.ceil(rows / groupRows(runTable)));
  expect(steps).toEqual(Array.from({ length: rows }, (_, i) => i));
  const wanted = [0, 1, groupRows(runTable) - 1, groupRows(runTable), rows - 1];
  const found = await readRows(file, ['Sigma_surf', 'step'], wanted);
  expect(found.map((row) => [...row])).toEqual(
    wanted.map((i) => [rowOf(runTable, i)[2], rowOf(runTable, i)[0]]),
  );
  await expect(readRows(file, ['tua'], [])).rejects.toThrow(RangeError);
});

test('columns come back whole over several row groups, and only those asked for', async () => {
  const rows = 70_000;
  expect(groupRows(runTable)).toBeLessThan(rows);
  const columns = await readColumns(await seriesOf(rows), ['Sigma_surf', 'step']);
  expect(Object.keys(columns).sort()).toEqual(['Sigma_surf', 'step']);
  let wrong = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowOf(runTable, i);
    if (!Object.is(columns.step![i], row[0]) || !Object.is(columns.Sigma_surf![i], row[2])) wrong++;
  }
  expect(wrong).toBe(0);
});

test('a table without rows has its columns and footer', async () => {
  const layout = freshRun();
  const [segment] = writeSegments(layout, [runTable], 1, [], 1);
  await mergeSeries({
    layout,
    tables: [runTable, { ...runTable, name: 'none', file: 'series/none.parquet' }],
    segments: [segment!],
    identity: 'x',
  });
  const file = path.join(layout.series, 'none.parquet');
  expect(await readColumns(file, ['time'])).toEqual({ time: new Float64Array(0) });
  expect(await readFooter(file)).toMatchObject({ rows: 0, columns: ['step', 'time', 'Sigma_surf'] });
});

test('missing columns and files are named, a cut or foreign file is damage', async () => {
  const file = await seriesOf(100);
  await expect(readColumns(file, ['time', 'tua'])).rejects.toThrow(
    `${file} has no column tua; it has step, time, Sigma_surf`,
  );
  await expect(readFooter(`${file}.gone`)).rejects.toThrow(`${file}.gone: is missing`);
  const bytes = fs.readFileSync(file);
  for (const length of [0, 3, 50, bytes.length - 1]) {
    fs.writeFileSync(file, bytes.subarray(0, length));
    await expect(readFooter(file)).rejects.toThrow(DamagedData);
  }
  fs.writeFileSync(file, 'step,time\n1,2\n');
  await expect(readColumns(file, ['time'])).rejects.toThrow(`${file}: cannot be read as Parquet`);
});
