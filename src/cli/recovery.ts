/** After a crash nobody should wait for time-outs (design.md section 6a; guide: fail the attempt by id, reset the sticky queue). */
import type { Client } from '@temporalio/client';
import { isAlive } from '../../bin/processLock.mjs';

/** gRPC status */
const NOT_FOUND = 5;

/**
 * Fails started activity attempts whose worker process is provably dead as retryable, so that the next attempt starts at once, and
 * resets the sticky queue, so that the next workflow task does not wait for a worker that is gone.
 * @returns how many attempts were taken over
 */
export async function takeOverFromTheDead(
  client: Client,
  namespace: string,
  workflowId: string,
): Promise<number> {
  const execution = { workflowId };
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  let taken = 0;
  for (const activity of raw.pendingActivities ?? []) {
    const worker = activity.lastWorkerIdentity;
    const started = activity.state === 2;
    if (!started || !worker || isAlive(worker) !== false) continue;
    try {
      await client.workflowService.respondActivityTaskFailedById({
        namespace,
        workflowId,
        runId: raw.workflowExecutionInfo?.execution?.runId ?? '',
        activityId: activity.activityId ?? '',
        identity: 'marsdisk',
        failure: {
          message: `worker process ${worker} has died`,
          applicationFailureInfo: { type: 'WorkerDied', nonRetryable: false },
        },
      });
      taken += 1;
    } catch (error) {
      if (!isGone(error)) throw error; // Another command, or the heartbeat time-out, was quicker.
    }
  }
  try {
    await client.workflowService.resetStickyTaskQueue({ namespace, execution });
  } catch (error) {
    if (!isGone(error)) throw error; // The run has ended meanwhile.
  }
  return taken;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === NOT_FOUND;
}
