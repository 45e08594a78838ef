import type { Client } from '@temporalio/client';
import type { EndedCase } from './contract.js';

type End = Pick<EndedCase, 'state' | 'reason'>;

/** How the workflow of a case has ended, in the server's words. Waits while it goes on. */
export async function caseEnd(client: Client, workflowId: string): Promise<End> {
  const { CancelledFailure, TerminatedFailure, TimeoutFailure, WorkflowFailedError, WorkflowNotFoundError } =
    await import('@temporalio/client');
  const { rootCause } = await import('@temporalio/common');
  try {
    await client.workflow.getHandle(workflowId).result();
    return { state: 'complete', reason: null };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      return { state: 'lost', reason: 'the server does not know its workflow any more' };
    }
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error;
    if (cause instanceof CancelledFailure) return { state: 'cancelled', reason: 'cancelled' };
    if (cause instanceof TerminatedFailure) return { state: 'lost', reason: `terminated: ${cause.message}` };
    if (cause instanceof TimeoutFailure) return { state: 'lost', reason: cause.message };
    return { state: 'failed', reason: rootCause(cause) ?? error.message };
  }
}
