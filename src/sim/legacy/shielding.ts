import type { LegacyParams } from './params.js';

type Table = NonNullable<LegacyParams['shielding']>;

/** Nodes of the original's own table at w0 = g = 0, where Phi = exp(-tau) (physics.md j). */
const nodes = [0, 0.2, 0.4, 0.6, 0.8, 1, 2, 5, 10];

/** Phi(tau) that acts where no table is given; not at the start (Y2). */
export const builtInShielding = (): Table => ({
  taus: [...nodes],
  values: nodes.map((tau) => Math.exp(-tau)),
  atStart: false,
});

/** Phi(tau), linear between nodes, ends held, within 0..1. */
export function shieldingFactor({ taus, values }: Table, tau: number): number {
  const last = taus.length - 1;
  if (!(tau > taus[0])) return limit(values[0]);
  if (tau >= taus[last]) return limit(values[last]);
  let i = 0;
  while (taus[i + 1] <= tau) i++;
  const slope = (values[i + 1] - values[i]) / (taus[i + 1] - taus[i]);
  return limit(slope * (tau - taus[i]) + values[i]);
}

const limit = (phi: number) => Math.min(Math.max(phi, 0), 1);
