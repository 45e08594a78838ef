import type { KeyValue, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { TableDescription } from '../sim/model.js';
import type { NumberColumn } from './columns.js';
import type { OutputFile } from './outputFile.js';
import type { TableFile } from './tableFile.js';

/**
 * Writes a Parquet file row group by row group: required DOUBLE and INT32 columns, PLAIN (a dictionary would merge 0 and -0 and makes
 * physics columns larger), Snappy. The bytes depend on rows, groups and metadata only.
 */
export class ParquetTable implements TableFile {
  readonly #columns: TableDescription['columns'];
  readonly #sink: OutputSink;
  readonly #parquet: ParquetWriter;

  constructor(output: OutputFile, table: TableDescription, metadata: readonly KeyValue[]) {
    this.#columns = table.columns;
    this.#sink = new OutputSink(output);
    this.#parquet = new ParquetWriter({
      writer: this.#sink,
      schema: parquetSchema(table),
      codec: 'SNAPPY',
      kvMetadata: [...metadata],
      createdBy: 'marsdisk',
    });
  }

  writeGroup(columns: readonly NumberColumn[], rows: number): void {
    const columnData = this.#columns.map((column, i) => ({
      name: column.name,
      data: columns[i]!.subarray(0, rows),
      encoding: 'PLAIN' as const,
    }));
    // Nothing is pending behind a synchronous sink.
    void this.#parquet.write({ columnData, rowGroupSize: rows });
  }

  finish(): void {
    void this.#parquet.finish();
  }
}

/** Bytes on their way to the file. */
const sinkBytes = 1 << 16;

/** Hands bytes on as soon as a buffer is full: a whole compressed row group in memory would be as large as the rows themselves. */
export class OutputSink extends ByteWriter {
  constructor(readonly output: OutputFile) {
    super(sinkBytes);
  }

  override ensure(size: number): void {
    if (this.index + size > sinkBytes) this.flush();
    super.ensure(size);
  }

  flush(): void {
    this.output.write(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

function parquetSchema(table: TableDescription): SchemaElement[] {
  return [
    { name: 'root', num_children: table.columns.length },
    ...table.columns.map((column) => ({
      name: column.name,
      type: column.type === 'int32' ? ('INT32' as const) : ('DOUBLE' as const),
      repetition_type: 'REQUIRED' as const,
    })),
  ];
}
