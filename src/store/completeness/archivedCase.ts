/** What an archive has of a case (spec/original-pipeline.md section 4, src/store/archive). */
import fs from 'node:fs';
import path from 'node:path';
import { incompleteName, isSettled, type Pointer, readPointer, skippedName } from '../archive/markers.js';
import { storeAt } from '../archive/objectStore.js';
import { inspectArchive } from '../archive/verifyArchive.js';
import type { BatchLayout } from '../batch/batchLayout.js';
import { DamagedData } from '../error.js';
import { checkFolder } from './checkFolder.js';
import type { ExpectedCase } from './expected.js';
import type { Finding } from './finding.js';

/** The archive of a case, looked into. */
export interface ArchivedCase {
  /** Whether it has a file, and all that it has is whole. */
  readonly has: (file: string) => boolean;
  readonly damage: readonly Finding[];
  readonly remarks: readonly string[];
}

/**
 * Looks for a case in an archive: below the one that is named, else where the case itself points to.
 * @returns null when there is none
 */
export async function lookIntoArchive(
  archive: string | null,
  layout: BatchLayout,
  expected: ExpectedCase,
  more: readonly string[],
): Promise<ArchivedCase | null> {
  const folder = path.join(layout.folder, expected.title);
  const pointer = pointerIn(folder);
  const named = archive === null ? null : folderIn(archive, layout, expected.title);
  const place = named ?? pointer?.archive;
  if (place === undefined) return null;
  if (/^s3:/i.test(place)) return ofBucket(place);
  return fs.existsSync(place) ? ofFolder(place, expected, more) : away(place);
}

/** What archiving has said of its failures, here and, where it is named, in the archive. */
export function archiveProblems(archive: string | null, layout: BatchLayout, title: string): string[] {
  const named = archive === null ? null : folderIn(archive, layout, title);
  return [path.join(layout.folder, title), ...(named === null ? [] : [named])]
    .flatMap((at) => [skippedName, incompleteName].map((name) => ({ name, file: path.join(at, name) })))
    .filter(({ file }) => fs.existsSync(file))
    .map(({ name, file }) => `${name}: ${fs.readFileSync(file, 'utf8').trim().split('\n')[0]}`);
}

/** Whether there is a copy of a case, or its folder says that there is one; looks at names only. */
export function isArchived(archive: string | null, layout: BatchLayout, title: string): boolean {
  const named = archive === null ? null : folderIn(archive, layout, title);
  return named !== null || pointerIn(path.join(layout.folder, title)) !== null;
}

function pointerIn(folder: string): Pointer | null {
  try {
    return readPointer(folder);
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}

/** By batch, by tag and batch, or, as the original has it, by title alone. */
function folderIn(archive: string, layout: BatchLayout, title: string): string | null {
  const batch = path.basename(layout.folder);
  const tag = path.basename(path.dirname(layout.folder));
  const places = [path.join(batch, title), path.join(tag, batch, title), title];
  return places.map((place) => path.join(archive, place)).find((place) => fs.existsSync(place)) ?? null;
}

/** A copy that was never finished counts for nothing, whatever it has. */
async function ofFolder(
  place: string,
  expected: ExpectedCase,
  more: readonly string[],
): Promise<ArchivedCase> {
  if (!isSettled(place))
    return { has: () => false, damage: [], remarks: [`${place}: not a finished archive`] };
  const { missing, damage } = await checkFolder(place, expected, more);
  const has = (file: string) => damage.length === 0 && !missing.includes(file);
  return { has, damage, remarks: [] };
}

async function ofBucket(place: string): Promise<ArchivedCase> {
  const store = await storeAt(place);
  const names = new Set(await store.list());
  const { damage } = await inspectArchive(store, []);
  return {
    has: (file) => damage.length === 0 && names.has(file),
    damage: damage.map(({ path: file, problem }) => ({ file, reason: problem })),
    remarks: [],
  };
}

function away(place: string): ArchivedCase {
  return {
    has: () => false,
    damage: [],
    remarks: [`its archive ${place} is not there now; is its disk mounted?`],
  };
}
