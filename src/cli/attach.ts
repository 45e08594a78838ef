/** Starting a run's workflow, attaching to it, or going on from where a closed one ended. */
import type { Client, WorkflowHandle, WorkflowIdReusePolicy } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { temporalConfig } from '../../temporal.config.js';
import type { RunSpec } from '../config/runSpec.js';
import { layoutOf } from '../store/layout.js';
import { historyState } from '../store/states.js';
import { hooks } from '../worker/hooks.js';
import { withRestart } from '../workflows/books.js';
import { type Envelope, unpack } from '../workflows/envelope.js';
import {
  type Carry,
  type CarryAnswer,
  carryQueryName,
  type RunInput,
  type RunPolicy,
  type RunResult,
  runWorkflowType,
} from '../workflows/messages.js';
import { CommandError, exitCode } from './exit.js';
import type { ResumePoint } from './resume.js';

export type History = 'none' | 'running' | 'completed' | 'closed';

function policy(): RunPolicy {
  return {
    heartbeatTimeout: temporalConfig.heartbeatTimeout,
    activityTimeout: temporalConfig.activityTimeout,
    retry: temporalConfig.retry,
    manifestEverySegments: temporalConfig.manifestEverySegments,
    continueAsNewAfterSegments: temporalConfig.continueAsNewAfterSegments,
    ...hooks.policy,
  };
}

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

/** What a new execution of a run needs beside its books. */
export interface NewExecution {
  readonly client: Client;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly spec: RunSpec;
  /** False when the server refused to register them. */
  readonly searchAttributes: boolean;
}

/**
 * Starts from the beginning, or from a checkpoint. Two commands that race start one workflow, even when the other's has ended by now.
 */
export function startRun(execution: NewExecution, point: ResumePoint | null): Promise<void> {
  const carry = point === null ? atTheBeginning : booksAt(point);
  const state = point?.state ?? new Uint8Array(0);
  const { outdir } = execution.spec;
  const first = historyState(layoutOf(outdir), carry.segment, state, temporalConfig.inlineStateLimit);
  return start(execution, carry, [first], 'REJECT_DUPLICATE');
}

const atTheBeginning: Carry = {
  segment: 0,
  time: 0,
  steps: 0,
  done: false,
  rows: [],
  manifest: null,
  pending: [],
  restartCount: 0,
  restarts: [],
};

function booksAt({ from, earlier, engine }: ResumePoint): Carry {
  const engines = engine === undefined ? [] : [{ segment: 0, fingerprint: engine }];
  const here = { ...atTheBeginning, time: from.time, steps: from.step, engines };
  if (earlier === undefined) return { ...here, rows: from.rows, resumedFrom: from };
  const { manifest, rows } = earlier;
  const books = { ...here, segment: manifest.segments, manifest, rows };
  return withRestart(books, { segment: manifest.segments, cause: `history lost, went on from ${from.file}` });
}

/**
 * Goes on from the last recorded segment of a closed execution, in a new one under the same id. Needs a worker that answers queries.
 */
export async function continueRun(execution: NewExecution): Promise<void> {
  const { client, workflowId, spec } = execution;
  const handle = client.workflow.getHandle(workflowId);
  const { status } = await handle.describe();
  const { header, blobs } = await booksOf(handle);
  if (header.identity !== spec.identity) throw anotherRun(workflowId, header.identity, spec);
  // One that has completed with its rows in parts goes on to their merge.
  if (status.name === 'COMPLETED') return start(execution, header.carry, blobs, 'ALLOW_DUPLICATE');
  const restart = { segment: header.carry.segment, cause: `workflow ${status.name.toLowerCase()}` };
  return start(execution, withRestart(header.carry, restart), blobs, 'ALLOW_DUPLICATE_FAILED_ONLY');
}

/** Whether a completed run has left its rows in parts. */
export async function isUnmerged(client: Client, workflowId: string): Promise<boolean> {
  const result: RunResult = await client.workflow.getHandle(workflowId).result();
  return result.merged === false;
}

/**
 * The books of an execution: its own answer, or what it was begun with when it ended before any worker had seen it, because such a one
 * cannot be asked.
 */
async function booksOf(handle: WorkflowHandle): Promise<Envelope<CarryAnswer>> {
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

/** Only possible when run_config.json is gone, which otherwise says so before any server is asked. */
function anotherRun(workflowId: string, identity: string, spec: RunSpec): CommandError {
  return new CommandError(
    `${workflowId} is a run of another configuration (identity ${identity.slice(0, 12)}, this one is ${spec.identity.slice(0, 12)}).\n` +
      'Choose another folder with --outdir, or begin again here with --restart (the old attempt is moved aside).',
    exitCode.usage,
  );
}

async function start(
  { client, workflowId, taskQueue, spec, searchAttributes }: NewExecution,
  carry: Carry,
  blobs: readonly Uint8Array[],
  reuse: WorkflowIdReusePolicy,
): Promise<void> {
  const input: RunInput = { spec, specHash: null, policy: policy(), searchAttributes, carry };
  const { WorkflowExecutionAlreadyStartedError } = await import('@temporalio/client');
  try {
    await client.workflow.start(runWorkflowType, {
      workflowId,
      taskQueue,
      args: [input, ...blobs],
      workflowTaskTimeout: temporalConfig.workflowTaskTimeout * 1000,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: reuse,
      staticSummary: `${spec.title} · ${spec.model} · ${spec.identity.slice(0, 12)}`,
      staticDetails: `Output folder: ${spec.outdir}`,
    });
  } catch (error) {
    // Another command has started it, and it has ended already: whoever waits for it is told how.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
