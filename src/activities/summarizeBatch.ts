import { batchLayout } from '../store/batch/batchLayout.js';
import { writeSweepSummary } from '../store/sweepSummary/write.js';
import type { SummarizedBatch, SummarizeRequest } from './contract.js';
import { failingLoudly } from './runFolder.js';

/** Writes summary.parquet of a batch. A second call writes the same file again. */
export function summarizeBatch({ batch }: SummarizeRequest): Promise<SummarizedBatch> {
  return failingLoudly(() => writeSweepSummary(batchLayout(batch)));
}
