import type { LegacyParams } from './params.js';

export type PhaseRule = NonNullable<LegacyParams['phase']>;

/** Share of vapour from which on a ring counts as vapour, and shares of melt that make its bulk liquid or solid. */
const vapourFrom = 0.5;
const liquidFrom = 0.95;
const solidUpTo = 0.05;

/** Codes of the columns phase_state and phase_bulk_state. */
export const phaseStates = ['solid', 'vapor'] as const;
export const bulkStates = ['solid_dominated', 'mixed', 'liquid_dominated'] as const;

/**
 * Share of vapour by the thresholds of physics.md h.
 * @param T of the grains or of Mars, K; @param tau optical depth that damps it
 */
export function vapourShare(rule: PhaseRule, T: number, tau: number): number {
  const { condense, referencePressure, gasPressure, referenceTau } = rule;
  const vaporize = Math.max(rule.vaporize, condense + 1);
  if (T <= condense) return 0;
  if (T >= vaporize) return 1;
  let share = (T - condense) / (vaporize - condense);
  if (referencePressure > 0) share /= 1 + gasPressure / referencePressure;
  share /= 1 + tau / referenceTau;
  return Math.min(Math.max(share, 0), 1);
}

export const stateOf = (share: number): 0 | 1 => (share >= vapourFrom ? 1 : 0);

export const bulkOf = (liquid: number): 0 | 1 | 2 => (liquid >= liquidFrom ? 2 : liquid <= solidUpTo ? 0 : 1);
