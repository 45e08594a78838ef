/** What the smallest fragment that impact energy can pay for depends on (physics.md e, after Krijt & Kama 2014). */
export interface SurfaceEnergy {
  /** Slope of dN/ds of the fragments, between 3 and 4. */
  readonly alpha: number;
  /** Surface energy, J/m2, and the share of the impact energy that makes surface. */
  readonly gamma: number;
  readonly efficiency: number;
  /** Size of the colliders, m, and the mass share of the largest fragment. */
  readonly collider: number;
  readonly largestShare: number;
  /** kg/m3 and m/s */
  readonly density: number;
  readonly speed: number;
}

/**
 * Smallest fragment size [m]: [(a-3)/(4-a) F s_m^(4-a)]^(1/(3-a)) with F = 1/s_0 + eta rho v^2/(24 gamma) and s_m = s_0 f^(1/3). The law
 * (eq. 56 of docs/physics.md) holds for 3 < a < 4 alone; elsewhere, and where it gives no size, the floor is 0.
 * @param largest the floor is not above it, m
 */
export function surfaceEnergyFloor(law: SurfaceEnergy, largest: number): number {
  const { alpha, gamma, efficiency, collider, largestShare, density, speed } = law;
  if (!(alpha > 3 && alpha < 4)) return 0;
  const F = 1 / collider + (efficiency * density * speed * speed) / (24 * gamma);
  const fragment = collider * Math.cbrt(largestShare);
  const base = ((alpha - 3) / (4 - alpha)) * F * fragment ** (4 - alpha);
  const floor = base ** (1 / (3 - alpha));
  return floor > 0 && Number.isFinite(floor) ? Math.min(floor, largest) : 0;
}
