import { createHash } from 'node:crypto';
import { durationPattern, inSeconds } from './durations.js';
import { keys } from './keys/index.js';

/**
 * Canonical JSON: keys sorted, no spaces, shortest round-trip numbers, -0 written as 0.
 * @throws TypeError for anything JSON cannot hold (NaN, infinities, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    // JSON.stringify already writes the shortest number that reads back, and -0 as 0.
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot hold ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value}`);
}

/** Texts of tables that many configurations share. */
const texts = new WeakMap<readonly unknown[], string>();

function canonicalList(list: readonly unknown[]): string {
  const known = texts.get(list);
  if (known !== undefined) return known;
  const text = `[${list.map(canonicalJson).join(',')}]`;
  // Only what can never change again may be remembered.
  if (list.length > 100 && Object.isFrozen(list) && list.every((item) => typeof item === 'number')) {
    texts.set(list, text);
  }
  return text;
}

/** Identity of a run: SHA-256 (hex) over model and parameters, which hold everything that changes a row and nothing else. */
export function identityOf(model: string, params: unknown): string {
  return createHash('sha256').update(canonicalJson({ model, params })).digest('hex');
}

/** A key whose value differs between two configurations; `undefined` means that one of them does not have it. */
export interface Difference {
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Configuration = Readonly<Record<string, unknown>>;

function valueAt(configuration: Configuration, name: string): unknown {
  let value: unknown = configuration;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** `1 yr` and `365.25 d` are the same value of a key that counts time. */
export function comparable(value: unknown, unit: string): string {
  const timed = unit === 'yr' || unit === 's';
  const span = timed && typeof value === 'string' && durationPattern.test(value);
  const timeless = timed && typeof value === 'number' && Number.isFinite(value);
  return canonicalJson(
    span || timeless ? inSeconds(value as string | number, unit as 'yr' | 's') : (value ?? null),
  );
}

/**
 * Keys that tell two resolved configurations apart, in the order of the reference page. Keys without influence on results (output
 * paths, cadence of checkpoints, execution, dead keys) are left out.
 */
export function differences(before: Configuration, after: Configuration): Difference[] {
  return keys
    .filter((key) => key.status === 'active' && key.becomes.startsWith('params'))
    .map((key) => ({ key, before: valueAt(before, key.name), after: valueAt(after, key.name) }))
    .filter((pair) => comparable(pair.before, pair.key.unit) !== comparable(pair.after, pair.key.unit))
    .map((pair) => ({ key: pair.key.name, before: pair.before, after: pair.after }));
}
