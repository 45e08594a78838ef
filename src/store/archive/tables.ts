/** Reads archived tables where they lie: rows, and whether row groups can be read. */
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { DamagedData } from '../error.js';
import type { ObjectStore } from './objectStore.js';

/**
 * Reads row groups of an archived Parquet file.
 * @param which the first and the last, or all of them
 * @returns its rows
 * @throws DamagedData when it cannot be read as Parquet
 */
export async function readTable(
  store: ObjectStore,
  name: string,
  size: number,
  which: 'ends' | 'all',
): Promise<number> {
  const file: AsyncBuffer = {
    byteLength: size,
    slice: async (start, end = size) => (await store.range(name, start, end)).slice().buffer as ArrayBuffer,
  };
  const metadata = await orDamaged(store, name, parquetMetadataAsync(file));
  const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  let rowStart = 0;
  for (const [i, rows] of groups.entries()) {
    const rowEnd = rowStart + rows;
    if (which === 'all' || i === 0 || i === groups.length - 1) {
      await orDamaged(store, name, readGroup(file, metadata, rowStart, rowEnd));
    }
    rowStart = rowEnd;
  }
  return Number(metadata.num_rows);
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<void> {
  const { compressors } = await import('hyparquet-compressors');
  await parquetRead({ file, metadata, compressors, rowStart, rowEnd, onChunk: () => {} });
}

async function orDamaged<T>(store: ObjectStore, name: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DamagedData(
      `${store.place}/${name}`,
      `cannot be read as Parquet: ${reason}`,
      'Archive the run again where it still is.',
    );
  });
}
