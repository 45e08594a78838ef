import fs from 'node:fs';
import { sha256, writeDurably } from './durable.js';
import { DamagedData, hasCode } from './error.js';

/**
 * JSON text with sorted keys, so that equal values give equal bytes. Undefined properties are left out.
 * @param indent spaces per level; 0 for one line
 * @throws TypeError naming the place of a number, or other value, that JSON cannot hold
 */
export function sortedJson(value: unknown, indent = 2): string {
  return `${JSON.stringify(sorted(value, '$'), null, indent)}\n`;
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
  return text === null ? null : parse(file, text);
}

/**
 * Reads a JSON file that is known by its hash; null if there is none.
 * @throws DamagedData if a single byte differs
 */
export function readHashedJson(file: string, hash: string, cure: string): unknown {
  const text = readText(file);
  if (text === null) return null;
  const found = sha256(text);
  if (found === hash) return parse(file, text);
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

function parse(file: string, text: string): unknown {
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

function sorted(value: unknown, place: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new TypeError(`${place} is ${value}, which JSON cannot hold; write null where a number is absent`);
  }
  if (Array.isArray(value)) return value.map((item, i) => sorted(item, `${place}[${i}]`));
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) {
    throw new TypeError(`${place} is ${Object.prototype.toString.call(value)}, which JSON cannot hold`);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item, `${place}.${key}`)]),
  );
}
