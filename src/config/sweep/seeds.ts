import { createHash } from 'node:crypto';
import { canonicalJson } from '../identity.js';
import { comparableValues } from './points.js';
import type { Values } from './titles.js';

/** Seeds are positive and fit into 31 bits, as in the original. */
export const largestSeed = 2 ** 31 - 1;

/** Of a case's random numbers: from the sweep's seed and the values alone, so that other cases do not change it. */
export function seedOf(sweepSeed: number, values: Values): number {
  const text = canonicalJson([sweepSeed, comparableValues(values)]);
  return createHash('sha256').update(text).digest().readUInt32BE(0) & largestSeed;
}
