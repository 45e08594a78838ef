import fs from 'node:fs';
import path from 'node:path';
import { type RecordBatch, RecordBatchReader, type Schema } from 'apache-arrow';
import type { TableDescription } from '../sim/model.js';
import { onceFor } from '../sim/onceFor.js';
import { arrowSchema } from './arrowStream.js';
import type { ColumnBatch, NumberColumn } from './columns.js';
import { DamagedData } from './error.js';
import { footerBytes, type PartFooter, type Section, TAIL_BYTES } from './partFooter.js';
import type { PartRecord } from './parts.js';

const CURE =
  'Restore it from a copy; the same command computes it again while the state in front of it is known; else use --restart.';

/** Rows of a table in a part, by its record. */
export function rowsInPart({ tables }: PartRecord, { name }: TableDescription): number {
  return tables.find((table) => table.name === name)?.rows ?? 0;
}

/**
 * Reads the rows of one table batch by batch. Sizes and hashes are the business of whoever verified the part before (`verifyFile`).
 * @throws DamagedData if the part is of another table, or has another number of rows
 */
export function* readPart(
  folder: string,
  record: PartRecord,
  table: TableDescription,
): Generator<ColumnBatch> {
  const file = path.join(folder, record.file);
  const expected = rowsInPart(record, table);
  if (expected === 0) return;
  const fd = fs.openSync(file, 'r');
  try {
    const found = footerOf(file, fd).tables.find(({ name }) => name === table.name);
    let rows = 0;
    for (const section of found?.sections ?? []) {
      const batch = readSection(file, fd, section, table);
      rows += batch.rows;
      yield batch;
    }
    if (rows !== expected) {
      throw new DamagedData(file, `holds ${rows} rows of ${table.name}, recorded were ${expected}`, CURE);
    }
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * What a part says of itself, without a look at its rows.
 * @throws DamagedData when the file is no part
 */
export function readPartFooter(file: string): PartFooter {
  const fd = fs.openSync(file, 'r');
  try {
    return footerOf(file, fd);
  } finally {
    fs.closeSync(fd);
  }
}

function footerOf(file: string, fd: number): PartFooter {
  const { size } = fs.fstatSync(fd);
  const length = size < TAIL_BYTES ? null : footerBytes(bytesAt(fd, size - TAIL_BYTES, TAIL_BYTES));
  const from = size - TAIL_BYTES - (length ?? 0);
  if (length === null || from < 0) throw new DamagedData(file, 'is cut off, or no part at all', CURE);
  try {
    return JSON.parse(Buffer.from(bytesAt(fd, from, length)).toString());
  } catch {
    throw new DamagedData(file, 'has a footer that cannot be read', CURE);
  }
}

function readSection(
  file: string,
  fd: number,
  [offset, bytes, rows]: Section,
  table: TableDescription,
): ColumnBatch {
  const reader = RecordBatchReader.from(bytesAt(fd, offset, bytes)).open();
  requireSchema(file, reader.schema, table);
  const batch: RecordBatch | undefined = reader.next().value;
  if (batch?.numRows !== rows) {
    throw new DamagedData(
      file,
      `holds ${batch?.numRows ?? 0} rows at byte ${offset}, its footer says ${rows}`,
      CURE,
    );
  }
  const columns = batch.data.children.map((child) => child.values.subarray(0, rows) as NumberColumn);
  return { rows, columns };
}

const columnsOf = (schema: Schema) => schema.fields.map((field) => `${field.name}: ${field.type}`).join(', ');

const expectedColumns = onceFor((table: TableDescription) => columnsOf(arrowSchema(table)));

function requireSchema(file: string, schema: Schema, table: TableDescription): void {
  const found = columnsOf(schema);
  const expected = expectedColumns(table);
  if (found === expected) return;
  throw new DamagedData(file, `has the columns {${found}}, table ${table.name} has {${expected}}`, CURE);
}

/** A file may have become shorter since its size was asked: then fewer bytes come back. */
function bytesAt(fd: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const count = fs.readSync(fd, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
