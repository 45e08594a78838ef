/** JSON documents that vouch for themselves: `seal` is the SHA-256 of everything else in them. */
import fs from 'node:fs';
import { jsonText, parsed, sorted } from './documents.js';
import { sha256, writeDurably } from './durable.js';
import { DamagedData, hasCode } from './error.js';

type Document = Readonly<Record<string, unknown>>;

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the seal of a document stands: in its `execution` block if it has one, which people leave out when they compare results. */
function withSeal(document: Document, seal: string | undefined): Document {
  const { execution } = document;
  return isDocument(execution) ? { ...document, execution: { ...execution, seal } } : { ...document, seal };
}

function sealIn(document: Document): unknown {
  return isDocument(document.execution) ? document.execution.seal : document.seal;
}

/** @param document with sorted keys */
function sealOf(document: Document): string {
  return sha256(jsonText(withSeal(document, undefined), 2));
}

/** Writes a document with its seal, durably. @param indent 0: on one line, for files that nobody reads */
export function writeSealed(file: string, document: Document, indent: 0 | 2 = 2): void {
  const ordered = sorted(withSeal(document, '')); // which gives the seal its place
  writeDurably(file, jsonText(withSeal(ordered, sealOf(ordered)), indent));
}

/** What is in a file: nothing (both null), a document as it was written, or one that somebody has changed. */
export interface Stored<T> {
  readonly value: T | null;
  readonly problem: string | null;
  /** Whether the document vouches for itself: those of earlier versions do not. */
  readonly sealed: boolean;
}

/** Reads what `writeSealed` or `writeJson` has written; every byte counts. */
export function readSealed<T>(file: string): Stored<T> {
  const none = { value: null, sealed: false };
  try {
    const text = fs.readFileSync(file, 'utf8');
    const indent = text.startsWith('{\n') ? 2 : 0;
    const value = parsed(file, text);
    if (!isDocument(value) || jsonText(value, indent) !== text) {
      return { ...none, problem: 'is not as it was written' };
    }
    const seal = sealIn(value);
    // The seal knows the order of the keys; without one it has to be looked at.
    if (seal === undefined && jsonText(sorted(value), indent) !== text) {
      return { ...none, problem: 'is not as it was written' };
    }
    if (seal !== undefined && seal !== sealOf(value)) {
      return { ...none, problem: 'has changed: its contents do not fit its seal' };
    }
    return { value: value as T, problem: null, sealed: seal !== undefined };
  } catch (error) {
    if (error instanceof DamagedData) return { ...none, problem: error.reason };
    if (hasCode(error, 'ENOENT')) return { ...none, problem: null };
    throw error;
  }
}
