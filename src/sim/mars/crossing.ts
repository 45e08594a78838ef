import type { DenseOutput } from '../numerics/denseOutput.js';
import { bisect } from '../numerics/root.js';

/** Where inside a step the switch functions are looked at: they are not monotone. */
const looks = [0.25, 0.5, 0.75, 1];

/** Width of the bracket of a crossing, as a share of the step. */
const sharpness = 1e-12;

export interface Switch {
  /** Positive once the switch has been passed. */
  value(t: number, y: Float64Array): number;
}

export interface Crossing<S> {
  /** Where in the step, as a share of it. */
  readonly theta: number;
  readonly of: S;
}

/**
 * The first of several switches that is passed inside a step, found on the dense output.
 *
 * @param work holds solutions inside the step
 */
export function firstCrossing<S extends Switch>(
  switches: readonly S[],
  t: number,
  h: number,
  dense: DenseOutput,
  work: Float64Array,
): Crossing<S> | null {
  let first: Crossing<S> | null = null;
  for (const each of switches) {
    const value = (theta: number) => {
      dense.at(theta, work);
      return each.value(t + theta * h, work);
    };
    let before = 0;
    for (const theta of looks) {
      if (first !== null && before >= first.theta) break;
      if (value(theta) > 0) {
        const root = bisect(value, before, theta, sharpness);
        if (first === null || root < first.theta) first = { theta: root, of: each };
        break;
      }
      before = theta;
    }
  }
  return first;
}
