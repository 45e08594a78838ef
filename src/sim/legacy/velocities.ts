import { keplerSpeed } from '../mars/orbit.js';
import type { LegacyParams } from './params.js';

/** Eccentricity and inclination [rad] of the kernel. */
export interface Orbits {
  e: number;
  i: number;
}

type Blending = NonNullable<NonNullable<LegacyParams['supply']>['velocity']>;

/** Orbits of the supplied grains; absent: those of the ring. */
export function supplyOrbits(base: Orbits, blending: Blending | undefined): Orbits {
  if (blending === undefined) return base;
  const { of } = blending;
  return of.kind === 'fixed' ? { e: of.e, i: of.i } : { e: of.factor * base.e, i: of.factor * base.i };
}

/** Share of what is supplied within a step, of all that is there then. @param added kg m-2 */
export function supplyWeight(sigma: number, added: number, blending: Blending | undefined): number {
  if (blending?.weight === 'sigma_ratio') return Math.min(Math.max(added / Math.max(sigma, 1e-30), 0), 1);
  return added / (sigma + added + 1e-30);
}

/** Mean of both by weight w of the supply: of the squares, or linear. */
export function blended(base: number, supplied: number, w: number, blend: Blending['blend']): number {
  if (blend === 'linear') return (1 - w) * base + w * supplied;
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
