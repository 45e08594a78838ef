import { packState, unpackState } from '../container.js';
import { StateError } from '../model.js';
import type { MarsState } from './state.js';
import { type StopCode, stopReasons } from './stops.js';

export const modelName = 'mars-disk';

/** Version of the encoded state; raise it with every change of fields and add a migration to `decodeState`. */
export const stateSchema = 1;

/** Scalars in the order in which they are stored. */
const scalarFields = [
  'time',
  'step',
  'steps',
  'rejected',
  'nextOutput',
  'rows',
  'stop',
  'thickBoundAt',
  'thickAt',
  'largestMassError',
] as const satisfies readonly (keyof MarsState)[];

export function encodeState(state: MarsState): Uint8Array {
  const scalars = scalarFields.map((field) => state[field]);
  return packState(modelName, { schema: stateSchema, scalars, arrays: [state.y, state.extrema] });
}

/** @throws StateError */
export function decodeState(bytes: Uint8Array): MarsState {
  const { scalars, arrays } = unpackState(modelName, stateSchema, bytes);
  if (scalars.length !== scalarFields.length || arrays.length !== 2) {
    throw new StateError(
      `the state holds ${scalars.length} numbers and ${arrays.length} arrays, ${scalarFields.length} and 2 were expected`,
    );
  }
  const [time, step, steps, rejected, nextOutput, rows, stop, thickBoundAt, thickAt, largestMassError] =
    scalars;
  const [y, extrema] = arrays;
  if (!(stop in stopReasons)) throw new StateError(`the state names an unknown stop, ${stop}`);
  return {
    time,
    step,
    steps,
    rejected,
    nextOutput,
    rows,
    stop: stop as StopCode,
    thickBoundAt,
    thickAt,
    largestMassError,
    y,
    extrema,
  };
}
