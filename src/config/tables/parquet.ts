import { type Columns, TableError } from './columns.js';

function plainNumber(value: unknown): number {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

/**
 * Reads the numeric columns of a Parquet file. The reader is loaded on first use: most runs have no Parquet table.
 * @throws TableError if the bytes are no Parquet file.
 */
export async function parseParquet(bytes: Uint8Array): Promise<Columns> {
  const { parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  let rows: Record<string, unknown>[];
  try {
    rows = await parquetReadObjects({ file, compressors });
  } catch (error) {
    throw new TableError(`is not a readable Parquet file: ${(error as Error).message}`);
  }
  if (rows.length === 0) throw new TableError('is empty');
  const names = Object.keys(rows[0]!);
  return { names, rows: rows.length, column: (name) => rows.map((row) => plainNumber(row[name])) };
}
