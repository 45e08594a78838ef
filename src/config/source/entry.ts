import { keyNamed, sections } from '../keys/index.js';
import type { Origin } from '../runSpec.js';

/** Where a value stands: a position in the file, or the words the user typed elsewhere. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `command line: KEY=VALUE`, `environment: NAME` */
  readonly typed?: string;
}

/** One value as some layer gives it. */
export interface Entry {
  readonly name: string;
  readonly value: unknown;
  readonly origin: Origin;
  readonly place: Place;
}

/**
 * The present name of a path: entries of a `physics:` block count as if they stood at the root, and `mode` at the root is
 * `physics_mode` (both are habits of existing files).
 */
export function presentName(path: readonly string[]): string {
  const inner = path.length > 1 && path[0] === 'physics' ? path.slice(1) : path;
  if (inner.length === 1 && inner[0] === 'mode') return 'physics_mode';
  return inner.join('.');
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Splits a value into entries, one per key; what belongs to no key becomes an entry of its own, to be refused later. */
export function entriesOf(
  value: unknown,
  path: readonly string[],
  origin: Origin,
  placeOf: (path: readonly string[]) => Place,
): Entry[] {
  const name = presentName(path);
  const known = keyNamed.has(name);
  const opens = path.length === 0 || name === 'physics' || sections.has(name);
  if (!known && opens && isMap(value)) {
    return Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, [...path, key], origin, placeOf));
  }
  return [{ name, value, origin, place: placeOf(path) }];
}
