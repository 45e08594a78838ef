import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { DamagedData } from '../../src/store/error.js';
import { openPart, type PartRecord, readPart, readPartFooter } from '../../src/store/parts.js';
import { verifyFile } from '../../src/store/verify.js';
import { budgetTable, edgeAt, freshLayout, freshRun, partOptions, rowOf, runTable } from './sample.js';

const tables = [runTable, budgetTable];

/** A part from row 100 on; the second table has a row for every other one of the first. */
function writtenPart(rows: number, batchRows = 16, folder = freshRun().parts) {
  const part = openPart({ ...partOptions(folder, tables, 100, batchRows), segment: 3 });
  for (let i = 0; i < rows; i++) {
    part.write(0, rowOf(runTable, i));
    if (i % 2 === 0) part.write(1, rowOf(budgetTable, i));
  }
  const record = part.close(edgeAt(100 + rows), null);
  return { folder, record, file: path.join(folder, record.file) };
}

const readAll = (folder: string, record: PartRecord, table = runTable) =>
  [...readPart(folder, record, table)].flatMap((batch) =>
    Array.from({ length: batch.rows }, (_, row) => batch.columns.map((column) => column[row])),
  );

test.each([0, 1, 15, 16, 17, 64, 1000])('%i rows come back bit for bit, of each table its own', (rows) => {
  const { folder, record } = writtenPart(rows);
  const half = Math.ceil(rows / 2);
  expect(record).toMatchObject({
    batchRows: 16,
    endHash: edgeAt(100 + rows).hash,
    endSteps: 100 + rows,
    tables: [
      { name: 'run', firstRow: 100, rows },
      { name: 'mass_budget', firstRow: 100, rows: half },
    ],
  });
  const back = readAll(folder, record);
  expect(back).toHaveLength(rows);
  // toEqual tells 0 from -0 and takes NaN for equal.
  for (const [i, row] of back.entries()) expect(row).toEqual([...rowOf(runTable, i)]);
  const budget = readAll(folder, record, budgetTable);
  expect(budget).toHaveLength(half);
  for (const [i, row] of budget.entries()) expect(row).toEqual([...rowOf(budgetTable, 2 * i)]);
});

test('a part says where it belongs, and other Arrow readers read its sections', () => {
  const { file } = writtenPart(40);
  const footer = readPartFooter(file);
  expect(footer).toMatchObject({ identity: 'sample', segment: 3, start: edgeAt(100), end: edgeAt(140) });
  const bytes = fs.readFileSync(file);
  const read = footer.tables[0]!.sections.map(([at, length]) =>
    tableFromIPC(bytes.subarray(at, at + length)),
  );
  expect(read.map((table) => table.numRows)).toEqual([16, 16, 8]);
  expect(read[0]!.schema.fields.map(String)).toEqual(['step: Int32', 'time: Float64', 'Sigma_surf: Float64']);
});

test('a part given up leaves no file', () => {
  const { parts } = freshRun();
  const part = openPart(partOptions(parts, tables, 0, 16));
  for (let i = 0; i < 100; i++) part.write(0, rowOf(runTable, i));
  part.abort();
  expect(fs.readdirSync(parts)).toEqual([]);
});

test('a part whose bytes cannot be brought to the disk leaves nothing', () => {
  const { parts } = freshRun();
  const part = openPart(partOptions(parts, tables, 0, 16));
  for (let i = 0; i < 100; i++) part.write(0, rowOf(runTable, i));
  jest.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
  try {
    expect(() => part.close(edgeAt(100), null)).toThrow(/no space/);
  } finally {
    jest.restoreAllMocks();
  }
  expect(fs.readdirSync(parts)).toEqual([]);
});

test('equal rows give the equal file, other rows under the same name another one', () => {
  const folder = freshRun().parts;
  expect(writtenPart(20, 16, folder).record).toEqual(writtenPart(20, 16, folder).record);
  expect(writtenPart(21, 16, folder).record.file).not.toBe(writtenPart(20, 16, folder).record.file);
  expect(fs.readdirSync(folder)).toHaveLength(2);
});

test('refuses rows that do not fit the table', () => {
  const part = openPart(partOptions(freshRun().parts, tables, 0, 16));
  expect(() => part.write(0, new Float64Array(2))).toThrow('has 3 columns, the row has 2 values');
  for (const step of [0.5, 2 ** 31, Number.NaN]) {
    expect(() => part.write(0, Float64Array.of(step, 0, 0))).toThrow(`column step: ${step} is not a 32-bit`);
  }
});

test('another table and another number of rows are refused', () => {
  const { folder, record } = writtenPart(3);
  const other = { ...budgetTable, name: 'run' };
  expect(() => readAll(folder, record, other)).toThrow(
    /has the columns \{step: Int32, .*\}, table run has \{time: Float64, error: Float64\}/,
  );
  const more = { ...record, tables: [{ ...record.tables[0]!, rows: 4 }] };
  expect(() => readAll(folder, more)).toThrow('holds 3 rows of run, recorded were 4');
});

test('whatever is no part is named, never read', () => {
  const { file } = writtenPart(3);
  const bytes = fs.readFileSync(file);
  const { tables: before } = readPartFooter(file);
  for (let length = 0; length < bytes.length; length++) {
    fs.writeFileSync(file, bytes.subarray(0, length));
    expect(() => readPartFooter(file)).toThrow(DamagedData);
  }
  fs.writeFileSync(file, bytes);
  expect(readPartFooter(file).tables).toEqual(before);
});

test('missing, cut and changed files differ from their record', () => {
  const { record, file } = writtenPart(3);
  const bytes = fs.readFileSync(file);
  for (let i = 0; i < bytes.length; i++) {
    const changed = Uint8Array.from(bytes);
    changed[i] = changed[i]! ^ 0x10;
    fs.writeFileSync(file, changed);
    expect(() => verifyFile(file, record, '')).toThrow(DamagedData);
  }
  fs.truncateSync(file, record.bytes - 1);
  expect(() => verifyFile(file, record, '')).toThrow(
    `${file}: has ${record.bytes - 1} bytes, recorded were ${record.bytes}`,
  );
  fs.rmSync(file);
  expect(() => verifyFile(file, record, '')).toThrow(`${file}: is missing`);
});

test('a part of a run that has ended meanwhile does not bring its folder back', () => {
  const { parts } = freshLayout();
  const part = openPart(partOptions(parts, tables, 0, 16));
  expect(() => part.close(edgeAt(0), new Uint8Array(0))).toThrow(/ENOENT/);
  expect(fs.existsSync(parts)).toBe(false);
});
