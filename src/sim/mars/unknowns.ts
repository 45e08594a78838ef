import type { SupplyPlan } from './supply/plan.js';

/**
 * Where everything is in the vector of unknowns y: the masses of the size scheme, then what the supply adds to the coupled unknowns, then
 * the ledgers. Positions of unknowns that a run does not have are `absent`.
 */
export interface Unknowns {
  /** Mass unknowns of the size scheme, kg m-2, first in y. */
  readonly masses: number;
  /** Deep buffer, kg m-2. */
  readonly deep: number;
  /** Logarithm of the feedback's scale. */
  readonly logScale: number;
  /** Mass supplied since the start, kg m-2; coupled when the rate depends on it, else a ledger; absent where time tells it exactly. */
  readonly supplied: number;
  /** Unknowns that are solved together. */
  readonly coupled: number;
  /** Ledgers: mass blown out and sublimed since the start, kg m-2. */
  readonly blownOut: number;
  readonly sublimed: number;
  /** Ledgers of other sinks: mass dragged away by gas and escaped as vapour, kg m-2. */
  readonly dragged: number;
  readonly escaped: number;
  readonly size: number;
}

export const absent = -1;

/** @param sinks those that a run has besides blow-out and sublimation */
export function unknownsOf(
  masses: number,
  supply: SupplyPlan,
  sinks: { readonly drag: boolean; readonly escape: boolean },
): Unknowns {
  let next = masses;
  const place = (there: boolean) => (there ? next++ : absent);
  const deep = place(supply.drain !== null);
  const logScale = place(supply.feedback !== null);
  const feedsBack = !supply.explicit && supply.reservoir !== null && supply.reservoir.taper > 0;
  const coupledSupply = place(feedsBack);
  const coupled = next;
  const blownOut = next++;
  const sublimed = next++;
  const supplied = feedsBack ? coupledSupply : place(supply.tracked);
  const dragged = place(sinks.drag);
  const escaped = place(sinks.escape);
  return {
    ...{ masses, deep, logScale, supplied, coupled },
    ...{ blownOut, sublimed, dragged, escaped, size: next },
  };
}

/** Which unknowns are in the total that only what reaches the surface changes: the masses and what they lost. */
export function weightsOf({ size, masses, blownOut, sublimed, dragged, escaped }: Unknowns): Float64Array {
  const weights = new Float64Array(size).fill(1, 0, masses);
  for (const ledger of [blownOut, sublimed, dragged, escaped]) if (ledger !== absent) weights[ledger] = 1;
  return weights;
}
