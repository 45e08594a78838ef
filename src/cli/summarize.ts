/** `marsdisk summarize BATCH`: writes its summary.parquet. Looks at folders only; no server is asked. */
import path from 'node:path';
import { looksLikeRun } from '../store/batch/batchCases.js';
import { batchLayout, isBatch } from '../store/batch/batchLayout.js';
import { writeSweepSummary } from '../store/sweepSummary/write.js';
import { CommandError, exitCode } from './exit.js';

export async function summarize(name: string): Promise<void> {
  const layout = batchLayout(name);
  if (looksLikeRun(layout.folder) || !isBatch(layout.folder)) {
    throw new CommandError(`${layout.folder} is not the folder of a batch`, exitCode.usage);
  }
  const { rows, counts } = await writeSweepSummary(layout);
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const states = parts.map(([state, count]) => `${count} ${state}`).join(', ');
  process.stdout.write(`${path.relative('.', layout.summary)}: ${rows} cases (${states})\n`);
}
