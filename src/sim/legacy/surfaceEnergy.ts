import type { LegacyParams } from './params.js';

/**
 * Smallest fragment whose surface the energy of an impact pays for, m (physics.md e; Krijt & Kama 2014, form). 0 where the slope of the
 * sizes or the figures allow none.
 * @param v impact speed at pericentre, m/s
 */
export function surfaceEnergyFloor(
  rule: NonNullable<LegacyParams['surfaceEnergy']>,
  largest: number,
  density: number,
  v: number,
): number {
  const { alpha, gamma, eta, collider, largestFragment } = rule;
  if (!(alpha > 3 && alpha < 4)) return 0;
  const s0 = collider ?? largest;
  const energy = 1 / s0 + (eta * density * v * v) / (24 * gamma);
  const biggest = s0 * Math.cbrt(largestFragment);
  const prefactor = (alpha - 3) / (4 - alpha);
  const inside = prefactor * energy * Math.exp((4 - alpha) * Math.log(biggest));
  const size = Math.exp(Math.log(inside) / (3 - alpha));
  return Number.isFinite(size) ? Math.min(size, largest) : 0;
}
