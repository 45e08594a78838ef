import { createLogUpdate } from 'log-update';
import { plainProgressLine, progressLine, type RunProgress } from '../report/progressLine.js';

/** Between two lines where no terminal redraws them, ms. */
const plainEvery = 10_000;

/** Pace is measured over about this long, ms: short enough to follow the run, long enough not to flicker. */
const paceOver = 10_000;

interface Mark {
  readonly at: number;
  readonly time: number;
  readonly steps: number;
}

/** Shows how far a run is: one line that is redrawn on a terminal, plain lines every ten seconds elsewhere. Writes to stderr. */
export class ProgressView {
  private readonly terminal = process.stderr.isTTY === true;
  private readonly line = createLogUpdate(process.stderr);
  private readonly marks: Mark[] = [];
  private lastPlain = 0;
  private readonly began = performance.now();

  constructor(private readonly quiet: boolean) {}

  show(progress: RunProgress): void {
    if (this.quiet) return;
    const now = performance.now();
    this.marks.push({ at: now, time: progress.time, steps: progress.steps });
    while (this.marks.length > 2 && now - this.marks[0]!.at > paceOver) this.marks.shift();
    if (this.terminal) this.line(progressLine(progress, this.pace(progress), process.stderr.columns ?? 80));
    else if (now - Math.max(this.lastPlain, this.began - plainEvery + 2000) >= plainEvery) {
      this.lastPlain = now;
      process.stderr.write(`${plainProgressLine(progress, this.pace(progress))}\n`);
    }
  }

  /** A message above the line. */
  say(message: string): void {
    if (this.quiet) return;
    if (this.terminal) this.line.clear();
    process.stderr.write(`${message}\n`);
  }

  done(): void {
    if (this.terminal && !this.quiet) this.line.clear();
  }

  private pace(progress: RunProgress) {
    const first = this.marks[0]!;
    const last = this.marks.at(-1)!;
    const elapsed = (last.at - first.at) / 1000;
    if (elapsed < 0.5 || last.time <= first.time) return { stepsPerSecond: null, secondsLeft: null };
    const speed = (last.time - first.time) / elapsed;
    return {
      stepsPerSecond: (last.steps - first.steps) / elapsed,
      secondsLeft: progress.end === null ? null : Math.max(0, (progress.end - last.time) / speed),
    };
  }
}
