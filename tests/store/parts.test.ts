import fs from 'node:fs';
import path from 'node:path';
import { jest } from '@jest/globals';
import { tableFromIPC } from 'apache-arrow';
import { DamagedData } from '../../src/store/error.js';
import { closeParts, openPart, readPart } from '../../src/store/parts.js';
import { budgetTable, freshLayout, rowOf, runTable } from './sample.js';

const optionsFor = (folder: string, batchRows = 16) => ({
  folder,
  name: 'run.s000003.a1',
  table: runTable,
  firstRow: 100,
  batchRows,
});

function writtenPart(rows: number, batchRows = 16) {
  const folder = freshLayout().parts;
  const part = openPart(optionsFor(folder, batchRows));
  for (let i = 0; i < rows; i++) part.write(rowOf(runTable, i));
  const record = part.close()!;
  return { folder, record, file: path.join(folder, record.file) };
}

const readAll = (folder: string, record: Parameters<typeof readPart>[1], table = runTable) =>
  [...readPart(folder, record, table)].flatMap((batch) =>
    Array.from({ length: batch.rows }, (_, row) => batch.columns.map((column) => column[row])),
  );

test.each([1, 15, 16, 17, 64, 1000])('%i rows come back bit for bit', (rows) => {
  const { folder, record } = writtenPart(rows);
  expect(record).toMatchObject({ table: 'run', firstRow: 100, rows });
  const back = readAll(folder, record);
  expect(back).toHaveLength(rows);
  for (const [i, row] of back.entries()) {
    // toEqual tells 0 from -0 and takes NaN for equal.
    expect(row).toEqual([...rowOf(runTable, i)]);
  }
});

test('other Arrow readers read a part', () => {
  const { file } = writtenPart(40);
  const table = tableFromIPC(fs.readFileSync(file));
  expect(table.numRows).toBe(40);
  expect(table.schema.fields.map(String)).toEqual(['step: Int32', 'time: Float64', 'Sigma_surf: Float64']);
});

test('a part without rows, or given up, leaves no file', () => {
  const { parts } = freshLayout();
  expect(openPart(optionsFor(parts)).close()).toBeNull();
  expect(fs.existsSync(parts)).toBe(false);
  const part = openPart(optionsFor(parts));
  for (let i = 0; i < 100; i++) part.write(rowOf(runTable, i));
  part.abort();
  expect(fs.readdirSync(parts)).toEqual([]);
});

test('equal rows give the equal file, other rows under the same name another one', () => {
  const folder = freshLayout().parts;
  const write = (rows: number) => {
    const part = openPart(optionsFor(folder));
    for (let i = 0; i < rows; i++) part.write(rowOf(runTable, i));
    return part.close()!;
  };
  expect(write(20)).toEqual(write(20));
  expect(write(21).file).not.toBe(write(20).file);
  expect(fs.readdirSync(folder)).toHaveLength(2);
});

test('refuses rows that do not fit the table', () => {
  const part = openPart(optionsFor(freshLayout().parts));
  expect(() => part.write(new Float64Array(2))).toThrow('has 3 columns, the row has 2 values');
  for (const step of [0.5, 2 ** 31, Number.NaN]) {
    expect(() => part.write(Float64Array.of(step, 0, 0))).toThrow(`column step: ${step} is not a 32-bit`);
  }
});

describe('damage', () => {
  test('every changed byte is found', () => {
    const { folder, record, file } = writtenPart(3);
    const bytes = fs.readFileSync(file);
    for (let i = 0; i < bytes.length; i++) {
      const changed = Uint8Array.from(bytes);
      changed[i] = changed[i]! ^ 0x10;
      fs.writeFileSync(file, changed);
      expect(() => readAll(folder, record)).toThrow(DamagedData);
    }
  });

  test('missing and truncated files are named', () => {
    const { folder, record, file } = writtenPart(3);
    fs.truncateSync(file, record.bytes - 1);
    expect(() => readAll(folder, record)).toThrow(
      `${file}: has ${record.bytes - 1} bytes, recorded were ${record.bytes}`,
    );
    fs.rmSync(file);
    expect(() => readAll(folder, record)).toThrow(`${file}: is missing`);
  });

  test('another table and another number of rows are refused', () => {
    const { folder, record } = writtenPart(3);
    expect(() => readAll(folder, record, budgetTable)).toThrow(
      /has the columns \{step: Int32, .*\}, table mass_budget has \{time: Float64, error: Float64\}/,
    );
    expect(() => readAll(folder, { ...record, rows: 4 })).toThrow('holds 3 rows, recorded were 4');
  });
});

test('parts closed together are all on disk, names included, after one sync of the folder', () => {
  const folder = freshLayout().parts;
  const parts = [20, 0, 30].map((rows) => {
    const part = openPart({ ...optionsFor(folder), name: `rows-${rows}` });
    for (let i = 0; i < rows; i++) part.write(rowOf(runTable, i));
    return part;
  });
  const calls: string[] = [];
  const { fsyncSync, renameSync } = fs;
  jest.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
    calls.push(fs.fstatSync(fd).isDirectory() ? 'sync folder' : 'sync file');
    fsyncSync(fd);
  });
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    calls.push('rename');
    renameSync(from, to);
  });
  try {
    expect(closeParts(folder, parts).map((record) => record.rows)).toEqual([20, 30]);
  } finally {
    jest.restoreAllMocks();
  }
  expect(calls).toEqual(['sync file', 'rename', 'sync file', 'rename', 'sync folder']);
});

test('parts closed together leave nothing when one of them fails', () => {
  const folder = freshLayout().parts;
  const parts = [20, 30].map((rows) => {
    const part = openPart({ ...optionsFor(folder), name: `rows-${rows}` });
    for (let i = 0; i < rows; i++) part.write(rowOf(runTable, i));
    return part;
  });
  const { fsyncSync } = fs;
  let syncs = 0;
  jest.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
    syncs += 1;
    if (syncs === 2) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    fsyncSync(fd);
  });
  try {
    expect(() => closeParts(folder, parts)).toThrow(/no space/);
  } finally {
    jest.restoreAllMocks();
  }
  expect(fs.readdirSync(folder)).toEqual([]);
});
