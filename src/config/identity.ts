import { createHash } from 'node:crypto';

/**
 * Canonical JSON: keys sorted, no spaces, shortest round-trip numbers, -0 written as 0.
 * @throws TypeError for anything JSON cannot hold (NaN, infinities, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot hold ${value}`);
    return JSON.stringify(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** Identity of a run: SHA-256 (hex) over model and parameters, which hold everything that changes a row and nothing else. */
export function identityOf(model: string, params: unknown): string {
  return createHash('sha256').update(canonicalJson({ model, params })).digest('hex');
}
