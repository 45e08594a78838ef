import { clip } from './cells.js';
import { grainTemperatureRatio } from './sublimation.js';

/** Thresholds of the phase of the grains (physics.md h). */
export interface PhaseThresholds {
  /** All solid up to this temperature, K. */
  readonly condense: number;
  /** All vapour from this temperature on, K; at least one kelvin above `condense`. */
  readonly vaporize: number;
  /** Pressure that halves the vapour between the thresholds, bar; 0: pressure has no influence. */
  readonly referencePressure: number;
  /** Line-of-sight optical depth that halves it; null: it has no influence. */
  readonly referenceTau: number | null;
}

/** Vapour fraction from which on the grains count as vapour, and as (liquid) melt throughout. */
export const vapourFrom = 0.5;
export const liquidFrom = 0.95;
/** Up to this fraction the bulk is solid. */
export const solidUpTo = 0.05;

/** T_p/T_M of grains that absorb with the efficiency q_abs at radius r: q_abs^(1/4) sqrt(R_M/(2 r)) (eq. 27 of docs/physics.md). */
export function particleTemperatureRatio(absorption: number, r: number): number {
  return Math.sqrt(Math.sqrt(absorption)) * grainTemperatureRatio(r);
}

/** Temperature from which on there is vapour only, K. */
export function allVapourFrom({ condense, vaporize }: PhaseThresholds): number {
  return Math.max(vaporize, condense + 1);
}

/** 1 + P/P_ref. @param pressure Pa */
export function pressureDamping({ referencePressure }: PhaseThresholds, pressure: number): number {
  return referencePressure > 0 ? 1 + pressure / 1e5 / referencePressure : 1;
}

/**
 * Vapour fraction f: 0 up to T_condense, 1 from T_vaporize on, between them linear in T and damped by pressure and optical depth
 * (eq. 39 of docs/physics.md).
 *
 * @param T the temperature that the thresholds are compared with, K
 * @param pressure of the ambient gas, Pa
 * @param tau line-of-sight optical depth
 */
export function vapourFraction(
  thresholds: PhaseThresholds,
  T: number,
  pressure: number,
  tau: number,
): number {
  const { condense, referenceTau } = thresholds;
  if (T <= condense) return 0;
  const top = allVapourFrom(thresholds);
  if (T >= top) return 1;
  const byTau = referenceTau === null ? 1 : 1 + tau / referenceTau;
  const share = (T - condense) / (top - condense);
  return clip(share / pressureDamping(thresholds, pressure) / byTau, 0, 1);
}

export type PhaseState = 'solid' | 'vapor';
export type BulkState = 'solid_dominated' | 'mixed' | 'liquid_dominated';

export function phaseState(fraction: number): PhaseState {
  return fraction >= vapourFrom ? 'vapor' : 'solid';
}

/** The vapour fraction stands for the liquid one here, as in the original. */
export function bulkState(fraction: number): BulkState {
  if (fraction >= liquidFrom) return 'liquid_dominated';
  return fraction <= solidUpTo ? 'solid_dominated' : 'mixed';
}
