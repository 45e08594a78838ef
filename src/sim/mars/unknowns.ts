/**
 * Where everything is in the vector of unknowns y: the masses of the size scheme, then what the supply adds to the coupled unknowns, then
 * the ledgers. Positions of unknowns that a run does not have are `absent`.
 */
export interface Unknowns {
  /** Mass unknowns of the size scheme, kg m-2, first in y. */
  readonly masses: number;
  /** Unknowns that are solved together. */
  readonly coupled: number;
  /** Ledgers: mass blown out and sublimed since the start, kg m-2. */
  readonly blownOut: number;
  readonly sublimed: number;
  readonly size: number;
}

export const absent = -1;

export function unknownsOf(masses: number): Unknowns {
  return { masses, coupled: masses, blownOut: masses, sublimed: masses + 1, size: masses + 2 };
}

/** How much of each unknown is in the total that only the supply changes. */
export function weightsOf({ size }: Unknowns): Float64Array {
  return new Float64Array(size).fill(1);
}
