import type { Client } from '@temporalio/client';
import { runWorkflowType } from '../workflows/messages.js';

/** Workflow ids of the runs that have not ended. */
export async function runningRuns(client: Client): Promise<string[]> {
  const ids: string[] = [];
  const query = `WorkflowType = '${runWorkflowType}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}
