import type { z } from 'zod';

/** One key of the configuration: everything that anybody says about it is derived from this record. */
export interface Key {
  /** Dotted name, as in the original program. */
  readonly name: string;
  readonly type: z.ZodType;
  /** Value when the key is absent. `undefined`: it must be given where the run needs it. */
  readonly default: unknown;
  /** '' for pure numbers and words. */
  readonly unit: string;
  readonly meaning: string;
  /**
   * active: decides something. dead: accepted, without effect, and named in a warning when set. refused: would change the
   * result but does not exist yet, so only its neutral value is accepted.
   */
  readonly status: 'active' | 'dead' | 'refused';
  /** What becomes of it: a field of MarsParams or RunSpec, or why it has no effect. */
  readonly becomes: string;
  /** Values that a dead or refused key accepts without a word. */
  readonly quiet: readonly unknown[];
  /** Values of the type that are planned but not implemented: refused by name. */
  readonly notYet: readonly unknown[];
  /** Key that switches this one on; while that one is neutral, this one cannot matter and is accepted silently. */
  readonly gate?: string;
}

interface Details {
  readonly unit?: string;
  readonly notYet?: readonly unknown[];
}

/** A key that decides something. */
export function active(
  name: string,
  type: z.ZodType,
  fallback: unknown,
  meaning: string,
  becomes: string,
  details: Details = {},
): Key {
  const { unit = '', notYet = [] } = details;
  return { name, type, default: fallback, unit, meaning, status: 'active', becomes, quiet: [], notYet };
}

/** A key without effect; `quiet` lists the values that need no warning because they ask for what happens anyway. */
export function dead(name: string, type: z.ZodType, reason: string, quiet: readonly unknown[] = []): Key {
  const meaning = 'Without effect.';
  return { name, type, default: null, unit: '', meaning, status: 'dead', becomes: reason, quiet, notYet: [] };
}

/** A key whose other values are not implemented yet; `neutral[0]` is its default. `cure` tells the user what to do. */
export function refused(
  name: string,
  type: z.ZodType,
  neutral: readonly [unknown, ...unknown[]],
  meaning: string,
  cure: string,
): Key {
  const fallback = neutral[0];
  return {
    name,
    type,
    default: fallback,
    unit: '',
    meaning,
    status: 'refused',
    becomes: cure,
    quiet: neutral,
    notYet: [],
  };
}

/** Settings of something that `gate` would switch on. They are type-checked, and inert while the gate is neutral. */
export function behind(gate: string, entries: readonly (readonly [string, z.ZodType, unknown])[]): Key[] {
  return entries.map(([name, type, fallback]) => ({
    name,
    type,
    default: fallback,
    unit: '',
    meaning: `Belongs to ${gate}, which is not implemented yet.`,
    status: 'refused' as const,
    becomes: `has no effect while ${gate} has its neutral value`,
    quiet: [],
    notYet: [],
    gate,
  }));
}

/** Puts a section's name in front of the names of its keys. */
export function within(section: string, keys: readonly Key[]): Key[] {
  return keys.map((key) => ({ ...key, name: `${section}.${key.name}` }));
}
