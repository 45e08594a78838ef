import { processIdentity } from '../../bin/processLock.mjs';
import type { SegmentProgress } from '../activities/segmentTask.js';
import type { Waiting } from '../activities/waitForRoom.js';
import type { RunProgress } from '../report/progressLine.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import { firstValue } from './payloads.js';
import type { ProgressView } from './progressView.js';
import { type PendingActivity, ServerWatch, type Watched } from './serverWatch.js';

/** How often the server is asked, ms. */
const askEvery = 2000;

/**
 * Feeds the progress view of a run: from the worker of this process where there is one (`fromWorker`), from the workflow's query otherwise and
 * for the phases after the last segment.
 */
export class RunWatch extends ServerWatch {
  /** Model time shown last; older answers are dropped. */
  private shown = -1;
  private waitsFor: string | null = null;

  constructor(watched: Watched, view: ProgressView) {
    super(watched, view, askEvery);
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

  protected async askProgress(): Promise<void> {
    const { session, workflowId } = this.watched;
    const { phase, ...progress } = await session.client.workflow
      .getHandle(workflowId)
      .query<Progress>(progressQueryName);
    if (phase === 'paused') {
      this.sayOnce(`the run is paused; go on with: marsdisk resume ${workflowId}`, 'paused');
    } else this.said.delete('paused');
    if (this.on) this.show(phase === 'running' ? progress : { ...progress, phase });
  }

  protected override async look(activities: readonly PendingActivity[]): Promise<void> {
    // A worker of this process has said it itself, seconds before the server knows of it.
    if (!activities.some(({ lastWorkerIdentity }) => lastWorkerIdentity === processIdentity())) {
      this.waiting(await waitingOf(activities));
    }
    await super.look(activities);
  }

  private show(progress: RunProgress): void {
    if (progress.time < this.shown) return;
    this.shown = progress.time;
    this.view.show(progress);
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
