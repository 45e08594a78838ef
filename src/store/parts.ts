import fs from 'node:fs';
import path from 'node:path';
import { RecordBatchReader, type Schema } from 'apache-arrow';
import type { TableDescription } from '../sim/model.js';
import { arrowSchema, SyncStreamWriter } from './arrowStream.js';
import { allocateColumns, type ColumnBatch, type NumberColumn, requireInt32 } from './columns.js';
import { hashFile, makeFolder } from './durable.js';
import { DamagedData, hasCode } from './error.js';
import { OutputFile } from './outputFile.js';

/** Rows of one segment (or a piece of it) in one file. What no accepted record names does not exist. */
export interface PartRecord {
  readonly table: string;
  /** Relative to the folder of the parts. */
  readonly file: string;
  /** Number of rows of this table in front of this part. */
  readonly firstRow: number;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface PartOptions {
  readonly folder: string;
  /** Names segment and attempt; the file adds the start of its hash, so that equal names never mean different content. */
  readonly name: string;
  readonly table: TableDescription;
  readonly firstRow: number;
  /** Rows kept in memory and written as one record batch. */
  readonly batchRows: number;
}

const CURE =
  'Restore it from a copy, or let its segment be computed again from the state in front of it (--restart computes all of them).';

/** Opens a part. Nothing is on disk before the first row. */
export function openPart(options: PartOptions): PartWriter {
  return new PartWriter(options);
}

/** Writes rows as an Arrow IPC stream, with one batch of rows in memory. All calls are synchronous: meant for a compute thread. */
export class PartWriter {
  readonly #options: PartOptions;
  readonly #columns: NumberColumn[];
  #output: OutputFile | null = null;
  #arrow: SyncStreamWriter | null = null;
  #filled = 0;
  #rows = 0;

  constructor(options: PartOptions) {
    if (!(options.batchRows >= 1))
      throw new RangeError(`batchRows is ${options.batchRows}, must be at least 1`);
    this.#options = options;
    this.#columns = allocateColumns(options.table, options.batchRows);
  }

  /** Rows written so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Adds a row: one number per column, copied. */
  write(values: Float64Array): void {
    const { table, batchRows } = this.#options;
    if (values.length !== table.columns.length) {
      throw new RangeError(
        `table ${table.name} has ${table.columns.length} columns, the row has ${values.length} values`,
      );
    }
    for (let c = 0; c < values.length; c++) {
      const column = table.columns[c]!;
      this.#columns[c]![this.#filled] =
        column.type === 'int32' ? requireInt32(values[c]!, table, column) : values[c]!;
    }
    this.#filled++;
    this.#rows++;
    if (this.#filled === batchRows) this.#writeBatch();
  }

  /** Makes the part durable and returns its record; null, and no file, if no row was written. */
  close(): PartRecord | null {
    if (this.#rows === 0) return null;
    try {
      const { folder, name, table, firstRow } = this.#options;
      if (this.#filled > 0) this.#writeBatch();
      this.#arrow!.close();
      const { bytes, sha256 } = this.#output!.seal();
      const file = `${name}-${sha256.slice(0, 16)}.arrows`;
      makeFolder(folder);
      this.#output!.publish(file);
      return { table: table.name, file, firstRow, rows: this.#rows, bytes, sha256 };
    } finally {
      this.abort();
    }
  }

  /** Gives the part up and leaves no file. Does nothing after `close`. */
  abort(): void {
    this.#output?.discard();
    this.#output = null;
    this.#arrow = null;
  }

  #writeBatch(): void {
    this.#arrow ??= this.#start();
    this.#arrow.writeColumns(this.#columns, this.#filled);
    this.#filled = 0;
  }

  #start(): SyncStreamWriter {
    makeFolder(this.#options.folder);
    const output = OutputFile.create(this.#options.folder);
    this.#output = output;
    return new SyncStreamWriter(arrowSchema(this.#options.table), (bytes) => output.write(bytes));
  }
}

/**
 * Reads a part batch by batch, after its size and hash have been verified.
 * @throws DamagedData if the file is missing, changed, of another table, or has another number of rows
 */
export function* readPart(
  folder: string,
  record: PartRecord,
  table: TableDescription,
): Generator<ColumnBatch> {
  const file = path.join(folder, record.file);
  verifyFile(file, record, CURE);
  const fd = fs.openSync(file, 'r');
  try {
    let rows = 0;
    const reader = RecordBatchReader.from(blocks(fd, record.bytes));
    reader.open();
    requireSchema(file, reader.schema, table);
    for (const batch of reader) {
      const columns = batch.data.children.map(
        (child) => child.values.subarray(0, batch.numRows) as NumberColumn,
      );
      rows += batch.numRows;
      yield { rows: batch.numRows, columns };
    }
    if (rows !== record.rows) {
      throw new DamagedData(file, `holds ${rows} rows, recorded were ${record.rows}`, CURE);
    }
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Compares a file's size and hash with its record.
 * @throws DamagedData
 */
export function verifyFile(file: string, record: { bytes: number; sha256: string }, cure: string): void {
  const size = sizeOf(file);
  if (size === null) throw new DamagedData(file, 'is missing', cure);
  if (size !== record.bytes) {
    throw new DamagedData(file, `has ${size} bytes, recorded were ${record.bytes}`, cure);
  }
  const found = hashFile(file).sha256;
  if (found !== record.sha256) {
    throw new DamagedData(file, `has changed: its SHA-256 is ${found}, recorded was ${record.sha256}`, cure);
  }
}

function sizeOf(file: string): number | null {
  try {
    return fs.statSync(file).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function requireSchema(file: string, schema: Schema, table: TableDescription): void {
  const show = (s: Schema) => s.fields.map((field) => `${field.name}: ${field.type}`).join(', ');
  const found = show(schema);
  const expected = show(arrowSchema(table));
  if (found === expected) return;
  throw new DamagedData(file, `has the columns {${found}}, table ${table.name} has {${expected}}`, CURE);
}

function* blocks(fd: number, bytes: number): Generator<Uint8Array> {
  const size = 1 << 18;
  for (let at = 0; at < bytes; ) {
    const block = new Uint8Array(Math.min(size, bytes - at));
    const count = fs.readSync(fd, block, 0, block.length, at);
    if (count === 0) return;
    yield block.subarray(0, count);
    at += count;
  }
}
