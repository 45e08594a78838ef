import { batchLayout } from '../store/batch/batchLayout.js';
import { writeSweepEnd } from '../store/batch/sweepEnd.js';
import type { ConcludeRequest } from './contract.js';
import { failingLoudly } from './runFolder.js';

/** Says in the batch's folder that nothing is left to be done. */
export async function concludeSweep({ outdir, hookFailure }: ConcludeRequest): Promise<void> {
  await failingLoudly(() => writeSweepEnd(batchLayout(outdir), { hookFailure }));
}
