import { CommandError, exitCode } from './exit.js';
import type { ProgressView } from './progressView.js';

/** The first Ctrl-C (or SIGTERM) lets the segment hand over and leaves; the second leaves at once. Nothing is lost either way. */
export class Interrupts {
  readonly happened: Promise<never>;
  private readonly onSignal: () => void;
  private count = 0;

  constructor(view: ProgressView) {
    let reject: (error: Error) => void = () => {};
    this.happened = new Promise((_, no) => {
      reject = no;
    });
    this.happened.catch(() => {});
    this.onSignal = () => {
      this.count += 1;
      if (this.count > 1) process.exit(exitCode.interrupted);
      view.say('stopping: the segment hands over at its next step (once more to leave at once)');
      reject(new CommandError('interrupted; type the same command to go on from here', exitCode.interrupted));
    };
    process.on('SIGINT', this.onSignal);
    process.on('SIGTERM', this.onSignal);
    process.on('SIGHUP', this.onSignal);
  }

  stop(): void {
    if (this.count > 0) return; // A second Ctrl-C must still leave at once while the first one hands over.
    process.off('SIGINT', this.onSignal);
    process.off('SIGTERM', this.onSignal);
    process.off('SIGHUP', this.onSignal);
  }
}
