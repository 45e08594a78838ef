import { createHash } from 'node:crypto';
import { type Draw, drawn } from '../../sim/mars/orbit.js';
import { Pcg64 } from '../../sim/numerics/pcg64.js';
import { canonicalJson } from '../identity.js';
import type { Settings } from '../settings.js';

const seedKey = 'dynamics.rng_seed';

/** Seeds are below this, as in the original. */
const seeds = 2 ** 31;

/** Whether a configuration asks for random numbers. */
export function draws(settings: Settings): boolean {
  return (
    settings.text('dynamics.e_mode') === 'mars_clearance' ||
    settings.text('dynamics.i_mode') === 'obs_tilt_spread'
  );
}

/** First 8 hexadecimal digits of the SHA-256 of what the ring is, below 2^31 (physics.md b). */
function derivedSeed(basis: unknown): number {
  return createHash('sha256').update(canonicalJson(basis)).digest().readUInt32BE(0) % seeds;
}

/** The generator of a configuration; null when nothing is drawn. @param basis what a seed that is not given is derived from */
export function generator(settings: Settings, basis: unknown): Pcg64 | null {
  const given = settings.maybeNumber(seedKey);
  if (!draws(settings)) {
    if (given !== null) {
      settings.warn(
        `${seedKey} = ${given} is not used: nothing is drawn with dynamics.e_mode and i_mode fixed`,
      );
    }
    return null;
  }
  const seed = given ?? derivedSeed(basis);
  if (given === null) settings.decide(seedKey, seed, 'derived');
  return new Pcg64(seed);
}

/** A clearance above Mars, m, from the keys; null when they cannot be used. */
export function clearance(settings: Settings, random: Pcg64): number | null {
  const why = 'is required with dynamics.e_mode mars_clearance';
  const low = settings.number('dynamics.dr_min_m', why);
  const high = settings.number('dynamics.dr_max_m', why);
  const distribution = settings.text<Draw['distribution']>('dynamics.dr_dist');
  if (low > high) settings.refuseValue('dynamics.dr_min_m', `must be <= dynamics.dr_max_m = ${high} [m]`);
  if (distribution === 'loguniform' && low === 0)
    settings.refuseValue('dynamics.dr_min_m', 'must be > 0 with dynamics.dr_dist loguniform');
  const dr = drawn({ low, high, distribution }, random);
  return Number.isFinite(dr) ? dr : null;
}
