import type { Client } from '@temporalio/client';
import { runWorkflowType } from '../workflows/messages.js';
import { sharedWorkflowType } from '../workflows/sharedMessages.js';
import { sweepWorkflowType } from '../workflows/sweepMessages.js';

/** Workflow ids of all runs, the latest begun first; a run that went on in a new execution counts once. */
export async function allRuns(client: Client): Promise<string[]> {
  const ids = new Set<string>();
  const query = `WorkflowType = '${runWorkflowType}'`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
  return [...ids];
}

/** A run or a sweep that has not ended. */
export interface Unfinished {
  readonly workflowId: string;
  /** Cases have that of their sweep. */
  readonly taskQueue: string;
}

/** All of a server, cases of sweeps and their shared beginnings among them. */
export async function unfinished(client: Client): Promise<Unfinished[]> {
  const found: Unfinished[] = [];
  const types = `WorkflowType IN ('${runWorkflowType}', '${sharedWorkflowType}', '${sweepWorkflowType}')`;
  for await (const { workflowId, taskQueue } of client.workflow.list({
    query: `${types} AND ExecutionStatus = 'Running'`,
  })) {
    found.push({ workflowId, taskQueue });
  }
  return found;
}

/** By the queues that a worker must serve for them. */
export function byQueue(running: readonly Unfinished[]): Map<string, string[]> {
  const queues = new Map<string, string[]>();
  for (const { workflowId, taskQueue } of running) {
    queues.set(taskQueue, [...(queues.get(taskQueue) ?? []), workflowId]);
  }
  return queues;
}
