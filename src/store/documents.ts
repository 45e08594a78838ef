import fs from 'node:fs';
import { sha256, writeDurably } from './durable.js';
import { DamagedData, hasCode } from './error.js';

/**
 * JSON text with sorted keys, so that equal values give equal bytes. Undefined properties are left out.
 * @param indent spaces per level; 0 for one line
 * @throws TypeError naming the place of a number, or other value, that JSON cannot hold
 */
export function sortedJson(value: unknown, indent = 2): string {
  return jsonText(sorted(value), indent);
}

/** Of a value whose keys are sorted already. */
export function jsonText(value: unknown, indent: number): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}

/** Writes run_config.json, summary.json and their like durably; see `sortedJson`. */
export function writeJson(file: string, value: unknown): void {
  writeDurably(file, sortedJson(value));
}

/**
 * Reads a JSON file; null if there is none.
 * @throws DamagedData if it is not JSON
 */
export function readJson(file: string): unknown {
  const text = readText(file);
  return text === null ? null : parsed(file, text);
}

/**
 * Reads a JSON file that is known by its hash; null if there is none.
 * @throws DamagedData if a single byte differs
 */
export function readHashedJson(file: string, hash: string, cure: string): unknown {
  const text = readText(file);
  if (text === null) return null;
  const found = sha256(text);
  if (found === hash) return parsed(file, text);
  throw new DamagedData(file, `has changed: its SHA-256 is ${found}, recorded was ${hash}`, cure);
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** @throws DamagedData if the text of the file is not JSON */
export function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedData(
      file,
      `is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
      'Restore it from a copy, or remove it and run the same command again.',
    );
  }
}

/**
 * The same value with sorted keys, and without undefined properties.
 * @throws as `sortedJson`
 */
export function sorted<Value>(value: Value): Value {
  return sortedAt(value, []) as Value;
}

/** @param place names and positions on the way to the value */
function sortedAt(value: unknown, place: (string | number)[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new TypeError(
      `${shown(place)} is ${value}, which JSON cannot hold; write null where a number is absent`,
    );
  }
  const inside = (name: string | number, item: unknown) => {
    place.push(name);
    const result = sortedAt(item, place);
    place.pop();
    return result;
  };
  if (Array.isArray(value)) return value.map((item, i) => inside(i, item));
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) {
    throw new TypeError(
      `${shown(place)} is ${Object.prototype.toString.call(value)}, which JSON cannot hold`,
    );
  }
  const source = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(source).sort()) {
    if (source[key] !== undefined) result[key] = inside(key, source[key]);
  }
  return result;
}

function shown(place: readonly (string | number)[]): string {
  return `$${place.map((name) => (typeof name === 'number' ? `[${name}]` : `.${name}`)).join('')}`;
}
