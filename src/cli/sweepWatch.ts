import type { SegmentProgress } from '../activities/segmentTask.js';
import {
  booksQueryName,
  type SweepCounts,
  type SweepPhase,
  type SweepProgress,
} from '../workflows/sweepMessages.js';
import { isOutage, Outage } from './outage.js';
import type { ProgressView } from './progressView.js';
import type { Session } from './session.js';

/** ms */
const askEvery = 1000;

/** A deadline ends what an abort does not reach, ms. */
const answerWithin = 5000;

/** Shows how far a sweep is, and what a user would otherwise never see: cases that failed, a disk that is full. */
export class SweepWatch {
  private timer: NodeJS.Timeout | null = null;
  private asking: Promise<void> | null = null;
  private question: AbortController | null = null;
  private readonly outage: Outage;
  private readonly waits = new Map<string, string>();
  private readonly told = new Set<number>();

  constructor(
    private readonly session: Session,
    private readonly sweepId: string,
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

  fromWorker(_progress: SegmentProgress): void {}

  waiting(message: string | null, outdir: string): void {
    if (message === (this.waits.get(outdir) ?? null)) return;
    if (message === null) this.waits.delete(outdir);
    else this.waits.set(outdir, message);
    this.view.warn(message ?? `there is room for ${outdir} again`);
  }

  private async ask(): Promise<void> {
    this.question = new AbortController();
    const { client } = this.session;
    try {
      const books = await client.withAbortSignal(this.question.signal, () =>
        client.withDeadline(Date.now() + answerWithin, () =>
          client.workflow.getHandle(this.sweepId).query<SweepProgress>(booksQueryName),
        ),
      );
      this.outage.over();
      if (this.timer !== null) this.tell(books);
    } catch (error) {
      // A missing progress line is not worth an error.
      if (this.timer !== null && isOutage(error)) this.outage.noticed();
    }
  }

  private tell({ counts, reasons, phase }: SweepProgress): void {
    for (const [index, reason] of reasons) {
      if (this.told.has(index)) continue;
      this.told.add(index);
      if (this.told.size <= mostTold) this.view.say(`case ${index + 1}: ${reason}`);
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
