import { isAlive } from '../../bin/processLock.mjs';
import { temporalConfig } from '../../temporal.config.js';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { RunningWorker } from '../worker/worker.js';
import { type Session, workerLog } from './session.js';

/**
 * On the embedded server each run has a queue of its own: a command computes for its own run only, and its death delays no other. Workers of
 * a configured server serve all runs from one queue.
 */
export function taskQueueOf(session: Session, runId: string): string {
  return session.home === null ? temporalConfig.taskQueue : `${temporalConfig.taskQueue}-${runId}`;
}

/** Who hears from the worker of this process. */
export interface WorkerListener {
  fromWorker(progress: SegmentProgress): void;
  waiting(message: string | null): void;
}

/** A worker in this process for one run of the embedded server. */
export async function embeddedWorker(
  session: Session,
  runId: string,
  listener?: WorkerListener,
): Promise<RunningWorker> {
  const { startWorker } = await import('../worker/worker.js');
  const logFile = workerLog(session);
  return startWorker({
    connection: session.connection as never,
    namespace: session.namespace,
    ...(logFile === undefined ? {} : { logFile }),
    onProgress: (_outdir, progress) => listener?.fromWorker(progress),
    onWaiting: (_outdir, message) => listener?.waiting(message),
    taskQueue: taskQueueOf(session, runId),
  });
}

/** TaskQueueType of the server's API. */
const WORKFLOW_QUEUE = 1;

/**
 * Whether a process that lives polls the run's queue. The server remembers pollers for minutes after their death, so those that name a process
 * of this host are looked at; of others nobody knows more than the server.
 * @param except identity of a process that does not count
 */
export async function isServed(session: Session, runId: string, except?: string): Promise<boolean> {
  const { pollers } = await session.client.workflowService.describeTaskQueue({
    namespace: session.namespace,
    taskQueue: { name: taskQueueOf(session, runId) },
    taskQueueType: WORKFLOW_QUEUE,
  });
  return (pollers ?? []).some(({ identity }) => identity !== except && isAlive(identity ?? '') !== false);
}
