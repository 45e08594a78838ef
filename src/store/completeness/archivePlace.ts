import fs from 'node:fs';
import path from 'node:path';
import type { BatchLayout } from '../batch/batchLayout.js';
import { namesIn } from '../folders.js';

/** Words that archiving leaves in folders (spec/original-pipeline.md section 4). */
const done = 'ARCHIVE_DONE';
const failures = ['ARCHIVE_SKIPPED', 'INCOMPLETE'] as const;

/** The folder of a case in an archive: by tag and batch, by batch, or, as the original has it, by title alone; null when it is in none. */
export function archivedCase(archive: string, layout: BatchLayout, title: string): string | null {
  const batch = path.basename(layout.folder);
  const tag = path.basename(path.dirname(layout.folder));
  const places = [path.join(tag, batch, title), path.join(batch, title), title];
  return places.map((place) => path.join(archive, place)).find((place) => fs.existsSync(place)) ?? null;
}

/** Whether the copy was finished and verified: an attempt that broke off leaves INCOMPLETE, also over an older ARCHIVE_DONE. */
export function isArchived(folder: string): boolean {
  const names = namesIn(folder);
  return names.includes(done) && !names.includes('INCOMPLETE');
}

/** What archiving has said of its failures in these folders. */
export function archiveProblems(folders: readonly (string | null)[]): string[] {
  return folders
    .filter((folder) => folder !== null)
    .flatMap((folder) => failures.map((name) => ({ name, file: path.join(folder, name) })))
    .filter(({ file }) => fs.existsSync(file))
    .map(({ name, file }) => `${name}: ${fs.readFileSync(file, 'utf8').trim().split('\n')[0]}`);
}
