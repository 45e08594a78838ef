/** Starting a run's workflow, attaching to it, or going on from where a closed one ended. */
import type { Client, WorkflowIdReusePolicy } from '@temporalio/client';
import { temporalConfig } from '../../temporal.config.js';
import { booksOf } from '../activities/runHistory.js';
import type { RunSpec } from '../config/runSpec.js';
import { layoutOf } from '../store/layout.js';
import { historyState } from '../store/states.js';
import { hooks } from '../worker/hooks.js';
import { emptyBooks, withRestart } from '../workflows/books.js';
import {
  type Carry,
  type RunInput,
  type RunPolicy,
  type RunResult,
  runWorkflowType,
} from '../workflows/messages.js';
import { CommandError, exitCode } from './exit.js';
import type { ResumePoint } from './resume.js';

/** Thresholds that a run's workflow is started with. */
export function runPolicy(): RunPolicy {
  return {
    heartbeatTimeout: temporalConfig.heartbeatTimeout,
    activityTimeout: temporalConfig.activityTimeout,
    retry: temporalConfig.retry,
    manifestEverySegments: temporalConfig.manifestEverySegments,
    continueAsNewAfterSegments: temporalConfig.continueAsNewAfterSegments,
    ...hooks.policy,
  };
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
  const carry = point === null ? emptyBooks : booksAt(point);
  const state = point?.state ?? new Uint8Array(0);
  const { outdir } = execution.spec;
  const first = historyState(layoutOf(outdir), carry.segment, state, temporalConfig.inlineStateLimit);
  return start(execution, carry, [first], 'REJECT_DUPLICATE');
}

function booksAt({ from, earlier, engine }: ResumePoint): Carry {
  const engines = engine === undefined ? [] : [{ segment: 0, fingerprint: engine }];
  const here = { ...emptyBooks, time: from.time, steps: from.step, engines };
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
  const input: RunInput = { spec, specHash: null, policy: runPolicy(), searchAttributes, carry };
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
