import type { MarsParams } from './params.js';

/**
 * Catastrophic disruption threshold Q*_D(s, v), J/kg (Benz & Asphaug 1999, form; Leinhardt & Stewart 2012, mu_grav;
 * eq. 21 of docs/physics.md):
 * Qs s^-a_s + B rho s^b_g, the two terms linear in v between reference speeds; outside them the end's coefficients, the gravity term times
 * (v/v_end)^(2 - 3 mu).
 *
 * @param s radius of the larger body, m
 * @param v impact speed, m/s
 * @param density kg/m3
 */
export function disruptionThreshold(
  strength: MarsParams['strength'],
  s: number,
  v: number,
  density: number,
): number {
  const { velocities, muGrav } = strength;
  const last = velocities.length - 1;
  const speed = v / 1000;
  if (speed <= velocities[0] || speed >= velocities[last]) {
    const end = speed <= velocities[0] ? 0 : last;
    const [material, gravity] = terms(strength, end, s, density);
    return material + gravity * (speed / velocities[end]) ** (2 - 3 * muGrav);
  }
  let i = 0;
  while (velocities[i + 1] < speed) i++;
  const w = (speed - velocities[i]) / (velocities[i + 1] - velocities[i]);
  const [materialLow, gravityLow] = terms(strength, i, s, density);
  const [materialHigh, gravityHigh] = terms(strength, i + 1, s, density);
  return materialLow + w * (materialHigh - materialLow) + (gravityLow + w * (gravityHigh - gravityLow));
}

/** Strength and gravity term at a reference speed, J/kg. */
function terms(strength: MarsParams['strength'], i: number, s: number, density: number): [number, number] {
  const [Qs, aS, B, bG] = strength.coefficients[i];
  if (strength.units === 'si') return [Qs * s ** -aS, B * density * s ** bG];
  const cm = 100 * s;
  return [1e-4 * Qs * cm ** -aS, 1e-4 * B * (density / 1000) * cm ** bG];
}
