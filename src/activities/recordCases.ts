import { batchLayout } from '../store/batch/batchLayout.js';
import { readCaseStatus, writeCaseStatus } from '../store/batch/caseStatus.js';
import { removeSweepEnd } from '../store/batch/sweepEnd.js';
import { definitionOf } from './batchFolder.js';
import type { RecordRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly } from './runFolder.js';

/**
 * Writes how the cases ended into the batch's folder, where they are found without a server. Of those that this sweep has not come to, what
 * an earlier one wrote stays.
 */
export function recordCasesWith({ onEvent }: Pick<Dependencies, 'onEvent'>) {
  return async function recordCases({ outdir, ended }: RecordRequest): Promise<void> {
    await failingLoudly(() => {
      const layout = batchLayout(outdir);
      const { cases } = definitionOf(layout);
      const rows = new Map((readCaseStatus(layout) ?? []).map((row) => [row.title, row]));
      for (const { index, state, reason } of ended) {
        const { title } = cases[index]!;
        rows.set(title, { title, state, reason });
      }
      removeSweepEnd(layout);
      writeCaseStatus(
        layout,
        cases.flatMap(({ title }) => rows.get(title) ?? []),
      );
    });
    onEvent('cases-recorded', { ended: ended.length });
  };
}
