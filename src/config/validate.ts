import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { keyNamed, keys, removedKeys, sections } from './keys/index.js';
import type { Key } from './keys/key.js';
import { inLegacy, isLegacy } from './keys/legacy.js';
import { boundsOf } from './keys/types.js';
import { type Problems, shown } from './problems.js';
import { configurationSchema } from './schema.js';
import type { Entry } from './source/entry.js';
import { nested } from './source/layers.js';
import { nearest } from './source/nearest.js';

const validNames = [...keys.map((key) => key.name), ...sections];

function unknownKey(name: string): string {
  const removed = [...removedKeys].find(([old]) => name === old || name.startsWith(`${old}.`));
  if (removed) return `${removed[0]}: ${removed[1]}`;
  const near = nearest(name, validNames);
  return `${name}: unknown key${near === null ? '; `marsdisk config schema` and docs/reference/configuration.md list all keys' : `. Did you mean ${near}?`}`;
}

/** The key whose value an issue at `path` is about. */
function keyAt(path: readonly PropertyKey[]): Key | undefined {
  for (let length = path.length; length > 0; length--) {
    const key = keyNamed.get(path.slice(0, length).join('.'));
    if (key) return key;
  }
  return undefined;
}

/** An unknown key; a name typed with dots is complained about as a whole, so that the nearest key can be found. */
function refuseUnknown(
  entries: ReadonlyMap<string, Entry>,
  problems: Problems,
  section: string,
  part: string,
): void {
  const full = section === '' ? part : `${section}.${part}`;
  const entry = entries.get(full) ?? [...entries.values()].find(({ name }) => name.startsWith(`${full}.`));
  problems.add(full, unknownKey(entry?.name ?? full), entry?.place);
}

/** Which part of a value is wrong, where its bounds in words do not go into its maps. */
function insideOf({ name, type }: Key, { path, message }: z.core.$ZodIssue): string {
  const inner = path.slice(name.split('.').length);
  if (inner.length === 0 || !boundsOf(type).endsWith('a map')) return '';
  const place = inner.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `; ${name}${place}: ${message}`;
}

/** Checks names, types and bounds with the strict schema. */
function checkTypes(entries: ReadonlyMap<string, Entry>, problems: Problems): void {
  const outcome = configurationSchema.safeParse(nested(entries.values()));
  for (const issue of outcome.error?.issues ?? []) {
    const key = keyAt(issue.path);
    const name = key?.name ?? issue.path.join('.');
    const entry = entries.get(name);
    if (key) {
      const unit = key.unit === '' ? '' : ` [${key.unit}]`;
      problems.add(
        name,
        `${name} = ${shown(entry?.value)}: must be ${boundsOf(key.type)}${unit}${insideOf(key, issue)}`,
        entry?.place,
      );
    } else if (issue.code === 'unrecognized_keys') {
      for (const part of issue.keys) refuseUnknown(entries, problems, name, part);
    } else {
      problems.add(name, `${name} = ${shown(entry?.value)}: must be a section (a map of keys)`, entry?.place);
    }
  }
}

const among = (values: readonly unknown[], value: unknown) =>
  values.some((one) => isDeepStrictEqual(one, value));

/** The values of a choice that do work. */
function instead(key: Key): string {
  const { enum: all = [] } = z.toJSONSchema(key.type) as { enum?: unknown[] };
  return `use ${all.filter((value) => !key.notYet.includes(value)).join(' or ')}`;
}

/** Refuses values that are not implemented, and names keys without effect. */
function checkStatus(entries: ReadonlyMap<string, Entry>, problems: Problems, warnings: string[]): void {
  const legacy = isLegacy(entries.get('numerics.solver')?.value);
  for (const { name, value, place } of entries.values()) {
    const named = keyNamed.get(name);
    if (!named || problems.blames(name)) continue;
    const key = legacy ? inLegacy(named) : named;
    if (among(key.notYet, value)) {
      problems.add(name, `${name} = ${shown(value)} is not implemented yet; ${instead(key)}`, place);
    } else if (key.status === 'refused' && !key.gate && !among(key.quiet, value)) {
      problems.add(name, `${name} = ${shown(value)} is not implemented; ${key.becomes}`, place);
    } else if (key.status === 'dead' && !among(key.quiet, value)) {
      warnings.push(`${name} = ${shown(value)} has no effect: ${key.becomes}`);
    }
  }
}

/** Checks each entry by itself; what keys mean together is checked where they are used. */
export function validate(entries: ReadonlyMap<string, Entry>, problems: Problems, warnings: string[]): void {
  checkTypes(entries, problems);
  checkStatus(entries, problems, warnings);
}
