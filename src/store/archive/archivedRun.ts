/** What a run's folder has given to its archive. */
import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '../durable.js';
import { DamagedData } from '../error.js';
import type { Pointer } from './markers.js';
import { readText, storeAt } from './objectStore.js';

/** Whether a file that is not in its folder any more went to the archive. */
export function isArchived(folder: string, pointer: Pointer | null, file: string): boolean {
  if (pointer === null || fs.existsSync(file)) return false;
  const name = path.relative(folder, file).split(path.sep).join('/');
  return pointer.files.some((archived) => archived.path === name);
}

/**
 * The summary of a run that has left nothing but a pointer here.
 * @returns null when there is no pointer
 * @throws DamagedData when the archive has another one, any error when it cannot be read
 */
export async function archivedSummary(pointer: Pointer | null): Promise<Record<string, unknown> | null> {
  const recorded = pointer?.files.find(({ path: name }) => name === 'summary.json');
  if (pointer === null || recorded === undefined) return null;
  const text = await readText(await storeAt(pointer.archive), recorded.path);
  if (text === null) {
    throw new Error(
      `the results of this run are in ${pointer.archive}, which is not there now; is its disk mounted?`,
    );
  }
  if (sha256(text) === recorded.sha256) return JSON.parse(text);
  throw new DamagedData(
    `${pointer.archive}/${recorded.path}`,
    'has changed since it was archived',
    'Restore the archive from a copy, or compute the run again with --restart.',
  );
}
