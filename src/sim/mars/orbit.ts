import { G, marsMass } from './constants.js';

/** Kepler frequency at radius r [m] around Mars, s-1. */
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
