import fs from 'node:fs';
import path from 'node:path';
import { hasCode } from './error.js';

/** Creates a folder and its missing parents so that they survive a power cut. */
export function makeFolder(folder: string): void {
  const first = fs.mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let child = path.resolve(folder); ; child = path.dirname(child)) {
    syncFolder(path.dirname(child));
    if (child === path.resolve(first)) return;
  }
}

/**
 * Creates a folder in one that exists, so that it survives a power cut. For what belongs to a run on its way: an attempt that comes late
 * must not bring back the folders of a run that has ended meanwhile.
 * @throws with code ENOENT when the folder around it is gone
 */
export function makeFolderWithin(folder: string): void {
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    throw error;
  }
  syncFolder(path.dirname(folder));
}

/** Makes creations, renames and removals in a folder permanent. */
export function syncFolder(folder: string): void {
  // Windows cannot open a folder for this and makes renames permanent itself.
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Names in a folder; a missing folder has none. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
