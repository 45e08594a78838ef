/** Computing a batch: starting its sweep, attaching to it, or going on with it, until every case has ended. */
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { temporalConfig } from '../../temporal.config.js';
import type { WhichCases } from '../activities/contract.js';
import { historyOf } from '../activities/runHistory.js';
import type { SharedBeginning } from '../config/sweep/sharing.js';
import type { Hook } from '../config/sweep/sweepSpec.js';
import type { BatchLayout } from '../store/batch/batchLayout.js';
import type { BatchDefinition } from '../store/batch/definition.js';
import { writeJson } from '../store/documents.js';
import { readOrCreateRunId } from '../store/runId.js';
import { hooks } from '../worker/hooks.js';
import { unopenedBooks } from '../workflows/sweepBooks.js';
import {
  jobsSignalName,
  type SweepInput,
  type SweepResult,
  sweepWorkflowType,
} from '../workflows/sweepMessages.js';
import { runPolicy } from './attach.js';
import { Computing } from './computing.js';
import { taskQueueOf } from './embeddedWorker.js';
import { Interrupts, leavingClient, leavingWorker } from './interrupts.js';
import { outcomeOf } from './outcome.js';
import type { ProgressView } from './progressView.js';
import { provenanceOf } from './provenance.js';
import { takeOverFromTheDead } from './recovery.js';
import { unfinished } from './runs.js';
import { registerSearchAttributes } from './searchAttributes.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';
import { SweepWatch } from './sweepWatch.js';

export interface SweepOrder {
  readonly jobs: number;
  /** Whether the user has named it: it also goes for a sweep that is running. */
  readonly jobsNamed: boolean;
  /** Compute threads of this process. */
  readonly threads: number;
  readonly which: WhichCases;
  /** Cases that begin together. */
  readonly sharing: readonly SharedBeginning[];
  readonly failFast: boolean;
  readonly detach: boolean;
}

export interface SweepOutcome {
  readonly sweepId: string;
  /** Null: it goes on without this command. */
  readonly result: SweepResult | null;
}

/** @throws CommandError when the sweep ends otherwise than by itself, or this command leaves it */
export async function computeBatch(
  session: Session,
  layout: BatchLayout,
  definition: BatchDefinition,
  order: SweepOrder,
  view: ProgressView,
): Promise<SweepOutcome> {
  const { client, namespace } = session;
  const sweepId = readOrCreateRunId({ outdir: layout.folder, runId: layout.sweepId }, definition.tag);
  const taskQueue = taskQueueOf(session, sweepId);
  const refusal = await promptly(session, () => registerSearchAttributes(client, namespace));
  if (refusal !== null) {
    view.warn(`warning: the server registers no search attributes (${refusal}); going on without`);
  }
  const titles = definition.cases.map(({ title }) => title);
  const watched = { session, workflowId: sweepId, taskQueue, outdir: layout.folder };
  const watch = new SweepWatch(watched, view, titles);
  const takeOver = () => takeOverSweep(client, namespace, taskQueue);
  const computing = new Computing(session, taskQueue, watch, takeOver, order.threads);
  const interrupts = new Interrupts(view, () => (computing.endsWithCommand ? leavingWorker : leavingClient));
  const leaving = new AbortController();
  let ended: Promise<SweepResult | undefined> = Promise.resolve(undefined);
  try {
    await computing.begin();
    const history = await promptly(session, () => historyOf(client, sweepId));
    if (history === 'running') {
      await promptly(session, takeOver);
      if (order.jobsNamed) {
        await promptly(session, () => client.workflow.getHandle(sweepId).signal(jobsSignalName, order.jobs));
      }
    } else {
      const provenance = provenanceOf(session);
      writeJson(layout.provenance, provenance);
      const input = inputOf(layout, definition, order, provenance, refusal === null);
      await promptly(session, () => start(client, sweepId, taskQueue, input));
    }
    const verb = history === 'none' ? 'started' : 'going on';
    view.say(
      `${definition.tag}: ${verb} as ${sweepId}, ${definition.cases.length} cases in ${relative(layout)}`,
    );
    const url = session.workflowUrl(sweepId);
    if (url !== null) view.say(`watch it at ${url}`);
    if (order.detach) return { sweepId, result: null };
    watch.start();
    ended = outcomeOf<SweepResult>(client, sweepId, leaving.signal, 'sweep');
    const fault = computing.attend((message) => view.say(message));
    fault.catch(() => {}); // it is over with everything else when this command leaves
    const result = await Promise.race([ended, interrupts.happened, fault]);
    return { sweepId, result: result ?? null };
  } finally {
    leaving.abort();
    session.leave();
    await Promise.allSettled([ended, watch.stop()]);
    interrupts.stop();
    view.busy('handing over');
    await computing.end();
  }
}

/** All cases have the same keys of the archive, or each its own: the batch's files follow the first. */
function archiveOf({ first: { archive } }: BatchDefinition): Pick<SweepInput, 'archive'> {
  return archive?.trigger === 'post_merge' ? { archive } : {};
}

function strictOf(hook: Hook | null): { readonly strict: boolean } | null {
  return hook === null ? null : { strict: hook.strict };
}

function relative(layout: BatchLayout): string {
  return path.relative('.', layout.folder) || '.';
}

function inputOf(
  layout: BatchLayout,
  definition: BatchDefinition,
  order: SweepOrder,
  provenance: SweepInput['provenance'],
  searchAttributes: boolean,
): SweepInput {
  return {
    batch: layout.folder,
    tag: definition.tag,
    carry: unopenedBooks(definition.cases.length),
    jobs: order.jobs,
    which: order.which,
    failFast: order.failFast,
    ...archiveOf(definition),
    sharing: order.sharing,
    hooks: {
      afterCase: strictOf(definition.hooks.afterCase),
      afterBatch: strictOf(definition.hooks.afterBatch),
    },
    policy: {
      workflowTaskTimeout: temporalConfig.workflowTaskTimeout,
      continueAsNewAfterCases: temporalConfig.continueAsNewAfterCases,
      ...hooks.sweepPolicy,
    },
    run: runPolicy(),
    searchAttributes,
    provenance,
  };
}

/** Two commands that race start one sweep. One that has ended goes on in a new execution, which finds out from the folders what is left. */
async function start(
  client: Client,
  workflowId: string,
  taskQueue: string,
  input: SweepInput,
): Promise<void> {
  await client.workflow.start(sweepWorkflowType, {
    workflowId,
    taskQueue,
    args: [input],
    workflowTaskTimeout: temporalConfig.workflowTaskTimeout * 1000,
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    staticSummary: `${input.tag} · ${input.carry.states.length} cases`,
    staticDetails: `Batch folder: ${input.batch}`,
  });
}

/** The sweep and those of its cases that are running. */
export async function takeOverSweep(client: Client, namespace: string, taskQueue: string): Promise<void> {
  for (const running of await unfinished(client)) {
    if (running.taskQueue === taskQueue) await takeOverFromTheDead(client, namespace, running.workflowId);
  }
}
