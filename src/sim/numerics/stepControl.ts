import type { ErrorNorm } from './errorNorm.js';
import type { Rosenbrock } from './rosenbrock.js';

/** Smallest and largest change of the step length in one go, and the share of the predicted length that is used. */
const shrink = 0.2;
const grow = 5;
const safety = 0.9;

/** First trial step, s: far below every time-scale of the disk, and the control enlarges it five-fold per step. */
export const firstStep = 1e-6;

/**
 * Factor from an error norm (1 = at tolerance) to the next step length, clip(0.9 err^(-1/order), 0.2, 5) (eq. 46 of docs/physics.md).
 * exp and log rather than a power: engines differ in the last bit of powers.
 */
export function stepFactor(error: number, order: number): number {
  if (error === 0) return grow;
  return Math.min(Math.max(safety * Math.exp(-Math.log(error) / order), shrink), grow);
}

/** A tried step: whether it is good enough, and the factor from its length to the next. */
export interface Verdict {
  readonly accepted: boolean;
  readonly factor: number;
}

/**
 * Tries a step of length h from (t, y), which `solver.prepare` and `norm.start` have seen. Refused are steps that are not finite, that miss
 * the tolerance, or that leave a bin below zero by more than its floor (spec/resolved.md 2.4, 2.5).
 */
export function tryStep(solver: Rosenbrock, norm: ErrorNorm, t: number, y: Float64Array, h: number): Verdict {
  if (!solver.attempt(t, y, h)) return { accepted: false, factor: shrink };
  const error = norm.of(y, solver.solution, solver.error);
  if (!Number.isFinite(error)) return { accepted: false, factor: shrink };
  const factor = stepFactor(error, solver.tableau.order);
  if (norm.negative(y, solver.solution)) return { accepted: false, factor: Math.min(factor, 0.5) };
  return { accepted: error <= 1, factor };
}

/**
 * Length to use when `remaining` is left to the next time that must be met: all of it, half of it (so that no sliver stays), or h.
 */
export function fitStep(h: number, remaining: number): number {
  if (h >= remaining) return remaining;
  return 2 * h > remaining ? remaining / 2 : h;
}

/** Proposed length after an accepted step; a step that was shortened to fit says nothing in favour of a longer one. */
export function proposeStep(h: number, used: number, factor: number): number {
  if (used === h) return h * factor;
  return factor >= 1 ? h : Math.min(h, used * factor);
}
