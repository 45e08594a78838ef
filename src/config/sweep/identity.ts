import { createHash } from 'node:crypto';
import { canonicalJson } from '../identity.js';
import type { SweepCase } from './sweepSpec.js';

/** SHA-256 (hex) over titles and identities of the cases, in order. */
export function sweepIdentity(cases: readonly Pick<SweepCase, 'title' | 'spec'>[]): string {
  const hash = createHash('sha256');
  for (const { title, spec } of cases) hash.update(`${canonicalJson([title, spec.identity])}\n`);
  return hash.digest('hex');
}
