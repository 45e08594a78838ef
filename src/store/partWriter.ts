import fs from 'node:fs';
import path from 'node:path';
import type { TableDescription } from '../sim/model.js';
import { arrowSchema, SyncStreamWriter } from './arrowStream.js';
import { allocateColumns, type NumberColumn, requireInt32 } from './columns.js';
import { makeFolder, syncFolder } from './folders.js';
import { OutputFile } from './outputFile.js';
import type { PartRecord } from './parts.js';

export interface PartOptions {
  readonly folder: string;
  /** Names segment and attempt; the file adds the start of its hash, so that equal names never mean different content. */
  readonly name: string;
  readonly table: TableDescription;
  readonly firstRow: number;
  /** Rows kept in memory and written as one record batch. */
  readonly batchRows: number;
}

/** Opens a part. Nothing is on disk before the first row. */
export function openPart(options: PartOptions): PartWriter {
  return new PartWriter(options);
}

/**
 * Makes the parts of one segment durable, all in `folder`, with one sync of the folder: a segment waits for the disk often enough.
 * @returns records of the parts that have rows
 */
export function closeParts(folder: string, parts: readonly PartWriter[]): PartRecord[] {
  const records: PartRecord[] = [];
  try {
    for (const part of parts) {
      const record = part.closeBeforeSync();
      if (record !== null) records.push(record);
    }
    if (records.length > 0) syncFolder(folder);
    return records;
  } catch (error) {
    // A full disk is tried again and again: what half an attempt has left would make it fuller each time.
    for (const { file } of records) fs.rmSync(path.join(folder, file), { force: true });
    throw error;
  }
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
    const record = this.closeBeforeSync();
    if (record !== null) syncFolder(this.#options.folder);
    return record;
  }

  /** As `close`, but the file's name is on disk only after a sync of the folder: see `closeParts`. */
  closeBeforeSync(): PartRecord | null {
    if (this.#rows === 0) return null;
    try {
      const { folder, name, table, firstRow } = this.#options;
      if (this.#filled > 0) this.#writeBatch();
      this.#arrow!.close();
      const { bytes, sha256 } = this.#output!.seal();
      const file = `${name}-${sha256.slice(0, 16)}.arrows`;
      makeFolder(folder);
      this.#output!.publishBeforeSync(file);
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
