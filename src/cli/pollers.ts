import type { Client } from '@temporalio/client';
import { isAlive } from '../../bin/processLock.mjs';
import type { Session } from './session.js';

/** TaskQueueType of the server's API. */
const WORKFLOW_QUEUE = 1;

/**
 * Whether a process that lives polls a task queue. The server remembers pollers for minutes after their death, so those that name a process
 * of this host are looked at; of others nobody knows more than the server.
 * @param except identity of a process that does not count
 */
export async function somebodyPolls(
  client: Client,
  namespace: string,
  taskQueue: string,
  except?: string,
): Promise<boolean> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: WORKFLOW_QUEUE,
  });
  return (pollers ?? []).some(({ identity }) => identity !== except && isAlive(identity ?? '') !== false);
}

/** What a run on a configured server waits for when nobody computes it, and the cure. */
export function missingWorker({ connection, namespace }: Session, taskQueue: string, outdir: string): string {
  return (
    `the run waits: no worker polls the task queue ${taskQueue} of the namespace ${namespace} at ${connection.address}.\n` +
    `Start one with the same TEMPORAL_* or profile, on a machine that has ${outdir}: marsdisk worker`
  );
}
