import { batchLayout } from '../store/batch/batchLayout.js';
import { writeCaseStatus } from '../store/batch/caseStatus.js';
import { definitionOf } from './batchFolder.js';
import type { RecordRequest } from './contract.js';
import { failingLoudly } from './runFolder.js';

/** Writes how the cases ended into the batch's folder, where they are found without a server. */
export async function recordCases({ outdir, ended }: RecordRequest): Promise<void> {
  await failingLoudly(() => {
    const layout = batchLayout(outdir);
    const { cases } = definitionOf(layout);
    const rows = ended.map(({ index, state, reason }) => ({ title: cases[index]!.title, state, reason }));
    writeCaseStatus(layout, rows);
  });
}
