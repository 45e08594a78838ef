import { executeChild, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { passOn } from './bareWorker.js';

const activities = proxyActivities<{ passOn: typeof passOn }>({ startToCloseTimeout: '1 minute' });

/** As many activities one after the other, each given what the one before returned: a run without work, files and books. */
export async function bareRun(segments: number, state: Uint8Array): Promise<void> {
  let last = state;
  for (let i = 0; i < segments; i += 1) last = await activities.passOn(last);
}

/** So many runs of one segment each, at most `jobs` at a time: a sweep without work, files and books. */
export async function bareSweep(cases: number, jobs: number, head: Uint8Array): Promise<void> {
  let next = 0;
  const place = async () => {
    while (next < cases)
      await executeChild(bareRun, { args: [1, head], workflowId: `${workflowInfo().workflowId}-${next++}` });
  };
  await Promise.all(Array.from({ length: jobs }, place));
}
