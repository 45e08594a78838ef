import { createHash } from 'node:crypto';
import { canonicalJson } from '../identity.js';

/** SHA-256 (hex) over titles and identities of the cases, in order. */
export function sweepIdentity(
  cases: readonly { readonly title: string; readonly spec: { readonly identity: string } }[],
): string {
  const hash = createHash('sha256');
  for (const { title, spec } of cases) hash.update(`${canonicalJson([title, spec.identity])}\n`);
  return hash.digest('hex');
}
