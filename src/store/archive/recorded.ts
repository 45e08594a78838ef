import path from 'node:path';
import { readJson } from '../documents.js';
import { DamagedData } from '../error.js';
import { layoutOf } from '../layout.js';
import type { MergedFile, MergeRecord } from '../mergeRecord.js';
import type { ReadFile } from './cleaning.js';
import type { ArchiveUnit } from './unit.js';

/** What the merge wrote, by name; nothing for runs of the original program, which kept no record. */
export function recordedSeries({ kind, folder }: ArchiveUnit): ReadonlyMap<string, MergedFile> {
  if (kind === 'batch') return new Map();
  const record = readJson(layoutOf(folder).merged) as MergeRecord | null;
  return new Map((record?.files ?? []).map((file) => [file.path, file]));
}

/** @throws DamagedData when a file is not what the merge wrote: a bad file must not become the only copy */
export function requireAsRecorded(
  { folder }: ArchiveUnit,
  recorded: ReadonlyMap<string, MergedFile>,
  file: ReadFile,
): void {
  const record = recorded.get(file.path);
  if (record === undefined || record.sha256 === file.sha256) return;
  throw new DamagedData(
    path.join(folder, file.path),
    `has changed since it was merged: its SHA-256 is ${file.sha256}, recorded was ${record.sha256}`,
    'Restore it from a copy, or compute the run again with --restart; it is not archived like this.',
  );
}
