import fs from 'node:fs';
import path from 'node:path';
import { RecordBatchReader, type Schema } from 'apache-arrow';
import type { TableDescription } from '../sim/model.js';
import { arrowSchema } from './arrowStream.js';
import type { ColumnBatch, NumberColumn } from './columns.js';
import { DamagedData } from './error.js';
import type { PartRecord } from './parts.js';
import { verifyFile } from './verify.js';

const BLOCK = 1 << 18;
const CURE =
  'Restore it from a copy, or let its segment be computed again from the state in front of it (--restart computes all of them).';

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
    const blocks = new Blocks(fd, record.bytes);
    const reader = RecordBatchReader.from(blocks).open();
    blocks.rethrow();
    requireSchema(file, reader.schema, table);
    for (const batch of reader) {
      const columns = batch.data.children.map(
        (child) => child.values.subarray(0, batch.numRows) as NumberColumn,
      );
      rows += batch.numRows;
      yield { rows: batch.numRows, columns };
    }
    blocks.rethrow();
    if (rows !== record.rows) {
      throw new DamagedData(file, `holds ${rows} rows, recorded were ${record.rows}`, CURE);
    }
  } finally {
    fs.closeSync(fd);
  }
}

function requireSchema(file: string, schema: Schema, table: TableDescription): void {
  const show = (s: Schema) => s.fields.map((field) => `${field.name}: ${field.type}`).join(', ');
  const found = show(schema);
  const expected = show(arrowSchema(table));
  if (found === expected) return;
  throw new DamagedData(file, `has the columns {${found}}, table ${table.name} has {${expected}}`, CURE);
}

/** Bytes of an open file. Arrow's reader takes an error of its source for the end of the data, so the error waits in `rethrow`. */
class Blocks {
  #error: unknown = null;

  constructor(
    readonly fd: number,
    readonly bytes: number,
  ) {}

  *[Symbol.iterator](): Generator<Uint8Array> {
    for (let at = 0; at < this.bytes; ) {
      const block = new Uint8Array(Math.min(BLOCK, this.bytes - at));
      try {
        const count = fs.readSync(this.fd, block, 0, block.length, at);
        if (count === 0) return;
        at += count;
        yield block.subarray(0, count);
      } catch (error) {
        this.#error = error;
        return;
      }
    }
  }

  rethrow(): void {
    if (this.#error !== null) throw this.#error;
  }
}
