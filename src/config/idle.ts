import { keyNamed, sections } from './keys/index.js';
import type { RunSpec } from './runSpec.js';
import type { Entry } from './source/entry.js';

/** The run that values describe when some typed ones are left out; null where they describe none. */
export type Without = (names: ReadonlySet<string>) => Promise<RunSpec | null>;

/**
 * Warnings about values that somebody typed for this one run and that change nothing of it, because other values switch them off or take
 * their place. Values of the file are not judged: files carry the settings of options that are off.
 * @param typed values of command line and environment
 */
export async function idleWarnings(
  spec: RunSpec,
  typed: readonly Entry[],
  without: Without,
): Promise<string[]> {
  const idle: Entry[] = [];
  for (const entry of typed) {
    if (!decides(entry.name) || spec.warnings.some((warning) => warning.includes(entry.name))) continue;
    const other = await without(new Set([entry.name]));
    if (other !== null && sameEffect(other, spec) && !holdsAnyway(other, spec, entry.name)) idle.push(entry);
  }
  // Two values may each do what the other does: then they are not idle together.
  const all = idle.length > 1 ? await without(new Set(idle.map(({ name }) => name))) : spec;
  if (all === null || !sameEffect(all, spec)) return [];
  return idle.map(
    ({ name, value }) => `${name} = ${JSON.stringify(value)} has no effect here: ${causeOf(name, spec)}`,
  );
}

/** Values that are only held against others may well leave no trace. */
function decides(name: string): boolean {
  const key = keyNamed.get(name);
  return key !== undefined && key.becomes !== 'checked before the start';
}

function sameEffect(a: RunSpec, b: RunSpec): boolean {
  return effectOf(a) === effectOf(b);
}

/** All that a run depends on; its list of values and remarks about them do not count. */
function effectOf({ configuration: _, origins: _origins, warnings: _warnings, ...effect }: RunSpec): string {
  return JSON.stringify(effect);
}

/** Whether the typed value is the one that holds anyway, or stands in a list of its own (keys that act nowhere). */
function holdsAnyway(other: RunSpec, spec: RunSpec, name: string): boolean {
  const value = valueAt(other, name);
  return value === undefined || JSON.stringify(value) === JSON.stringify(valueAt(spec, name));
}

function valueAt({ configuration }: RunSpec, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (branch, part) => (branch as Record<string, unknown> | null | undefined)?.[part],
      configuration,
    );
}

/** A switch above the key that is off, or a mode that chooses another section than the key's. */
function causeOf(name: string, spec: RunSpec): string {
  const parts = name.split('.');
  for (let depth = parts.length - 1; depth > 0; depth--) {
    const section = parts.slice(0, depth).join('.');
    for (const key of [`${section}.enabled`, `${section}.enable`]) {
      if (valueAt(spec, key) === false) return `${key} is false`;
    }
    const mode = valueAt(spec, `${section}.mode`);
    if (typeof mode === 'string' && mode !== parts[depth] && sections.has(`${section}.${mode}`)) {
      return `${section}.mode is ${mode}`;
    }
  }
  return 'another value switches it off or takes its place';
}
