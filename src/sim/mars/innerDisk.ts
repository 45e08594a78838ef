/** How the mass of the inner disk is spread over radius: Sigma ~ r^-slope between two radii, m. */
export interface DiskProfile {
  readonly inner: number;
  readonly outer: number;
  readonly slope: number;
}

/**
 * Surface density [kg m-2] at radius r [m] of a disk of so much mass [kg]; all of it in a narrow ring if the radii are equal
 * (eq. 55 of docs/physics.md).
 */
export function profileDensity(mass: number, r: number, { inner, outer, slope }: DiskProfile): number {
  if (slope === 0 && outer > inner) return mass / (Math.PI * (outer * outer - inner * inner));
  const p = 2 - slope;
  // Radii in units of r: powers of metres would overflow for steep slopes.
  const [a, b] = [inner / r, outer / r];
  const integral = p === 0 ? Math.log(b / a) : (b ** p - a ** p) / p;
  return mass / (2 * Math.PI * r * r * integral);
}
