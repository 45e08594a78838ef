import type { LegacyParams } from './params.js';

/** What becomes of supplied mass in one step; rates in kg m-2 s-1. */
export interface Routed {
  /** Reaches the surface. */
  readonly applied: number;
  /** Of the rate that came in, what did not reach the surface. */
  readonly diverted: number;
  readonly intoDeep: number;
  /** Of `applied`, what came from the deep buffer. */
  readonly fromDeep: number;
  /** Deep buffer behind the step, kg m-2. */
  readonly deep: number;
}

/** @param headroom mass that the surface may still take, kg m-2; Infinity: any. @param spill what exceeds it is applied all the same */
export interface RoutingRule {
  readonly mode: 'direct' | 'deep_mixing';
  /** s; null: the deep buffer keeps what it has. */
  readonly mixingTime: number | null;
  readonly headroom: number;
  readonly spill: boolean;
}

/** Sends supply to the surface, directly or by way of the deep buffer (physics.md i and Y, units). */
export function route(rule: RoutingRule, rate: number, deep: number, dt: number): Routed {
  const room = rule.spill ? Number.POSITIVE_INFINITY : rule.headroom / dt;
  const direct = rule.mode === 'direct' ? Math.min(rate, room) : 0;
  const intoDeep = rate - direct;
  const filled = deep + intoDeep * dt;
  // In direct mode only what was there before drains.
  const source = rule.mode === 'direct' ? deep : filled;
  const draining = rule.mixingTime === null ? 0 : Math.min((source * dt) / rule.mixingTime, source) / dt;
  const fromDeep = Math.min(draining, room - direct);
  const applied = direct + fromDeep;
  return {
    applied,
    diverted: Math.max(rate - applied, 0),
    intoDeep,
    fromDeep,
    deep: filled - fromDeep * dt,
  };
}

/** The surface takes any mass: limits are switched off in the original (Z11). */
export function routingOf({ supply }: LegacyParams): RoutingRule {
  const mixingTime = supply?.mixingTime ?? null;
  const mode = mixingTime === null ? 'direct' : 'deep_mixing';
  return { mode, mixingTime, headroom: Number.POSITIVE_INFINITY, spill: false };
}
