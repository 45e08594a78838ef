import type { Switch } from '../crossing.js';
import { absent, type Unknowns } from '../unknowns.js';
import type { SupplyPlan } from './plan.js';

/** How far the scale of the feedback may pass a limit before it is taken back to it; far below every tolerance. */
const slack = 1e-10;

/** Something in the supply that depends on the state and must be met exactly by the end of a step. */
export interface SupplySwitch extends Switch {
  /** Whether the reservoir is used up with it. */
  readonly empties?: boolean;
  /** Puts the state at the end of that step exactly on it. @param before state at the beginning of the step */
  land(before: Float64Array, y: Float64Array): void;
}

/** The reservoir is used up. */
export function emptied({ reservoir }: SupplyPlan, unknowns: Unknowns): SupplySwitch {
  const { mass } = reservoir!;
  return {
    empties: true,
    value: (_, y) => y[unknowns.supplied] - mass,
    land: (before, y) => settle(unknowns, mass, before, y),
  };
}

/** The feedback's scale passes a limit. @param side -1 the lower one, 1 the upper one */
export function captured({ feedback }: SupplyPlan, { logScale }: Unknowns, side: -1 | 1): SupplySwitch {
  const limit = side > 0 ? feedback!.high : feedback!.low;
  return {
    value: (_, y) => side * (y[logScale] - limit) - slack,
    land(_, y) {
      y[logScale] = limit;
    },
  };
}

/**
 * Makes the supplied mass of a solution exactly what it must be. The difference, which the tolerance allows, is shared out among the masses
 * and ledgers that grew in the step, in proportion: where supplied mass went.
 *
 * @param mass kg m-2
 */
export function settle(unknowns: Unknowns, mass: number, before: Float64Array, y: Float64Array): void {
  const { supplied, logScale, size } = unknowns;
  const missing = mass - y[supplied];
  y[supplied] = mass;
  if (missing === 0) return;
  const growth = (x: number) => (x === supplied || x === logScale ? 0 : Math.max(y[x] - before[x], 0));
  let gross = 0;
  for (let x = 0; x < size; x++) gross += growth(x);
  if (gross === 0) return;
  const share = missing / gross;
  for (let x = 0; x < size; x++) y[x] += share * growth(x);
}

/** Whether a run's supplied mass is a known function of time that the solver only approximates. */
export function settles({ explicit }: SupplyPlan, { supplied }: Unknowns): boolean {
  return explicit && supplied !== absent;
}
