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

/** Shows how far a sweep is, which cases failed, and whose disk is full. */
export class SweepWatch extends ServerWatch {
  private readonly waits = new Map<string, string>();
  private readonly told = new Set<number>();

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
