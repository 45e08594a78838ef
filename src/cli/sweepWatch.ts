import type { SegmentProgress } from '../activities/segmentTask.js';
import {
  booksQueryName,
  type SweepCounts,
  type SweepPhase,
  type SweepProgress,
} from '../workflows/sweepMessages.js';
import type { ProgressView } from './progressView.js';
import { ServerWatch, type Watched } from './serverWatch.js';

/** ms */
const askEvery = 1000;

/** At every so many of these looks running cases are looked at, too, and so many of them. */
const casesEvery = 4;
const mostLookedAt = 8;

/** Shows how far a sweep is, which cases failed, and whose disk is full. */
export class SweepWatch extends ServerWatch {
  private readonly waits = new Map<string, string>();
  private readonly told = new Set<number>();
  private looks = 0;

  /** @param titles of the cases, by index */
  constructor(
    watched: Watched,
    view: ProgressView,
    private readonly titles: readonly string[],
  ) {
    super(watched, view, askEvery);
  }

  fromWorker(_progress: SegmentProgress): void {} // of one case among many

  waiting(message: string | null, outdir: string): void {
    if (message === (this.waits.get(outdir) ?? null)) return;
    if (message === null) this.waits.delete(outdir);
    else this.waits.set(outdir, message);
    this.view.warn(message ?? `there is room for ${outdir} again`);
  }

  protected async askProgress(): Promise<void> {
    const { session, workflowId, outdir } = this.watched;
    const books = await session.client.workflow.getHandle(workflowId).query<SweepProgress>(booksQueryName);
    if (books.phase === 'paused') {
      this.sayOnce(`the sweep is paused; go on with: marsdisk resume ${outdir}`, 'paused');
    } else this.said.delete('paused');
    if (this.on) this.tell(books);
    this.looks += 1;
    if (this.looks % casesEvery === 0) await this.lookAtCases(books);
  }

  /** What keeps running cases from getting on, e.g. an archive that is away. */
  private async lookAtCases({ running }: SweepProgress): Promise<void> {
    const { client } = this.watched.session;
    for (const [index, workflowId] of running.slice(0, mostLookedAt)) {
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      for (const { activityType, attempt, lastFailure } of raw.pendingActivities ?? []) {
        if (!lastFailure?.message) continue;
        const what = `${activityType?.name}: attempt ${(attempt ?? 2) - 1} failed (${lastFailure.message}); trying again`;
        this.sayOnce(`${this.titles[index]}: ${what}`, lastFailure.message);
      }
    }
  }

  private tell({ counts, reasons, phase }: SweepProgress): void {
    for (const [index, reason] of reasons) {
      if (this.told.has(index)) continue;
      this.told.add(index);
      if (this.told.size <= mostTold) this.view.say(`${this.titles[index]}: ${reason}`);
    }
    const line = sweepLine(counts, phase);
    this.view.draw(
      (columns) => line.slice(0, columns),
      () => line,
    );
  }
}

/** Cases whose end is told one by one; of more, the counts say enough. */
const mostTold = 10;

function sweepLine(counts: SweepCounts, phase: SweepPhase): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const troubles = (['failed', 'lost', 'cancelled'] as const).filter((state) => counts[state] > 0);
  const ended = total - counts.pending - counts.running;
  return [
    ...(phase === 'running' ? [] : [phase]),
    `${ended} of ${total} cases ended`,
    ...troubles.map((state) => `${counts[state]} ${state}`),
    `${counts.running} running`,
  ].join(' · ');
}
