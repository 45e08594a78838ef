import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';

/** Mars masses: at the start, booked as lost, and what the original calls their difference. */
export function massBooks({ sigma0, toMarsMasses }: LegacyDisk, { blown, sunk }: LegacyState) {
  const initial = sigma0 * toMarsMasses;
  const lost = blown + sunk;
  const remaining = initial - lost;
  // Nothing but rounding (Z12).
  const difference = remaining + lost - initial;
  return { initial, lost, remaining, difference };
}

/** Relative error of the mass budget of a step as the original measures it: that which the collision step has accepted (physics.md l). */
export function massBudgetError(disk: LegacyDisk, state: LegacyState, { massError }: Frame): number {
  const { initial, difference } = massBooks(disk, state);
  return Math.max(massError, initial > 0 ? Math.abs(difference / initial) : 0);
}
