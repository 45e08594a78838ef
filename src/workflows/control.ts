import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
} from '@temporalio/workflow';
import { isFatal } from './activityOptions.js';

/**
 * What the outside asks of a run on its way. Pause, cancel and a checkpoint on demand end the running segment at its next step, as a normal
 * short one: by cancelling its scope, which reaches the worker that computes it with a heartbeat, and by `hurry`, which reaches it at
 * once when it is the one that also runs this workflow. None of this adds a command to the history of a run that is left alone.
 */
export class Control {
  paused: boolean;
  private running: CancellationScope | null = null;
  /** The run's own scope: Temporal's cancellation request cancels it. */
  private readonly whole = CancellationScope.current();

  constructor(
    paused: boolean,
    private readonly hurry: () => void,
  ) {
    this.paused = paused;
  }

  get cancelled(): boolean {
    return this.whole.consideredCancelled;
  }

  pause(): void {
    this.paused = true;
    this.running?.cancel();
  }

  resume(): void {
    this.paused = false;
  }

  /** Returns when the run has been resumed, or cancelled. */
  hold(): Promise<void> {
    return CancellationScope.nonCancellable(() => condition(() => !this.paused || this.cancelled));
  }

  /** Ends the running segment and returns when its result is in the books; at once between two segments. */
  async cut(): Promise<void> {
    const scope = this.running;
    if (scope === null) return;
    scope.cancel();
    await condition(() => this.running !== scope);
  }

  /** @returns null when the segment was ended before it had anything to hand over; the state in front of it stands */
  async segment<T>(compute: () => Promise<T>): Promise<T | null> {
    const scope = new CancellationScope();
    scope.cancelRequested.catch(this.hurry);
    this.running = scope;
    try {
      return await scope.run(compute);
    } catch (error) {
      if (scope.consideredCancelled && endedByRequest(error)) return null;
      throw error;
    } finally {
      this.running = null;
    }
  }
}

/**
 * Whether work ended because its end was asked for: before it began, or in an attempt that failed and would have been tried again. The server
 * gives the same reason for failures that are never tried again; those are told by their type.
 */
export function endedByRequest(error: unknown): boolean {
  if (isCancellation(error)) return true;
  if (!(error instanceof ActivityFailure) || error.retryState !== 'CANCEL_REQUESTED') return false;
  return !(error.cause instanceof ApplicationFailure && isFatal(error.cause));
}
