import type { TableDescription } from '../sim/model.js';
import { arrowSchema, SyncStreamWriter } from './arrowStream.js';
import { allocateColumns, type NumberColumn, requireInt32 } from './columns.js';
import { OutputFile } from './outputFile.js';
import { encodeFooter, type Section } from './partFooter.js';
import type { PartEdge, PartRecord } from './parts.js';

export interface PartOptions {
  /** Must exist: it comes with the run's specification and goes when the run has ended. */
  readonly folder: string;
  /** Names segment and attempt; the file adds the start of its hash, so that equal names never mean different content. */
  readonly name: string;
  readonly identity: string;
  readonly segment: number;
  readonly tables: readonly TableDescription[];
  /** Rows in front of this part, per table. */
  readonly firstRows: readonly number[];
  /** Rows of a table kept in memory and written as one record batch. */
  readonly batchRows: number;
  readonly start: PartEdge;
}

/** Opens a part. Nothing is on disk before the first full batch. */
export function openPart(options: PartOptions): PartWriter {
  return new PartWriter(options);
}

/** Writes the rows of all tables into one file, with a batch of each in memory. All calls are synchronous: meant for a compute thread. */
export class PartWriter {
  readonly #options: PartOptions;
  readonly #tables: TableRows[];
  #output: OutputFile | null = null;
  #at = 0;

  constructor(options: PartOptions) {
    if (!(options.batchRows >= 1))
      throw new RangeError(`batchRows is ${options.batchRows}, must be at least 1`);
    this.#options = options;
    this.#tables = options.tables.map((table) => new TableRows(table, options.batchRows));
  }

  /** Adds a row to a table: one number per column, copied. */
  write(table: number, values: Float64Array): void {
    const rows = this.#tables[table]!;
    rows.add(values);
    if (rows.filled === this.#options.batchRows) this.#flush(rows);
  }

  /** Rows in front of this part and in it, per table. */
  rows(): number[] {
    return this.#tables.map((table, i) => this.#options.firstRows[i]! + table.rows);
  }

  /**
   * Makes the part durable, also one without rows: it says that there are none.
   * @param state the state at its end, or a reference to it, when a segment ends there
   */
  close(end: PartEdge, state: Uint8Array | null): PartRecord {
    const { name, identity, segment, firstRows, batchRows, start } = this.#options;
    try {
      for (const table of this.#tables) if (table.filled > 0) this.#flush(table);
      const tables = this.#tables.map(({ name, rows, sections }, i) => ({
        ...{ name, firstRow: firstRows[i]!, rows, sections },
      }));
      const endState = state === null ? null : Buffer.from(state).toString('base64');
      this.#put(encodeFooter({ format: 1, identity, segment, start, end, endState, batchRows, tables }));
      const { bytes, sha256 } = this.#output!.seal();
      const file = `${name}-${sha256.slice(0, 16)}.part`;
      this.#output!.publish(file);
      return {
        ...{ file, bytes, sha256, batchRows, endHash: end.hash, endSteps: end.steps },
        tables: tables.map(({ sections: _, ...rows }) => rows),
      };
    } finally {
      this.abort();
    }
  }

  /** Gives the part up and leaves no file. Does nothing after `close`. */
  abort(): void {
    this.#output?.discard();
    this.#output = null;
  }

  #flush(table: TableRows): void {
    const from = this.#at;
    const rows = table.filled;
    table.writeTo((bytes) => this.#put(bytes));
    table.sections.push([from, this.#at - from, rows]);
  }

  #put(bytes: Uint8Array): void {
    if (this.#output === null) {
      this.#output = OutputFile.create(this.#options.folder);
    }
    this.#output.write(bytes);
    this.#at += bytes.length;
  }
}

/** The rows of one table that are not on disk yet, column by column, and the places of those that are. */
class TableRows {
  readonly name: string;
  readonly sections: Section[] = [];
  readonly #table: TableDescription;
  readonly #columns: NumberColumn[];
  filled = 0;
  rows = 0;

  constructor(table: TableDescription, batchRows: number) {
    this.name = table.name;
    this.#table = table;
    this.#columns = allocateColumns(table, batchRows);
  }

  add(values: Float64Array): void {
    const { name, columns } = this.#table;
    if (values.length !== columns.length) {
      throw new RangeError(
        `table ${name} has ${columns.length} columns, the row has ${values.length} values`,
      );
    }
    for (let c = 0; c < values.length; c++) {
      const column = columns[c]!;
      this.#columns[c]![this.filled] =
        column.type === 'int32' ? requireInt32(values[c]!, this.#table, column) : values[c]!;
    }
    this.filled++;
    this.rows++;
  }

  writeTo(put: (bytes: Uint8Array) => void): void {
    const stream = new SyncStreamWriter(arrowSchema(this.#table), put);
    stream.writeColumns(this.#columns, this.filled);
    stream.close();
    this.filled = 0;
  }
}
