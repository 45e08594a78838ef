import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../documents.js';
import { DamagedData } from '../error.js';
import type { ExpectedCase } from './expected.js';
import { emptyFiles } from './figures.js';
import type { FolderCheck } from './finding.js';
import { checkOriginalRun, chunksOf } from './originalRun.js';
import { checkOwnRun } from './ownRun.js';

/** Files without which no run is complete. */
export const requiredFiles = [
  'summary.json',
  'run_config.json',
  'checks/mass_budget.csv',
  'series/run.parquet',
] as const;

/**
 * Looks at everything that is in the folder of a run.
 * @param more further files that must be there, relative to the folder
 * @param deep false: of files that are as recorded, the contents are not looked at
 */
export async function checkFolder(
  folder: string,
  expected: ExpectedCase,
  more: readonly string[],
  deep = true,
): Promise<FolderCheck> {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return { exists: false, missing: [...requiredFiles, ...more], damage: [], remarks: [] };
  }
  const own = isOwn(folder, expected);
  const { required, damage } = own
    ? await checkOwnRun(folder, expected, deep)
    : { required: [], damage: await checkOriginalRun(folder, expected) };
  const names = [...new Set([...requiredFiles, ...required, ...more])];
  const missing = names.filter(
    (name) => !fs.existsSync(path.join(folder, name)) && !isChunked(folder, name, own),
  );
  return {
    exists: true,
    missing,
    damage: [...damage, ...emptyFiles(folder, more)],
    remarks: remarks(folder),
  };
}

function isOwn(folder: string, { identity }: ExpectedCase): boolean {
  if (identity !== null || fs.existsSync(path.join(folder, 'checks/merged.json'))) return true;
  try {
    const config = readJson(path.join(folder, 'run_config.json')) as { readonly identity?: unknown } | null;
    return typeof config?.identity === 'string';
  } catch (error) {
    if (error instanceof DamagedData) return false;
    throw error;
  }
}

/** The original leaves chunks where merging is switched off. */
function isChunked(folder: string, name: string, own: boolean): boolean {
  return !own && name === 'series/run.parquet' && chunksOf(folder).length > 0;
}

function remarks(folder: string): string[] {
  const has = (name: string) => fs.existsSync(path.join(folder, name));
  if (has('summary.json')) return [];
  return has('series/parts') || chunksOf(folder).length > 0
    ? ['it has not ended: its rows are still in pieces']
    : [];
}
