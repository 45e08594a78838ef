/** What stays here behind a verified copy, and the removal of the rest. */
import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../config/runSpec.js';
import { syncFolder } from '../folders.js';
import type { ArchivedFile } from './markers.js';
import type { PlannedFile } from './plan.js';
import type { ArchiveUnit } from './unit.js';

const metadata = /^(?:summary\.json|run_config\.json|run_card\.md|run_id|checks\/.*)$/;
const series = /^series\/[^/]+\.parquet$/;
/** Whoever finds these relies on the rest, so they go last. */
const last = ['summary.json', 'run_config.json', 'run_id'];

/** Whether a file leaves its run's folder once its copy is verified. The files of a batch itself stay. */
export function goes(
  { kind }: ArchiveUnit,
  { keepLocal, mergeTarget }: Pick<Archive, 'keepLocal' | 'mergeTarget'>,
  name: string,
): boolean {
  if (kind === 'batch') return false;
  if (keepLocal === 'none') return true;
  if (keepLocal === 'metadata') return !metadata.test(name);
  return mergeTarget === 'external' && series.test(name);
}

/** A planned file, as it was when it was read for its hash. */
export interface ReadFile extends PlannedFile, ArchivedFile {}

/**
 * Removes files whose copies have been read back, unless somebody has changed them since they were copied.
 * @returns names of those removed
 */
export function removeVerified(
  { folder }: ArchiveUnit,
  files: readonly ReadFile[],
  onRemoved: (name: string) => void,
): string[] {
  const removed: string[] = [];
  const order = [...files].sort((a, b) => last.indexOf(a.path) - last.indexOf(b.path));
  for (const file of order) {
    const at = path.join(folder, file.path);
    const now = fs.statSync(at, { throwIfNoEntry: false });
    if (now === undefined || now.size !== file.size || now.mtimeMs !== file.mtimeMs) continue;
    fs.rmSync(at); // of a link only the link
    removed.push(file.path);
    onRemoved(file.path);
  }
  for (const emptied of foldersOf(removed)) removeIfEmpty(path.join(folder, emptied));
  syncFolder(folder);
  return removed;
}

/** Folders of files, the deepest first. */
function foldersOf(names: readonly string[]): string[] {
  const all = new Set<string>();
  for (const name of names) {
    for (let at = path.dirname(name); at !== '.'; at = path.dirname(at)) all.add(at);
  }
  return [...all].sort((a, b) => b.length - a.length);
}

function removeIfEmpty(folder: string): void {
  if (fs.existsSync(folder) && fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}
