import fs from 'node:fs';
import path from 'node:path';
import { hasCode } from '../error.js';
import { syncFolder } from '../folders.js';
import type { StoredCheckpoint } from './checkpoint.js';
import { parseName, readCheckpoint } from './file.js';
import { CheckpointRefused } from './refusal.js';

/** A checkpoint file with its contents, or with what is wrong with it. */
export interface Inspected {
  readonly file: string;
  /** As its name says. */
  readonly step: number;
  readonly found: StoredCheckpoint | CheckpointRefused;
}

/** Paths of the checkpoint files of a folder, the newest (by step) first. A missing folder has none. */
export function checkpointFiles(folder: string): string[] {
  return namesIn(folder)
    .flatMap((name) => {
      const parsed = parseName(name);
      return parsed === null ? [] : [{ name, step: parsed.step }];
    })
    .sort((a, b) => b.step - a.step || (a.name < b.name ? -1 : 1))
    .map(({ name }) => path.join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

export function inspect(file: string): Inspected {
  const { step } = parseName(path.basename(file)) ?? { step: -1 };
  try {
    return { file, step, found: readCheckpoint(file) };
  } catch (error) {
    if (!(error instanceof CheckpointRefused)) throw error;
    return { file, step, found: error };
  }
}

/**
 * The newest whole checkpoint of a folder, and the newer ones that had to be skipped.
 * @param accept throws CheckpointRefused for one that the caller cannot use
 */
export function newestCheckpoint(
  folder: string,
  accept: (found: StoredCheckpoint) => void = () => {},
): { readonly newest: StoredCheckpoint | null; readonly skipped: readonly CheckpointRefused[] } {
  const skipped: CheckpointRefused[] = [];
  for (const file of checkpointFiles(folder)) {
    try {
      const newest = readCheckpoint(file);
      accept(newest);
      return { newest, skipped };
    } catch (error) {
      if (!(error instanceof CheckpointRefused)) throw error;
      skipped.push(error);
    }
  }
  return { newest: null, skipped };
}

/**
 * Files that `keep` newer, whole checkpoints of the same run make superfluous. Damaged ones do not count as kept, and files of other
 * runs are nobody's to remove.
 * @param keep 0: all
 */
export function superfluous(folder: string, identity: string, keep: number): string[] {
  if (keep === 0) return [];
  let kept = 0;
  const files: string[] = [];
  for (const file of checkpointFiles(folder)) {
    const { found } = inspect(file);
    const whole = !(found instanceof CheckpointRefused);
    if (whole && found.identity !== identity) continue;
    if (kept >= keep) files.push(file);
    else if (whole) kept += 1;
  }
  return files;
}

export function removeFiles(folder: string, files: readonly string[]): void {
  for (const file of files) fs.rmSync(file, { force: true });
  if (files.length > 0) syncFolder(folder);
}
