import { createLogUpdate } from 'log-update';
import { plainProgressLine, progressLine, type RunProgress } from '../report/progressLine.js';

/** Between two lines where no terminal redraws them, ms. */
const plainEvery = 10_000;

/** How long a person waits without a word, ms. */
const patience = 2000;

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
  /** When the next plain line is due: the first soon, so that nobody wonders. */
  private plainDue = performance.now() + patience;
  private waiting: NodeJS.Timeout | null = null;

  constructor(private readonly quiet: boolean) {}

  show(progress: RunProgress): void {
    if (this.quiet) return;
    const now = performance.now();
    this.marks.push({ at: now, time: progress.time, steps: progress.steps });
    while (this.marks.length > 2 && now - this.marks[0]!.at > paceOver) this.marks.shift();
    this.draw(
      (columns) => progressLine(progress, this.pace(progress), columns),
      () => plainProgressLine(progress, this.pace(progress)),
    );
  }

  /** One line that is redrawn on a terminal, and now and then a plain one elsewhere. */
  draw(onTerminal: (columns: number) => string, plain: () => string): void {
    if (this.quiet) return;
    this.endWait();
    if (this.terminal) this.line(onTerminal(process.stderr.columns ?? 80));
    else if (performance.now() >= this.plainDue) {
      this.plainDue = performance.now() + plainEvery;
      process.stderr.write(`${plain()}\n`);
    }
  }

  /** Something that takes a moment: on a terminal at once, elsewhere only when it lasts. Ends with whatever is shown next. */
  busy(what: string): void {
    if (this.quiet) return;
    this.endWait();
    if (this.terminal) this.line(`${what} …`);
    else this.waiting = setTimeout(() => process.stderr.write(`${what} …\n`), patience).unref();
  }

  private endWait(): void {
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.waiting = null;
  }

  /** A message above the line. */
  say(message: string): void {
    if (!this.quiet) this.warn(message);
  }

  /** A message that --quiet does not silence: it silences progress, not what a user must know. */
  warn(message: string): void {
    this.endWait();
    if (this.terminal) this.line.clear();
    process.stderr.write(`${message}\n`);
  }

  done(): void {
    this.endWait();
    if (this.terminal && !this.quiet) this.line.clear();
  }

  private pace(progress: RunProgress) {
    const first = this.marks[0]!;
    const last = this.marks.at(-1)!;
    const elapsed = (last.at - first.at) / 1000;
    if (elapsed < 0.5 || last.time <= first.time) return { stepsPerSecond: null, secondsLeft: null };
    const speed = (last.time - first.time) / elapsed;
    const secondsLeft = Math.max(0, ((progress.end ?? Number.NaN) - last.time) / speed);
    return {
      stepsPerSecond: (last.steps - first.steps) / elapsed,
      secondsLeft: this.steady() && Number.isFinite(secondsLeft) ? secondsLeft : null,
    };
  }

  /** While steps still grow by the second, an estimate would promise weeks for a run of a minute: say nothing until the pace holds. */
  private steady(): boolean {
    const middle = this.marks[this.marks.length >> 1]!;
    const [first, last] = [this.marks[0]!, this.marks.at(-1)!];
    const early = (middle.time - first.time) / (middle.at - first.at);
    const late = (last.time - middle.time) / (last.at - middle.at);
    return late < 2 * early && early < 2 * late;
  }
}
