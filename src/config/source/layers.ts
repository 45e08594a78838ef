import { keyNamed, sections } from '../keys/index.js';
import type { Entry } from './entry.js';

/**
 * Lays layers over each other, and over `onto`, which stays as it is: later entries win; a section set to null forgets what earlier layers said below it.
 * An empty section of the file itself ("autogenerate:") says nothing and disappears, except `optical_depth`: null leaves the
 * mass of the ring to other keys.
 */
export function overlay(
  layers: readonly (readonly Entry[])[],
  onto: ReadonlyMap<string, Entry> = new Map(),
): Map<string, Entry> {
  const merged = new Map(onto);
  for (const entry of layers.flat()) {
    const below = `${entry.name}.`;
    for (const name of merged.keys()) {
      if (name.startsWith(below)) merged.delete(name);
    }
    // A map says something about a section again, so an earlier null of that section no longer holds.
    for (const section of sectionsAbove(entry.name)) {
      if (merged.get(section)?.value === null) merged.delete(section);
    }
    merged.delete(entry.name);
    const empty = entry.value === null && sections.has(entry.name) && entry.name !== 'optical_depth';
    if (!empty) merged.set(entry.name, entry);
  }
  return merged;
}

function sectionsAbove(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, depth) => parts.slice(0, depth + 1).join('.'));
}

/** Names are split once: sweeps nest the same ones for thousands of cases. */
const paths = new Map<string, readonly string[]>();

function pathOf(name: string): readonly string[] {
  const known = paths.get(name);
  if (known !== undefined) return known;
  const path = name.split('.');
  // Names that are no keys come from the user, without end.
  if (keyNamed.has(name)) paths.set(name, path);
  return path;
}

/** The nested object that the entries describe; entries below something that is no section are left out. */
export function nested(entries: Iterable<Pick<Entry, 'name' | 'value'>>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { name, value } of entries) {
    const path = pathOf(name);
    let branch: Record<string, unknown> | null = root;
    for (let i = 0; i < path.length - 1; i++) branch = sectionBelow(branch, path[i]!);
    if (branch !== null) define(branch, path[path.length - 1]!, value);
  }
  return root;
}

/** Plain assignment would lose a key called __proto__ instead of letting the schema refuse it. */
function define(branch: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') branch[name] = value;
  else Object.defineProperty(branch, name, { value, enumerable: true, configurable: true, writable: true });
}

function sectionBelow(branch: Record<string, unknown> | null, name: string): Record<string, unknown> | null {
  if (branch === null) return null;
  if (!Object.hasOwn(branch, name)) define(branch, name, {});
  const next = branch[name];
  return typeof next === 'object' && next !== null && !Array.isArray(next)
    ? (next as Record<string, unknown>)
    : null;
}
