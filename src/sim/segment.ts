import type { Model, RowSink } from './model.js';

/** A run in progress: something that takes one step at a time. */
export interface Stepper<State> {
  /** Its own, changed by every step. */
  readonly state: State;
  /** Model time reached, s. */
  readonly time: number;
  readonly done: boolean;
  /** Before the first step here: at the start of the run, its rows and stops. */
  begin(): void;
  /** Takes one accepted step and hands its rows to the sink. */
  step(): void;
}

/**
 * A model's `advance`: until the run is done, until the first step that ends at or after `boundary`, or until `stop` says so between two steps.
 * The boundary is only looked at, never met: where a segment ends cannot change what is computed.
 *
 * @param open a run that goes on from a state and leaves that as it is
 */
export function advancing<Params, State>(
  open: (params: Params, state: State, sink: RowSink) => Stepper<State>,
): Model<Params, State>['advance'] {
  return (state, params, boundary, stop, sink) => {
    const run = open(params, state, sink);
    run.begin();
    while (!run.done && run.time < boundary) {
      run.step();
      if (stop(run.state)) break;
    }
    return run.state;
  };
}
