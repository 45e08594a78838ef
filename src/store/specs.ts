import fs from 'node:fs';
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { readHashedJson, sortedJson } from './documents.js';
import { makeFolder, sha256, writeDurably } from './durable.js';
import type { RunLayout } from './layout.js';

/** A stored specification; `file` is relative to the outdir. */
export interface SpecRef {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Stores the run's specification under its own hash, so that workflow and activities pass a name of 64 characters instead of the
 * whole text. The same specification gives the same file.
 */
export function publishSpec(layout: RunLayout, spec: RunSpec): SpecRef {
  const text = sortedJson(spec);
  const hash = sha256(text);
  const file = fileOf(layout, hash);
  makeFolder(layout.specs);
  writeDurably(file, text);
  return { file: path.relative(layout.outdir, file), sha256: hash };
}

/**
 * The specification with this hash, or null if it is not stored.
 * @throws DamagedData if the file does not hold what its name promises
 */
export function readSpec(layout: RunLayout, hash: string): RunSpec | null {
  const file = fileOf(layout, hash);
  const cure = 'Run the same command again: it writes the specification anew.';
  return readHashedJson(file, hash, cure) as RunSpec | null;
}

/** Whether the specification is still stored: it goes with the parts when the run has ended. */
export function hasSpec(layout: RunLayout, hash: string): boolean {
  return fs.existsSync(fileOf(layout, hash));
}

function fileOf(layout: RunLayout, hash: string): string {
  return path.join(layout.specs, `${hash}.json`);
}
