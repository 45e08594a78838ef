import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  type InjectedSinks,
  type LogEntry,
  makeTelemetryFilterString,
  NativeConnection,
  type NativeConnectionOptions,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { pino } from 'pino';
import { processIdentity } from '../../bin/processLock.mjs';
import { temporalConfig } from '../../temporal.config.js';
import { activitiesOf } from '../activities/index.js';
import type { SegmentProgress } from '../activities/segmentTask.js';
import { VerifiedFiles } from '../store/verify.js';
import type { WorkerSinks } from '../workflows/messages.js';
import { ComputePool, computeThreads } from './computePool.js';
import { workerEngine } from './engine.js';
import { hooks } from './hooks.js';
import { reasonOf, ServerUnavailable } from './server/error.js';
import { version } from './version.js';

export interface HostOptions {
  readonly connection: NativeConnectionOptions;
  readonly namespace: string;
  /** File for the SDK's log; standard error when absent. */
  readonly logFile?: string;
  readonly onProgress?: (outdir: string, progress: SegmentProgress) => void;
  /** Compute threads; default: all cores but one. */
  readonly threads?: number;
  /** Serves sweeps, too, whose own activities need places beside those of their cases. */
  readonly sweeps?: boolean;
  /** A run waits for something that only a person can change, or (null) goes on. */
  readonly onWaiting?: (outdir: string, message: string | null) => void;
}

export interface WorkerOptions extends HostOptions {
  readonly taskQueue: string;
}

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it cannot go on. */
  readonly stopped: Promise<void>;
  /** Hands running segments over as normal short ones, then stops. */
  shutdown(): Promise<void>;
}

/** One connection and one pool of compute threads, which serve as many task queues as asked for. */
export interface WorkerHost {
  /** Starts polling a queue. `shutdown` of what is returned waits for running segments. */
  serve(taskQueue: string): Promise<RunningWorker>;
  /** Stops all polling, hands running segments over as normal short ones, then closes. */
  close(): Promise<void>;
}

/** The workflow bundle that the build has made; bundling at start would cost seconds. */
const bundle = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

/** Places for the activities of a sweep itself: preparing cases, and waiting for those that others have begun. */
const besideCases = 2;

let runtimeInstalled = false;

/** Starts polling one queue. @throws when the server cannot be reached */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const host = await openWorkerHost(options);
  try {
    const { stopped } = await host.serve(options.taskQueue);
    const closed = stopped.finally(() => host.close());
    closed.catch(() => {}); // reported by whoever waits for it; it may fail before anybody does
    return { stopped: closed, shutdown: () => host.close() };
  } catch (error) {
    await host.close(); // threads and connection would keep the process alive
    throw error;
  }
}

/** @throws when the server cannot be reached, or gives no access to the namespace */
export async function openWorkerHost(options: HostOptions): Promise<WorkerHost> {
  installRuntime(options.logFile);
  const connection = await connectionTo(options.connection);
  await requireNamespace(connection, options.namespace);
  const pool = new ComputePool(options.threads ?? computeThreads());
  const running = new Map<Worker, Promise<void>>();
  let closed: Promise<void> | null = null;
  const close = async () => {
    // The order matters: once it polls no more, a worker cannot be handed the segment that follows the short one.
    for (const worker of running.keys()) stopPolling(worker);
    pool.drain();
    const ends = await Promise.allSettled(running.values());
    await pool.close();
    await connection.close();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  return {
    async serve(taskQueue) {
      const worker = await createWorker(options, taskQueue, connection, pool);
      hooks.onWorker(worker);
      const stopped = worker.run().finally(() => running.delete(worker));
      running.set(worker, stopped);
      stopped.catch(() => {});
      const shutdown = () => {
        stopPolling(worker);
        return stopped;
      };
      return { stopped, shutdown };
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

function stopPolling(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}

/**
 * The client of this command has been let in already; what the worker's connection refuses (it checks certificates more strictly) has no
 * code to go by.
 */
async function connectionTo(options: NativeConnectionOptions): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(options);
  } catch (error) {
    throw new ServerUnavailable(
      `the worker cannot connect to ${options.address}: ${reasonOf(error)}\n` +
        'Try again; if a certificate is refused, it must name the host in its subjectAltName and be signed by the configured authority.',
    );
  }
}

/** Asked first, because a worker that the SDK gives up half-made keeps its process alive. */
async function requireNamespace(connection: NativeConnection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function createWorker(
  options: HostOptions,
  taskQueue: string,
  connection: NativeConnection,
  pool: ComputePool,
) {
  const sinks: InjectedSinks<WorkerSinks> = {
    control: { endSegment: { fn: (_info, outdir) => pool.endSegment(outdir), callDuringReplay: false } },
  };
  return Worker.create({
    connection,
    namespace: options.namespace,
    taskQueue,
    identity: processIdentity(),
    workflowBundle: { codePath: bundle },
    activities: activitiesOf({
      computePool: pool,
      onProgress: options.onProgress ?? (() => {}),
      onWaiting: options.onWaiting ?? (() => {}),
      onEvent: (name, detail) => void hooks.onEvent(name, detail),
      engine: workerEngine(),
      verifiedFiles: new VerifiedFiles(),
      checkCases: pool.checkCases,
      inlineStateLimit: temporalConfig.inlineStateLimit,
      partBatchRows: temporalConfig.partBatchRows,
      keepStateEvery: temporalConfig.manifestEverySegments,
      recovery: hooks.recovery ?? { everySeconds: temporalConfig.recoveryInterval, everySteps: null },
      version,
      client: clientOn(connection, options.namespace),
    }),
    sinks,
    // A place for each thread, one for a short activity beside them, and one that the poll holds: more polls would leave none for
    // the segment that comes together with the decision on it (eager execution).
    maxConcurrentActivityTaskExecutions: pool.threads + 2 + (options.sweeps ? besideCases : 0),
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    maxHeartbeatThrottleInterval: temporalConfig.heartbeatInterval * 1000,
    defaultHeartbeatThrottleInterval: temporalConfig.heartbeatInterval * 1000,
    shutdownGraceTime: temporalConfig.shutdownGrace * 1000,
    reuseV8Context: true,
  });
}

/** Made when it is first asked for: a worker of single runs needs none. */
function clientOn(connection: NativeConnection, namespace: string): () => Promise<Client> {
  let client: Promise<Client> | null = null;
  const make = async () => {
    const sdk = await import('@temporalio/client');
    return new sdk.Client({ connection, namespace });
  };
  return () => {
    client ??= make();
    return client;
  };
}

/** One runtime a process: the SDK's messages go to a file, so that they do not tear up the progress line. */
function installRuntime(logFile: string | undefined): void {
  if (runtimeInstalled) return;
  runtimeInstalled = true;
  if (logFile !== undefined) mkdirSync(path.dirname(logFile), { recursive: true });
  const serializers = { error: pino.stdSerializers.err }; // an error's own fields alone would be {}
  const destination = pino.destination({ dest: logFile ?? 2, sync: true });
  destination.on('error', () => {}); // a full disk takes no log lines, but it must not end the worker
  const log = pino({ serializers }, destination);
  const write = (entry: LogEntry) => {
    const level = entry.level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
    log[level]({ ...entry.meta }, entry.message);
  };
  Runtime.install({
    logger: new DefaultLogger('WARN', write),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
    },
    shutdownSignals: [],
  });
}
