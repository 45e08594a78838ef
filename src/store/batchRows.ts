import type { Streaming } from '../config/runSpec.js';
import type { TableDescription } from '../sim/model.js';
import { rowBytes } from './columns.js';

/** What batches may take where the user sets no limit, bytes. */
const usualLimit = 64 * 2 ** 20;

/**
 * Rows of each table that a segment keeps in memory before it writes them to its part: as many as the user wants, else `usual`, and never
 * more than fit into the memory that batches may take. At least one.
 */
export function batchRowsFor(
  { memoryLimit, flushRows }: Streaming,
  tables: readonly TableDescription[],
  usual: number,
): number {
  const row = tables.reduce((sum, table) => sum + rowBytes(table), 0);
  const fitting = Math.floor((memoryLimit ?? usualLimit) / row);
  return Math.max(Math.min(flushRows ?? usual, fitting), 1);
}
