import type { temporal } from '@temporalio/proto';
import { isOutage, Outage } from './outage.js';
import { missingWorker, somebodyPolls } from './pollers.js';
import type { ProgressView } from './progressView.js';
import type { Session } from './session.js';

export type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** A deadline ends what an abort does not reach: the SDK's own repetitions of a call that nobody answers, ms. */
const answerWithin = 3000;

export interface Watched {
  readonly session: Session;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly outdir: string;
}

/**
 * Asks the server again and again how far a run or a sweep is. Says what a user would otherwise never see: an activity that fails and is
 * tried again, a queue that nobody polls, a server that is away.
 */
export abstract class ServerWatch {
  private timer: NodeJS.Timeout | null = null;
  private asking: Promise<void> | null = null;
  private question: AbortController | null = null;
  private readonly outage: Outage;
  protected readonly said = new Set<string>();

  /** @param askEvery ms */
  constructor(
    protected readonly watched: Watched,
    protected readonly view: ProgressView,
    private readonly askEvery: number,
  ) {
    this.outage = new Outage((message) => view.warn(message));
  }

  start(): void {
    this.timer = setInterval(() => {
      this.asking ??= this.ask().finally(() => {
        this.asking = null;
      });
    }, this.askEvery);
  }

  /** Settles when no question is on its way any more. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.question?.abort();
    await this.asking;
  }

  /** Asks a worker, by a query, and shows the answer while this is still `on`. */
  protected abstract askProgress(): Promise<void>;

  protected get on(): boolean {
    return this.timer !== null;
  }

  protected async look(activities: readonly PendingActivity[]): Promise<void> {
    for (const { activityType, attempt, lastFailure } of activities) {
      if (!lastFailure?.message) continue;
      this.sayOnce(
        `${activityType?.name}: attempt ${(attempt ?? 2) - 1} failed (${lastFailure.message}); trying again`,
        `${activityType?.name} ${lastFailure.message}`,
      );
    }
  }

  protected sayOnce(message: string, key: string): void {
    if (!this.said.has(key)) this.view.say(message);
    this.said.add(key);
  }

  /** A new signal for each question: listeners of past calls would pile up on a common one. */
  private async ask(): Promise<void> {
    this.question = new AbortController();
    let answered = false;
    try {
      const { client } = this.watched.session;
      const ask = async () => {
        const { raw } = await client.workflow.getHandle(this.watched.workflowId).describe();
        answered = true;
        this.outage.over();
        await this.look(raw.pendingActivities ?? []);
        if (await this.isComputed()) await this.askProgress();
      };
      await client.withAbortSignal(this.question.signal, () =>
        client.withDeadline(Date.now() + answerWithin, ask),
      );
    } catch (error) {
      // A missing progress line is not worth an error.
      if (!answered && this.on && isOutage(error)) this.outage.noticed();
    }
  }

  /** Without a worker a query would wait for one. */
  private async isComputed(): Promise<boolean> {
    const { session, taskQueue, outdir } = this.watched;
    const computed = await somebodyPolls(session.client, session.namespace, taskQueue);
    if (computed) this.said.delete('missing worker');
    else if (session.home === null) this.warnMissing(missingWorker(session, taskQueue, outdir));
    return computed;
  }

  /** What only the user can change is not silenced by --quiet. */
  private warnMissing(message: string): void {
    if (!this.said.has('missing worker')) this.view.warn(message);
    this.said.add('missing worker');
  }
}
