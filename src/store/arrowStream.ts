import {
  type Data,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from 'apache-arrow';
import type { TableDescription } from '../sim/model.js';
import { onceFor } from '../sim/onceFor.js';
import type { NumberColumn } from './columns.js';

/** Arrow schema of a table: required float64 and int32 columns in the table's order. */
export const arrowSchema = onceFor((table: TableDescription): Schema => {
  const fields = table.columns.map(
    (column) => new Field(column.name, column.type === 'int32' ? new Int32() : new Float64(), false),
  );
  return new Schema(fields, new Map([['table', table.name]]));
});

/** The message at the head of each stream, by its schema: each segment writes a stream of every table, of some hundred columns each. */
const heads = new WeakMap<Schema, Uint8Array>();

/**
 * Arrow's stream writer with its bytes going to a synchronous function instead of an asynchronous queue, which would keep every
 * batch in memory until somebody drains it.
 */
export class SyncStreamWriter extends RecordBatchStreamWriter {
  readonly #schema: Schema;
  readonly #put: (bytes: Uint8Array) => void;
  /** Takes a copy of what is written, while that is the head. */
  #head: Uint8Array[] | null = null;

  constructor(schema: Schema, put: (bytes: Uint8Array) => void) {
    super({ autoDestroy: true });
    this.#schema = schema;
    this.#put = put;
    this.reset(undefined, schema);
  }

  /** The columns may be reused as soon as this returns. */
  writeColumns(columns: readonly NumberColumn[], rows: number): void {
    const children: Data[] = columns.map((column, i) => {
      const type = this.#schema.fields[i]!.type;
      return makeData({ type, length: rows, nullCount: 0, data: column.subarray(0, rows) });
    });
    const type = new Struct(this.#schema.fields);
    this.write(new RecordBatch(this.#schema, makeData({ type, length: rows, nullCount: 0, children })));
  }

  protected override _writeSchema(schema: Schema): this {
    const known = heads.get(schema);
    if (known !== undefined) return this._write(known);
    const chunks: Uint8Array[] = [];
    this.#head = chunks;
    super._writeSchema(schema);
    this.#head = null;
    heads.set(schema, Buffer.concat(chunks));
    return this;
  }

  protected override _write(chunk: ArrayBufferView): this {
    const bytes = new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength);
    if (bytes.length > 0) this.#put(bytes);
    this.#head?.push(bytes.slice());
    this._position += bytes.length;
    return this;
  }
}
