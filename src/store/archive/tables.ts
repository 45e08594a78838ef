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
  const faults: unknown[] = [];
  const file: AsyncBuffer = {
    byteLength: size,
    slice: async (start, end = size) => {
      const bytes = await store.range(name, start, end).catch((fault: unknown) => {
        faults.push(fault);
        throw fault;
      });
      return bytes.slice().buffer as ArrayBuffer;
    },
  };
  // The reader reports damage as errors of many kinds; what the store itself could not read is none.
  const orDamaged = <T>(reading: Promise<T>) =>
    reading.catch((error: unknown) => {
      if (faults.length > 0) throw faults[0];
      const reason = error instanceof Error ? error.message : String(error);
      throw new DamagedData(
        `${store.place}/${name}`,
        `cannot be read as Parquet: ${reason}`,
        'Archive the run again where it still is.',
      );
    });
  const metadata = await orDamaged(parquetMetadataAsync(file));
  const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  let rowStart = 0;
  for (const [i, rows] of groups.entries()) {
    const rowEnd = rowStart + rows;
    if (which === 'all' || i === 0 || i === groups.length - 1) {
      await orDamaged(readGroup(file, metadata, rowStart, rowEnd));
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
