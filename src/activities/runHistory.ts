/** What the server knows of a run: whether it goes on, how it ended, and the books to go on with. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { type Envelope, unpack } from '../workflows/envelope.js';
import { type CarryAnswer, carryQueryName, type RunInput } from '../workflows/messages.js';

export type History = 'none' | 'running' | 'completed' | 'closed';

/** What the server knows of this workflow. `closed`: failed, cancelled, terminated or timed out. */
export async function historyOf(client: Client, workflowId: string): Promise<History> {
  const { WorkflowNotFoundError } = await import('@temporalio/client');
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'RUNNING' || status.name === 'PAUSED') return 'running';
    return status.name === 'COMPLETED' ? 'completed' : 'closed';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
}

/**
 * The books of an execution: its own answer, or what it was begun with when it ended before any worker had seen it, because such a one
 * cannot be asked.
 */
export async function booksOf(handle: WorkflowHandle): Promise<Envelope<CarryAnswer>> {
  const { events } = await handle.fetchHistory();
  if (events?.some((event) => event.workflowTaskCompletedEventAttributes)) {
    return unpack<CarryAnswer>(await handle.query<Uint8Array>(carryQueryName));
  }
  const { input, blobs } = await inputIn(events?.[0]);
  return { header: { carry: input.carry, identity: input.spec.identity }, blobs };
}

/** What the newest execution of a run was begun with. */
export async function inputOf(client: Client, workflowId: string): Promise<Input> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: 1,
  });
  return inputIn(history?.events?.[0]);
}

interface Input {
  readonly input: RunInput;
  readonly blobs: Uint8Array[];
}

async function inputIn(first: StartedEvent | undefined): Promise<Input> {
  const { defaultPayloadConverter } = await import('@temporalio/common');
  const payloads = first?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const [input, ...blobs] = payloads.map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));
  return { input: input as RunInput, blobs: blobs as Uint8Array[] };
}

/** The first event of a history, as far as it matters here. */
interface StartedEvent {
  readonly workflowExecutionStartedEventAttributes?: {
    readonly input?: { readonly payloads?: Payload[] | null } | null;
  } | null;
}
