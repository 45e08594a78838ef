import type { Pcg64 } from '../numerics/pcg64.js';
import { G, marsMass, marsRadius } from './constants.js';

/** Kepler frequency at radius r [m] around Mars, s-1 (eq. 1 of docs/physics.md). */
export function orbitalFrequency(r: number): number {
  return Math.sqrt((G * marsMass) / (r * r * r));
}

export function orbitalPeriod(r: number): number {
  return (2 * Math.PI) / orbitalFrequency(r);
}

/** Kepler speed, m/s. */
export function keplerSpeed(r: number): number {
  return r * orbitalFrequency(r);
}

/** Eccentricities stay below this. */
const largestEccentricity = 0.999999;

const within = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

/** Eccentricity of an orbit through r [m] whose pericentre grazes the surface of Mars; 0 at and below it (eq. 2 of docs/physics.md). */
export function grazingEccentricity(r: number): number {
  return r <= marsRadius ? 0 : 1 - marsRadius / r;
}

/** Eccentricity of an orbit through r [m] whose pericentre clears the surface of Mars by `clearance` [m] (physics.md b, e_mode mars_clearance). */
export function clearanceEccentricity(r: number, clearance: number): number {
  return within(1 - (marsRadius + clearance) / r, 0, largestEccentricity);
}

/** A range from which one number is drawn. */
export interface Draw {
  readonly low: number;
  readonly high: number;
  readonly distribution: 'uniform' | 'loguniform';
}

export function drawn({ low, high, distribution }: Draw, random: Pcg64): number {
  if (distribution === 'uniform') return random.uniform(low, high);
  return Math.exp(random.uniform(Math.log(low), Math.log(high)));
}

/** Inclination [rad] drawn around the observed tilt, both in degrees, within [0, 90] (physics.md b, i_mode obs_tilt_spread). */
export function tiltedInclination(tilt: number, spread: number, random: Pcg64): number {
  const degrees = random.uniform(tilt - spread, tilt + spread);
  return within((degrees * Math.PI) / 180, 0, Math.PI / 2);
}
