import { type PhiTable, shieldingAt } from '../mars/shielding.js';
import type { LegacyParams } from './params.js';

type Rule = NonNullable<LegacyParams['shielding']>;

/** Nodes of the original's own table at w0 = g = 0, where Phi = exp(-tau) (physics.md j). */
const nodes = [0, 0.2, 0.4, 0.6, 0.8, 1, 2, 5, 10];
export const builtIn: PhiTable = { depths: nodes, values: nodes.map((tau) => Math.exp(-tau)) };

const tableOf = ({ phi }: Rule): PhiTable => (phi.kind === 'table' ? phi : builtIn);

/** Phi at the start: 1 unless the user gives a table (Y2). */
export function phiAtStart(rule: Rule | undefined, tau: number): number {
  return rule?.phi.kind === 'table' ? shieldingAt(rule.phi, tau) : 1;
}

/** Shielding inside the loop. */
export interface Shielded {
  phi: number;
  /** kg m-2 */
  tau1: number;
}

/** @param opacity m2/kg; @param tau in the line of sight; @param opacity0 effective opacity of the start, m2/kg */
export function shield(
  rule: Rule | undefined,
  opacity: number,
  tau: number,
  opacity0: number,
  out: Shielded,
): void {
  if (rule === undefined) {
    out.phi = 1;
    out.tau1 = 1 / opacity;
    return;
  }
  const fixed = rule.mode === 'fixed_tau1';
  out.phi = shieldingAt(tableOf(rule), fixed ? rule.tau : tau);
  if (!fixed) out.tau1 = 1 / (out.phi * opacity);
  else if (typeof rule.surfaceDensity === 'number') out.tau1 = rule.surfaceDensity;
  else out.tau1 = ((rule.surfaceDensity === 'auto_max' ? 1 + rule.margin : 1) * rule.tau) / opacity0;
}
