import type { Client } from '@temporalio/client';
import { temporalConfig } from '../../temporal.config.js';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { RunningWorker } from '../worker/worker.js';
import { somebodyPolls } from './pollers.js';
import { type Session, workerLog } from './session.js';

/**
 * On the embedded server each run, and each sweep with its cases, has a queue of its own: a command computes for its own only, and its death delays no other. Workers of
 * a configured server serve all runs from one queue.
 */
export function taskQueueOf(session: Session, runId: string): string {
  return session.home === null ? temporalConfig.taskQueue : `${temporalConfig.taskQueue}-${runId}`;
}

/** The queue that a run was begun in: that of its sweep for a case. */
export async function queueOf(client: Client, runId: string): Promise<string> {
  return (await client.workflow.getHandle(runId).describe()).taskQueue;
}

/** Who hears from the worker of this process. */
export interface WorkerListener {
  fromWorker(progress: SegmentProgress, outdir: string): void;
  waiting(message: string | null, outdir: string): void;
}

/**
 * A worker in this process for one queue of the embedded server.
 * @param threads of a sweep; absent: for a single run
 */
export async function embeddedWorker(
  session: Session,
  taskQueue: string,
  { listener, threads }: { readonly listener?: WorkerListener; readonly threads?: number | undefined } = {},
): Promise<RunningWorker> {
  const { startWorker } = await import('../worker/worker.js');
  const logFile = workerLog(session);
  return startWorker({
    connection: session.connection as never,
    namespace: session.namespace,
    ...(logFile === undefined ? {} : { logFile }),
    ...(threads === undefined ? {} : { threads, sweeps: true }),
    onProgress: (outdir, progress) => listener?.fromWorker(progress, outdir),
    onWaiting: (outdir, message) => listener?.waiting(message, outdir),
    taskQueue,
  });
}

/**
 * Whether a process that lives polls a queue.
 * @param except identity of a process that does not count
 */
export function isServed(session: Session, taskQueue: string, except?: string): Promise<boolean> {
  return somebodyPolls(session.client, session.namespace, taskQueue, except);
}
