/** Runs that are complete without their server knowing: killed between the summary and the server's record of it. */
import { DamagedData } from '../store/error.js';
import { layoutOf } from '../store/layout.js';
import { readRunId } from '../store/runId.js';
import { verifiedSummary } from './found.js';
import type { Standing } from './standing.js';

export interface Told extends Standing {
  /** The files say complete; the server hears of it as soon as a worker polls. */
  readonly serverBehind: boolean;
}

/** What is true of a run: its verified summary, where this machine has it, knows more than a server that has not been told. */
export async function told(standing: Standing): Promise<Told> {
  const { state, runId, outdir } = standing;
  if (state !== 'running' || !(await isFinished(runId, outdir))) return { ...standing, serverBehind: false };
  return { ...standing, state: 'complete', trouble: null, secondsLeft: null, serverBehind: true };
}

async function isFinished(runId: string, outdir: string): Promise<boolean> {
  const layout = layoutOf(outdir);
  try {
    return readRunId(layout) === runId && (await verifiedSummary(layout)) !== null;
  } catch (error) {
    if (error instanceof DamagedData) return false; // the last step, which writes the summary again, says what is wrong
    throw error;
  }
}
