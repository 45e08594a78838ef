import fs from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { DamagedData, hasCode } from './error.js';

/** What a merged Parquet file says about itself. */
export interface SeriesFooter {
  readonly rows: number;
  readonly columns: readonly string[];
  /** Unit of each column, '' for pure numbers. */
  readonly units: Readonly<Record<string, string>>;
  /** All key-value metadata: units, definitions, table, identity, and the table's own footer. */
  readonly metadata: Readonly<Record<string, string>>;
}

const CURE = 'Restore it from a copy, or use --restart to compute the run again.';

/**
 * Columns of a merged Parquet file as doubles. Memory: the columns asked for, and one row group.
 * @throws DamagedData if the file is missing or unreadable, RangeError for a column that it does not have
 */
export async function readColumns(
  file: string,
  names: readonly string[],
): Promise<Record<string, Float64Array>> {
  const { rows } = await readFooter(file);
  const result = Object.fromEntries(names.map((name) => [name, new Float64Array(rows)]));
  let firstRow = 0;
  await eachGroup(file, names, (columns) => {
    for (const name of names) result[name]!.set(columns[name]!, firstRow);
    firstRow += columns[names[0]!]?.length ?? 0;
  });
  return result;
}

/**
 * Hands over the columns of a merged Parquet file row group by row group, in order. Memory: one row group.
 * @throws as `readColumns`
 */
export async function eachGroup(
  file: string,
  names: readonly string[],
  take: (columns: Readonly<Record<string, Float64Array>>) => void,
): Promise<void> {
  await withParquet(file, async (buffer, metadata) => {
    requireColumns(file, names, columnsOf(metadata));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      take(await readRange(file, buffer, metadata, names, rowStart, rowEnd));
      rowStart = rowEnd;
    }
  });
}

/**
 * Single rows of a merged Parquet file, one array of values for each, in the order of `names`. Memory: one column of a row group.
 * @throws as `readColumns`
 */
export async function readRows(
  file: string,
  names: readonly string[],
  rows: readonly number[],
): Promise<Float64Array[]> {
  return withParquet(file, async (buffer, metadata) => {
    requireColumns(file, names, columnsOf(metadata));
    const found = rows.map(() => new Float64Array(names.length));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      if (rows.some((row) => row >= rowStart && row < rowEnd)) {
        for (const [c, name] of names.entries()) {
          const column = (await readRange(file, buffer, metadata, [name], rowStart, rowEnd))[name]!;
          for (const [i, row] of rows.entries()) {
            if (row >= rowStart && row < rowEnd) found[i]![c] = column[row - rowStart]!;
          }
        }
      }
      rowStart = rowEnd;
    }
    return found;
  });
}

async function readRange(
  file: string,
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, Float64Array>> {
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rowEnd - rowStart)]));
  const read = parquetRead({
    file: buffer,
    metadata,
    columns: [...names],
    rowStart,
    rowEnd,
    onChunk({ columnName, columnData, rowStart: first, rowEnd: end }) {
      // A chunk may hold more than was asked for: whole pages.
      const from = Math.max(rowStart, first);
      for (let row = from; row < Math.min(rowEnd, end); row += 1) {
        columns[columnName]![row - rowStart] = columnData[row - first] as number;
      }
    },
  });
  await orDamaged(file, read);
  return columns;
}

/** Footer of a merged Parquet file, without reading its rows. */
export async function readFooter(file: string): Promise<SeriesFooter> {
  return withParquet(file, async (_buffer, metadata) => {
    const pairs = Object.fromEntries(
      (metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value ?? '']),
    );
    return {
      rows: Number(metadata.num_rows),
      columns: columnsOf(metadata),
      units: unitsIn(file, pairs.units ?? '{}'),
      metadata: pairs,
    };
  });
}

function unitsIn(file: string, text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedData(file, 'has units in its footer that cannot be read', CURE);
  }
}

/** Bytes at the end of a file that are read at first, in most files the whole footer. */
const usualFooter = 1 << 16;

async function withParquet<T>(
  file: string,
  read: (buffer: AsyncBuffer, metadata: FileMetaData) => Promise<T>,
): Promise<T> {
  const handle = await fs.open(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) throw new DamagedData(file, 'is missing', CURE);
    throw error;
  });
  try {
    const { size } = await handle.stat();
    const buffer: AsyncBuffer = {
      byteLength: size,
      async slice(start, end = size) {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    };
    return await read(
      buffer,
      await orDamaged(file, parquetMetadataAsync(buffer, { initialFetchSize: usualFooter })),
    );
  } finally {
    await handle.close();
  }
}

/** hyparquet reports damage as errors of many kinds, and a failing disk through them. */
async function orDamaged<T>(file: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DamagedData(file, `cannot be read as Parquet: ${reason}`, CURE);
  });
}

function columnsOf(metadata: FileMetaData): string[] {
  return metadata.schema.slice(1).map((element) => element.name);
}

function requireColumns(file: string, names: readonly string[], present: readonly string[]): void {
  const missing = names.filter((name) => !present.includes(name));
  if (missing.length > 0) {
    throw new RangeError(`${file} has no column ${missing.join(', ')}; it has ${present.join(', ')}`);
  }
}
