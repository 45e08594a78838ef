import { extname, resolve } from 'node:path';
import { readText } from '../base.js';
import { ConfigurationError } from '../error.js';
import { keyNamed, sections } from '../keys/index.js';
import { Problems, shown } from '../problems.js';
import type { Place } from '../source/entry.js';
import { nearest } from '../source/nearest.js';
import { readDocument } from '../source/yamlFile.js';
import { sweepSchema, type WrittenSweep } from './schema.js';

/** A sweep file as it was written, of the right shape. */
export interface SweepFile {
  /** Absolute path. */
  readonly file: string;
  readonly sweep: WrittenSweep;
  placeOf(path: readonly PropertyKey[]): Place;
}

const dotted = (path: readonly PropertyKey[]) => path.map(String).join('.');

function unknownKey(path: readonly PropertyKey[], key: string, valid: readonly string[]): string {
  const name = dotted([...path, key]);
  if (path.length === 0 && (keyNamed.has(key) || sections.has(key))) {
    return `${name} belongs to a run configuration: name that file with \`base:\`, or put it below \`overrides:\``;
  }
  const near = nearest(key, valid);
  return `${name}: unknown key${near === null ? `; known are ${valid.join(', ')}` : `. Did you mean ${near}?`}`;
}

/** Keys that the strict object at a path of the schema knows. */
function validKeys(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(sweepSchema.shape);
  if (path[0] === 'hooks') return ['after_case', 'after_batch'];
  return path[0] === 'per_case' ? ['where', 'set'] : [];
}

/** The value at a path. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | null)?.[part], value);
}

/** @throws ConfigurationError with every fault of the file's shape, each with its place */
export function readSweepFile(file: string): SweepFile {
  const absolute = resolve(file);
  const problems = new Problems();
  const shape = 'a sweep file is a map, such as "base: run.yml" and "axes: {T: [4000, 3000]}"';
  const document = readDocument(readText(file, 'the sweep file'), file, shape);
  const placeOf = (path: readonly PropertyKey[]): Place => document.placeOf(path.map(String));
  const outcome = sweepSchema.safeParse(document.value);
  for (const issue of outcome.error?.issues ?? []) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const path = [...issue.path, key];
        problems.add(dotted(path), unknownKey(issue.path, key, validKeys(issue.path)), placeOf(path));
      }
    } else {
      const part = sweepSchema.shape[issue.path[0] as keyof typeof sweepSchema.shape];
      const value = shown(valueAt(document.value, issue.path));
      const name = dotted(issue.path);
      problems.add(
        name,
        `${name} = ${value}: ${String(issue.path[0])} takes ${part.description}`,
        placeOf(issue.path),
      );
    }
  }
  problems.check();
  return { file: absolute, sweep: outcome.data!, placeOf };
}

/** Whether a file is a sweep file by its ending; every other one is a list. */
export const isSweepFile = (file: string): boolean => /^\.(ya?ml|json)$/i.test(extname(file));

/** Keys that only sweep files have at their root. */
const telling = ['base', 'axes', 'cases', 'list'];

/** Whether a file is a sweep file rather than a run configuration. Damaged YAML is none: whoever reads it says what is wrong. */
export function isSweep(file: string): boolean {
  if (!isSweepFile(file)) return false;
  try {
    const { value } = readDocument(readText(file), file, '');
    return telling.some((key) => key in value);
  } catch (error) {
    if (error instanceof ConfigurationError) return false;
    throw error;
  }
}

/** A list by itself, with the base that was named beside it. */
export function sweepOfList(file: string): SweepFile {
  const absolute = resolve(file);
  return { file: absolute, sweep: { list: absolute }, placeOf: () => ({ file }) };
}

/** @throws ConfigurationError always */
export function refuse(message: string, place: Place = {}): never {
  throw new ConfigurationError([{ key: '', message, ...place }]);
}
