import path from 'node:path';
import type { BatchCase } from '../batch/batchCases.js';
import type { BatchLayout } from '../batch/batchLayout.js';
import type { CaseEnd, CaseStatus } from '../batch/caseStatus.js';
import { layoutOf } from '../layout.js';
import { type CaseResults, type Result, readResults } from './results.js';

/** `missing`: there is no result, and nobody has written down why. */
export type SummaryState = CaseEnd | 'missing';

export interface CaseRow extends BatchCase {
  readonly state: SummaryState;
  readonly reason: string | null;
  readonly results: Readonly<Record<string, Result>>;
}

/** @param ended how it ended, as the sweep recorded it; null where there is no record */
export function rowOf(layout: BatchLayout, one: BatchCase, ended: CaseStatus | null): CaseRow {
  const found = resultsOf(layout, one);
  if (typeof found === 'string') {
    const isLate = ended === null || ended.state === 'complete';
    return {
      ...one,
      state: isLate ? 'missing' : ended.state,
      reason: isLate ? found : ended.reason,
      results: {},
    };
  }
  const { state, reason } = ended ?? { state: 'complete' as const, reason: null };
  return { ...one, identity: one.identity ?? found.identity, state, reason, results: found.results };
}

/** The results, or why there are none. */
function resultsOf(layout: BatchLayout, { title, identity }: BatchCase): CaseResults | string {
  const file = layoutOf(path.join(layout.folder, title)).summary;
  try {
    const found = readResults(file);
    if (found === null) return 'no summary.json';
    const isOwn = identity === null || found.identity === identity;
    return isOwn ? found : 'summary.json belongs to another run';
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return `summary.json: ${error.message}`;
    throw error;
  }
}
