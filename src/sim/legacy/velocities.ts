import { keplerSpeed } from '../mars/orbit.js';
import { PhysicsError } from '../model.js';
import type { LegacyParams } from './params.js';

/** Eccentricity and inclination [rad] of the kernel. */
export interface Orbits {
  e: number;
  i: number;
}

type Blending = NonNullable<NonNullable<LegacyParams['supply']>['velocity']>;

/**
 * Orbits of the ring: those given, or stirred by wakes in balance with collisions, e = sqrt(f_wake tau/0.75), i = e/2 (physics.md f).
 * @throws PhysicsError where orbits at pericentre would be open
 */
export function ringOrbits(params: LegacyParams, tau: number, out: Orbits): void {
  out.e = params.eccentricity;
  out.i = params.inclination;
  if (params.wake === undefined) return;
  out.e = Math.max(Math.sqrt((params.wake * tau) / 0.75), 1e-8);
  out.i = 0.5 * out.e;
  if (out.e >= 1 && params.relativeVelocity === 'pericenter') {
    throw new PhysicsError(
      `dynamics.kernel_ei_mode wyatt_eq: e = ${out.e} at tau = ${tau} is no ellipse; use dynamics.v_rel_mode=ohtsuki, or a lower optical_depth.tau0_target`,
    );
  }
}

/** Share of what is supplied within a step, of all that is there then. @param added kg m-2 */
export function supplyWeight(sigma: number, added: number, blending: Blending | undefined): number {
  if (blending?.weight === 'sigma_ratio') return Math.min(Math.max(added / Math.max(sigma, 1e-30), 0), 1);
  return added / (sigma + added + 1e-30);
}

/** Orbits with those of the supplied grains blended in by their weight. */
export function blend(base: Orbits, blending: Blending | undefined, w: number, out: Orbits): void {
  if (blending === undefined) {
    out.e = base.e;
    out.i = base.i;
    return;
  }
  const { of } = blending;
  const [e, i] = of.kind === 'fixed' ? [of.e, of.i] : [of.factor * base.e, of.factor * base.i];
  out.e = mean(base.e, e, w, blending.blend);
  out.i = mean(base.i, i, w, blending.blend);
}

/** Of the squares, or linear. */
function mean(base: number, supplied: number, w: number, how: Blending['blend']): number {
  if (how === 'linear') return (1 - w) * base + w * supplied;
  return Math.sqrt((1 - w) * base * base + w * supplied * supplied);
}

/** Impact speed, m/s: at pericentre, or the random speed of Ohtsuki et al. (2002). */
export function impactSpeed(params: LegacyParams, { e, i }: Orbits): number {
  const v = keplerSpeed(params.radius);
  if (params.relativeVelocity === 'ohtsuki') return v * Math.sqrt(1.25 * e * e + i * i);
  return v * Math.sqrt((1 + e) / Math.max(1 - e, 1e-8));
}

/** Scale height of the ring, m. */
export function heightOf({ scaleHeight: rule, radius }: LegacyParams, { i }: Orbits): number {
  const H = rule.kind === 'inclination' ? rule.factor * i * radius : rule.overRadius * radius;
  return Math.max(H, 1e-12);
}
