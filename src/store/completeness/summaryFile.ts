import fs from 'node:fs';
import path from 'node:path';
import type { BatchLayout } from '../batch/batchLayout.js';
import { readSweepEnd } from '../batch/sweepEnd.js';
import { DamagedData } from '../error.js';
import { wantedSummary } from '../sweepSummary/write.js';
import { hashInTurns } from '../verify.js';
import type { CheckedCase, Finding } from './finding.js';

/** Cases that leave no doubt about what their row must say; whoever mends the others writes the summary anew. */
const certain = ['ok', 'failed', 'missing'];

/**
 * Holds summary.parquet of a sweep that has come to its end against what its cases say: the same cases give the same bytes.
 * @returns what is wrong
 */
export async function summaryProblems(
  layout: BatchLayout,
  cases: readonly CheckedCase[],
): Promise<Finding[]> {
  try {
    if (readSweepEnd(layout) === null || cases.some(({ status }) => !certain.includes(status))) return [];
    const file = path.relative(layout.folder, layout.summary);
    if (!fs.existsSync(layout.summary)) return [{ file, reason: 'is missing' }];
    const { sha256 } = await wantedSummary(layout);
    if ((await hashInTurns(layout.summary)) === sha256) return [];
    return [{ file, reason: 'is not what the cases say' }];
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    const file = path.relative(layout.folder, error.file);
    // What else it is made of is looked at by others.
    return error.file === layout.sweepEnd ? [{ file, reason: error.reason }] : [];
  }
}
