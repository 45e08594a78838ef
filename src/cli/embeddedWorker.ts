import { temporalConfig } from '../../temporal.config.js';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { RunningWorker } from '../worker/worker.js';
import { somebodyPolls } from './pollers.js';
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

/**
 * Whether a process that lives polls the run's queue.
 * @param except identity of a process that does not count
 */
export function isServed(session: Session, runId: string, except?: string): Promise<boolean> {
  return somebodyPolls(session.client, session.namespace, taskQueueOf(session, runId), except);
}
