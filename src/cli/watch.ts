import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { processIdentity } from '../../bin/processLock.mjs';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { Waiting } from '../activities/waitForRoom.js';
import type { RunProgress } from '../report/progressLine.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import { isOutage, Outage } from './outage.js';
import type { ProgressView } from './progressView.js';

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** How often the server is asked, ms. */
const askEvery = 2000;

/** A deadline ends what an abort does not reach: the SDK's own repetitions of a call that nobody answers, ms. */
const answerWithin = 3000;

/** TaskQueueType of the server's API. */
const WORKFLOW_QUEUE = 1;

export interface Watched {
  readonly client: Client;
  readonly namespace: string;
  readonly workflowId: string;
  readonly taskQueue: string;
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
      const { client } = this.watched;
      const ask = async () => {
        const run = await client.workflow.getHandle(this.watched.workflowId).describe();
        answered = true;
        this.outage.over();
        await this.lookForFailures(run.raw.pendingActivities ?? []);
        if (await this.somebodyPolls()) await this.askProgress();
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
    const { client, workflowId } = this.watched;
    const { phase, ...progress } = await client.workflow
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

  private async somebodyPolls(): Promise<boolean> {
    const { client, namespace, taskQueue } = this.watched;
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: WORKFLOW_QUEUE,
    });
    const polled = (pollers ?? []).length > 0;
    if (!polled) {
      this.sayOnce(
        `no worker polls the task queue ${taskQueue}; start one with: marsdisk worker`,
        'nobody polls',
      );
    }
    return polled;
  }

  private sayOnce(message: string, key: string): void {
    if (this.said.has(key)) return;
    this.said.add(key);
    this.view.say(message);
  }
}

/** What a worker elsewhere says in its heartbeats that the run waits for. */
async function waitingOf(activities: readonly PendingActivity[]): Promise<string | null> {
  const { defaultPayloadConverter } = await import('@temporalio/common');
  for (const { heartbeatDetails } of activities) {
    const payload = heartbeatDetails?.payloads?.[0];
    const details = payload ? defaultPayloadConverter.fromPayload<Partial<Waiting> | null>(payload) : null;
    if (details?.waiting !== undefined) return details.waiting;
  }
  return null;
}
