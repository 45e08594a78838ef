import { constantLaw, type SupplyLaw } from './law.js';
import { lawOfRate, type RateContext } from './lawOfRate.js';
import type { Supply } from './params.js';
import { limitedLaw, timeOfSupply } from './reservoir.js';
import { type TemperatureFactor, temperatureFactor } from './temperature.js';

/** What regulates the supply by optical depth: u = ln(scale), du/dt = speed (1 - tau/target), held at the limits of u (eq. 36 of docs/physics.md). */
export interface Feedback {
  readonly target: number;
  /** 1/s */
  readonly speed: number;
  readonly low: number;
  readonly high: number;
  readonly start: number;
}

/** Supply as far as it does not depend on the course of the run. */
export interface SupplyPlan {
  /** Rate as a function of time, kg m-2 s-1, before everything that follows; limited by the reservoir where that is known in advance. */
  readonly law: SupplyLaw;
  readonly factor: TemperatureFactor | null;
  readonly feedback: Feedback | null;
  /** Mass in the reservoir at the start, kg m-2, and the share below which the rate falls with what is left. */
  readonly reservoir: { readonly mass: number; readonly taper: number } | null;
  /** Drain of the deep buffer, 1/s (eq. 38 of docs/physics.md). */
  readonly drain: number | null;
  /** When the reservoir is used up, s, where time alone tells and it is used up at once; null if it never is. */
  readonly emptyAt: number | null;
  /** Whether the supplied mass is a known function of time. */
  readonly explicit: boolean;
  /** Whether the supplied mass is an unknown: it depends on the state, or the solver's quadrature of it is not exact. */
  readonly tracked: boolean;
}

const none: SupplyPlan = {
  law: constantLaw(0),
  factor: null,
  feedback: null,
  reservoir: null,
  drain: null,
  emptyAt: null,
  explicit: true,
  tracked: false,
};

/** @param area of the ring, m2; @param gated whether phases of the grains open and close the supply */
export function supplyPlan(
  supply: Supply | null,
  context: RateContext,
  area: number,
  gated: boolean,
): SupplyPlan {
  if (supply === null) return none;
  const factor = supply.temperature === undefined ? null : temperatureFactor(supply.temperature);
  const free = factor?.isRate ? constantLaw(1) : lawOfRate(supply.rate, context);
  const reservoir =
    supply.reservoir === undefined
      ? null
      : { mass: supply.reservoir.mass / area, taper: supply.reservoir.taper };
  const explicit = factor === null && supply.feedback === undefined && !gated;
  const law = explicit && reservoir !== null ? limitedLaw(free, reservoir.mass, reservoir.taper) : free;
  return {
    law,
    factor,
    feedback: supply.feedback === undefined ? null : feedbackOf(supply.feedback),
    reservoir,
    drain: supply.mixingTime === undefined ? null : 1 / supply.mixingTime,
    emptyAt: emptyAt(free, reservoir, explicit),
    explicit,
    tracked: !explicit || !law.linear,
  };
}

function emptyAt(law: SupplyLaw, reservoir: SupplyPlan['reservoir'], explicit: boolean): number | null {
  if (!explicit || reservoir === null || reservoir.taper > 0) return null;
  const time = timeOfSupply(law, reservoir.mass);
  return time === Number.POSITIVE_INFINITY ? null : time;
}

function feedbackOf(feedback: NonNullable<Supply['feedback']>): Feedback {
  const { target, gain, responseTime, min, max, initial } = feedback;
  const [low, high] = [Math.log(min), Math.log(max)];
  const start = Math.min(Math.max(Math.log(initial), low), high);
  return { target, speed: gain / responseTime, low, high, start };
}
