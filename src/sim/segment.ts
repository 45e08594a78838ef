/** A run in progress: something that takes one step at a time. */
export interface Stepper {
  /** Model time reached, s. */
  readonly time: number;
  readonly done: boolean;
  /** Takes one accepted step and hands its rows to the sink. */
  step(): void;
}

/**
 * The loop of a segment: until the run is done, until the first step that ends at or after `boundary`, or until `stop()` says so between
 * two steps. The boundary is only looked at, never met: where a segment ends cannot change what is computed.
 */
export function runSegment(run: Stepper, boundary: number, stop: () => boolean): void {
  while (!run.done && run.time < boundary) {
    run.step();
    if (stop()) return;
  }
}
