import { CommandError, exitCode } from './exit.js';
import type { ProgressView } from './progressView.js';

/** What a user is told at the first and at the end: a command that computes itself, and one that only watches. */
interface Words {
  readonly atOnce: string;
  readonly atTheEnd: string;
}

export const leavingWorker: Words = {
  atOnce: 'stopping: the segment hands over at its next step (once more to leave at once)',
  atTheEnd: 'interrupted; type the same command to go on from here',
};

export const leavingClient: Words = {
  atOnce: 'detaching: the run goes on without this command',
  atTheEnd: 'detached, the run goes on; type the same command to attach again',
};

/** A run that has ended, and has not gone on yet because no worker has said how far it was. */
export const leavingBefore: Words = {
  atOnce: 'leaving; the run has not gone on',
  atTheEnd: 'interrupted before the run went on; type the same command to go on with it',
};

/** The first Ctrl-C (or SIGTERM) lets the segment hand over and leaves; the second leaves at once. Nothing is lost either way. */
export class Interrupts {
  readonly happened: Promise<never>;
  private readonly onSignal: () => void;
  private count = 0;

  constructor(view: ProgressView, wordsNow: () => Words) {
    let reject: (error: Error) => void = () => {};
    this.happened = new Promise((_, no) => {
      reject = no;
    });
    this.happened.catch(() => {});
    this.onSignal = () => {
      this.count += 1;
      if (this.count > 1) process.exit(exitCode.interrupted);
      const words = wordsNow();
      view.say(words.atOnce);
      reject(new CommandError(words.atTheEnd, exitCode.interrupted));
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
