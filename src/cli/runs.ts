import type { Client } from '@temporalio/client';
import { runWorkflowType } from '../workflows/messages.js';

/** Workflow ids of all runs, the latest begun first; a run that went on in a new execution counts once. */
export function allRuns(client: Client): Promise<string[]> {
  return idsOf(client, `WorkflowType = '${runWorkflowType}'`);
}

/** Workflow ids of the runs that have not ended. */
export function runningRuns(client: Client): Promise<string[]> {
  return idsOf(client, `WorkflowType = '${runWorkflowType}' AND ExecutionStatus = 'Running'`);
}

async function idsOf(client: Client, query: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
  return [...ids];
}
