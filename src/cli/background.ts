/** The process behind `marsdisk up`: serves every unfinished run and sweep of the embedded server, those that it finds and those that appear. */
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from '../../bin/processLock.mjs';
import { backgroundFiles, becomeBackground } from '../worker/server/background.js';
import { version } from '../worker/version.js';
import type { RunningWorker, WorkerHost } from '../worker/worker.js';
import { isServed } from './embeddedWorker.js';
import { takeOverFromTheDead } from './recovery.js';
import { byQueue, unfinished } from './runs.js';
import { openSession, type Session, workerLog } from './session.js';

/** How soon a new run is seen, ms. */
const lookEvery = 500;

/** Each run that is served costs some ten megabytes; further ones wait until another has ended. */
const servedAtOnce = 16;

/** What the command that starts this process is told over the pipe between them. */
export type FirstWord = { readonly ready: true } | { readonly failed: string };

export async function background(home: string): Promise<void> {
  const { log } = backgroundFiles(home);
  const say = (message: string) => appendFileSync(log, `${new Date().toISOString()} ${message}\n`);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  try {
    const resign = await becomeBackground(home, version);
    try {
      await serveUntil(stop.signal, home, say);
    } finally {
      resign();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(reason);
    tell({ failed: reason });
    throw error;
  }
}

async function serveUntil(stop: AbortSignal, home: string, say: (message: string) => void): Promise<void> {
  const session = await openSession({ home }, say);
  try {
    const { openWorkerHost } = await import('../worker/worker.js');
    const logFile = workerLog(session);
    const host = await openWorkerHost({
      connection: session.connection as never,
      namespace: session.namespace,
      sweeps: true,
      ...(logFile === undefined ? {} : { logFile }),
    });
    try {
      say(`works for the server at ${session.connection.address}`);
      tell({ ready: true });
      const rounds = new Rounds(session, host, say);
      while (!stop.aborted) {
        await rounds.look();
        await pause(lookEvery, undefined, { signal: stop }).catch(() => {});
      }
      say('stopping: running segments hand over at their next step');
    } finally {
      await host.close();
    }
  } finally {
    await session.release();
    say('stopped');
  }
}

/** Keeps the set of served queues equal to those of the unfinished runs and sweeps that no other command computes. */
class Rounds {
  private readonly served = new Map<string, RunningWorker>();
  private lastFault = '';

  constructor(
    private readonly session: Session,
    private readonly host: WorkerHost,
    private readonly say: (message: string) => void,
  ) {}

  /** A fault (the server is away) is for the next look: `keepAlive` starts the server again. */
  async look(): Promise<void> {
    try {
      const queues = byQueue(await unfinished(this.session.client));
      for (const queue of this.served.keys()) if (!queues.has(queue)) await this.leave(queue);
      for (const [queue, workflowIds] of queues) {
        if (this.served.size >= servedAtOnce) break;
        if (!this.served.has(queue)) await this.take(queue, workflowIds);
      }
      this.lastFault = '';
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      if (fault !== this.lastFault) this.say(`${fault}; looking again`);
      this.lastFault = fault;
    }
  }

  private async take(queue: string, workflowIds: readonly string[]): Promise<void> {
    const { client, namespace } = this.session;
    if (await isServed(this.session, queue, processIdentity())) return;
    const worker = await this.host.serve(queue);
    this.served.set(queue, worker);
    const forget = () => this.served.delete(queue);
    worker.stopped.then(forget, (error: unknown) => {
      forget();
      this.say(`${queue}: ${error instanceof Error ? error.message : error}`);
    });
    for (const workflowId of workflowIds) {
      await takeOverFromTheDead(client, namespace, workflowId);
      this.say(`${workflowId}: going on`);
    }
  }

  private async leave(queue: string): Promise<void> {
    this.say(`${queue}: has ended`);
    await this.served.get(queue)?.shutdown();
  }
}

function tell(word: FirstWord): void {
  if (!process.connected) return;
  process.send?.(word, () => process.disconnect());
}
