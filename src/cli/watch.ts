import type { temporal } from '@temporalio/proto';
import { processIdentity } from '../../bin/processLock.mjs';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { Waiting } from '../activities/waitForRoom.js';
import type { RunProgress } from '../report/progressLine.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import { isOutage, Outage } from './outage.js';
import { firstValue } from './payloads.js';
import { missingWorker, somebodyPolls } from './pollers.js';
import type { ProgressView } from './progressView.js';
import type { Session } from './session.js';

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** How often the server is asked, ms. */
const askEvery = 2000;

/** A deadline ends what an abort does not reach: the SDK's own repetitions of a call that nobody answers, ms. */
const answerWithin = 3000;

export interface Watched {
  readonly session: Session;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly outdir: string;
}

/**
 * Feeds the progress view: from the worker of this process where there is one (`fromWorker`), from the workflow's query otherwise and for
 * the phases after the last segment. Says what a user would otherwise never see: an activity that fails and is tried again, a queue
 * that nobody polls.
 */
export class RunWatch {
  private timer: NodeJS.Timeout | null = null;
  /** Model time shown last; older answers are dropped. */
  private shown = -1;
  private asking: Promise<void> | null = null;
  private question: AbortController | null = null;
  private waitsFor: string | null = null;
  private readonly outage: Outage;
  private readonly said = new Set<string>();

  constructor(
    private readonly watched: Watched,
    private readonly view: ProgressView,
  ) {
    this.outage = new Outage((message) => view.warn(message));
  }

  start(): void {
    this.timer = setInterval(() => {
      this.asking ??= this.ask().finally(() => {
        this.asking = null;
      });
    }, askEvery);
  }

  /** Settles when no question is on its way any more. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.question?.abort();
    await this.asking;
  }

  fromWorker({ status, segment }: SegmentProgress): void {
    this.show({ ...status, segment });
  }

  /** Says what the run waits for, and (null) that it goes on. */
  waiting(message: string | null): void {
    if (message === this.waitsFor) return;
    this.waitsFor = message;
    this.view.warn(message ?? 'there is room again; the run goes on');
  }

  private show(progress: RunProgress): void {
    if (progress.time < this.shown) return;
    this.shown = progress.time;
    this.view.show(progress);
  }

  /** A new signal for each question: listeners of past calls would pile up on a common one. */
  private async ask(): Promise<void> {
    this.question = new AbortController();
    let answered = false;
    try {
      const { client } = this.watched.session;
      const ask = async () => {
        const run = await client.workflow.getHandle(this.watched.workflowId).describe();
        answered = true;
        this.outage.over();
        await this.lookForFailures(run.raw.pendingActivities ?? []);
        if (await this.isComputed()) await this.askProgress();
      };
      await client.withAbortSignal(this.question.signal, () =>
        client.withDeadline(Date.now() + answerWithin, ask),
      );
    } catch (error) {
      // A missing progress line is not worth an error.
      if (!answered && this.timer !== null && isOutage(error)) this.outage.noticed();
    }
  }

  private async askProgress(): Promise<void> {
    const { session, workflowId } = this.watched;
    const { phase, ...progress } = await session.client.workflow
      .getHandle(workflowId)
      .query<Progress>(progressQueryName);
    if (phase === 'paused') {
      this.sayOnce(`the run is paused; go on with: marsdisk resume ${workflowId}`, 'paused');
    } else this.said.delete('paused');
    if (this.timer !== null) this.show(phase === 'running' ? progress : { ...progress, phase });
  }

  private async lookForFailures(activities: readonly PendingActivity[]): Promise<void> {
    // A worker of this process has said it itself, seconds before the server knows of it.
    if (!activities.some(({ lastWorkerIdentity }) => lastWorkerIdentity === processIdentity())) {
      this.waiting(await waitingOf(activities));
    }
    for (const { activityType, attempt, lastFailure } of activities) {
      if (!lastFailure?.message) continue;
      this.sayOnce(
        `${activityType?.name}: attempt ${(attempt ?? 2) - 1} failed (${lastFailure.message}); trying again`,
        `${activityType?.name} ${lastFailure.message}`,
      );
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

  private sayOnce(message: string, key: string): void {
    if (!this.said.has(key)) this.view.say(message);
    this.said.add(key);
  }

  /** What only the user can change is not silenced by --quiet. */
  private warnMissing(message: string): void {
    if (!this.said.has('missing worker')) this.view.warn(message);
    this.said.add('missing worker');
  }
}

/** What a worker elsewhere says in its heartbeats that the run waits for. */
async function waitingOf(activities: readonly PendingActivity[]): Promise<string | null> {
  for (const { heartbeatDetails } of activities) {
    const details = await firstValue<Partial<Waiting> | null>(heartbeatDetails?.payloads);
    if (details?.waiting !== undefined) return details.waiting;
  }
  return null;
}
