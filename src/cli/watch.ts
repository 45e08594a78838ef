import type { Client } from '@temporalio/client';
import type { SegmentProgress } from '../activities/segmentTask.js';
import { type Progress, progressQueryName } from '../workflows/messages.js';
import type { ProgressView } from './progressView.js';

/** How often the server is asked, ms. */
const askEvery = 2000;

/**
 * Feeds the progress view: from the worker of this process where there is one (`fromWorker`), from the workflow's query otherwise and for
 * the phases after the last segment.
 */
export class RunWatch {
  private timer: NodeJS.Timeout | null = null;
  private latest: Progress | null = null;
  private asking: Promise<void> | null = null;
  private readonly leaving = new AbortController();

  constructor(
    private readonly client: Client,
    private readonly workflowId: string,
    private readonly view: ProgressView,
  ) {}

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
    this.leaving.abort();
    await this.asking;
  }

  fromWorker(progress: SegmentProgress): void {
    const { status, segment } = progress;
    if (this.latest !== null && status.time < this.latest.time) return;
    this.view.show({ ...status, segment });
  }

  private async ask(): Promise<void> {
    try {
      this.latest = await this.client.withAbortSignal(this.leaving.signal, () =>
        this.client.workflow.getHandle(this.workflowId).query<Progress>(progressQueryName),
      );
      const { phase, ...rest } = this.latest;
      if (this.timer !== null) this.view.show(phase === 'running' ? rest : { ...rest, phase });
    } catch {
      // No worker polls yet, or the server is away: `outcomeOf` says so. A missing progress line is not worth an error.
    }
  }
}
