import { setTimeout as pause } from 'node:timers/promises';
import { liveBackground } from '../worker/server/background.js';
import type { RunningWorker } from '../worker/worker.js';
import { type AskedWorkers, untilAnswered } from './askingWorkers.js';
import { embeddedWorker, type WorkerListener } from './embeddedWorker.js';
import { CommandError, exitCode } from './exit.js';
import type { Session } from './session.js';

/** How soon the death of the background worker is noticed, ms. */
const lookEvery = 500;

/**
 * Who computes the run or sweep that a command shows: on the embedded server the worker in the background if one lives, else this process; workers
 * elsewhere on a configured server.
 */
export class Computing {
  private worker: RunningWorker | null = null;
  private readonly left = new AbortController();

  constructor(
    private readonly session: Session,
    private readonly taskQueue: string,
    private readonly listener: WorkerListener,
    /** Fails the attempts that a dead worker has left. */
    private readonly takeOver: () => Promise<unknown>,
    private readonly threads?: number,
  ) {}

  /** Whether the run stops when this command leaves. */
  get endsWithCommand(): boolean {
    return this.worker !== null && !this.inBackground;
  }

  private get inBackground(): boolean {
    return this.session.home !== null && liveBackground(this.session.home) !== null;
  }

  async begin(): Promise<void> {
    if (this.session.home === null || this.inBackground) return;
    this.worker = await this.workerHere();
  }

  /** For a question to an execution that has ended: those the background worker does not serve. Says it when nobody is there to answer. */
  async answering(ask: () => Promise<void>, asked: Omit<AskedWorkers, 'leaving'>): Promise<void> {
    if (this.session.home === null) {
      return untilAnswered(this.session, { ...asked, leaving: this.left.signal }, ask);
    }
    if (this.worker !== null) return ask();
    const worker = await this.workerHere();
    try {
      await ask();
    } finally {
      await worker.shutdown();
    }
  }

  /** Takes over when the background worker ends. @throws when nobody computes any more */
  async attend(say: (message: string) => void): Promise<never> {
    if (this.session.home === null) return new Promise(() => {});
    while (this.worker === null) {
      await pause(lookEvery, undefined, { signal: this.left.signal });
      if (this.inBackground) continue;
      say('the background worker has ended; this command computes now');
      this.worker = await this.workerHere();
      await this.takeOver();
    }
    await this.worker.stopped;
    throw new CommandError(
      'the worker of this command has stopped; type the same command again',
      exitCode.failed,
    );
  }

  /** Hands over what this process computes. */
  async end(): Promise<void> {
    this.left.abort();
    await this.worker?.shutdown();
  }

  private workerHere(): Promise<RunningWorker> {
    const { session, taskQueue, listener, threads } = this;
    return embeddedWorker(session, taskQueue, { listener, ...(threads === undefined ? {} : { threads }) });
  }
}
