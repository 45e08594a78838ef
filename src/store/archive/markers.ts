import fs from 'node:fs';
import path from 'node:path';
import { sortedJson } from '../documents.js';
import { writeDurably } from '../durable.js';
import { DamagedData } from '../error.js';
import { syncFolder } from '../folders.js';

/** In the archive and here: the copy is whole and verified. */
export const doneName = 'ARCHIVE_DONE';
/** Here: nothing has been copied, and why. */
export const skippedName = 'ARCHIVE_SKIPPED';
/** In the archive and here: a copy was begun and is not whole. It counts for more than `ARCHIVE_DONE`. */
export const incompleteName = 'INCOMPLETE';
export const manifestName = 'archive_manifest.json';

export const markerNames: readonly string[] = [doneName, skippedName, incompleteName];

/** A file as it stands in the archive; `path` is relative, with slashes. */
export interface ArchivedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** The same with the time of its last change, seconds since 1970, whole. */
export interface ManifestEntry extends ArchivedFile {
  readonly mtime: number;
}

/** What the marker `ARCHIVE_DONE` in a run's or batch's own folder says: enough to do without the files that have gone from here. */
export interface Pointer {
  /** Folder, or s3://bucket/prefix, of the copy itself. */
  readonly archive: string;
  /** SHA-256 of its manifest. */
  readonly manifest: string;
  readonly identity: string;
  readonly runId: string | null;
  readonly files: readonly ManifestEntry[];
  /** What its owner should know, e.g. that the disk is slow. */
  readonly warnings: readonly string[];
}

/** The first word is the original program's. */
export function doneText(rest: object): string {
  return `ok\n${sortedJson(rest, 0)}`;
}

/** What `doneText` was made of; null for a marker of the original program, which says `ok` and no more. */
export function doneContent(file: string, text: string): Record<string, unknown> | null {
  const rest = text.slice(text.indexOf('\n') + 1).trim();
  if (!text.startsWith('ok') || rest === '' || rest === 'ok') return null;
  try {
    return JSON.parse(rest);
  } catch {
    throw new DamagedData(file, 'is no marker of an archive', 'Archive the folder again.');
  }
}

/** Where a folder says that a verified copy of it is; null: it does not. */
export function readPointer(folder: string): Pointer | null {
  const file = path.join(folder, doneName);
  if (!fs.existsSync(file)) return null;
  return doneContent(file, fs.readFileSync(file, 'utf8')) as Pointer | null;
}

/** Whether the copy that a folder points to is the latest one asked for: no later attempt was left in the middle. */
export function isSettled(folder: string): boolean {
  return fs.existsSync(path.join(folder, doneName)) && !fs.existsSync(path.join(folder, incompleteName));
}

/**
 * Says that copying begins. The pointer to an older copy goes, unless it is needed to find what is no longer here.
 * @param text what goes on, for a person
 */
export function markBegun(folder: string, text: string): void {
  writeDurably(path.join(folder, incompleteName), text);
  const older = readPointer(folder);
  const whole = older?.files.every((file) => fs.existsSync(path.join(folder, file.path))) ?? true;
  removeMarkers(folder, whole ? [skippedName, doneName] : [skippedName]);
}

export function markDone(folder: string, pointer: Pointer): void {
  writeDurably(path.join(folder, doneName), doneText(pointer));
  removeMarkers(folder, [skippedName, incompleteName]);
}

/**
 * Says that an attempt did not come to its end. What was begun stays `INCOMPLETE`, also when the next attempt does not even begin.
 * @param begun whether anything was copied
 */
export function markFailure(folder: string, begun: boolean, reason: string): void {
  const left = begun || fs.existsSync(path.join(folder, incompleteName));
  writeDurably(path.join(folder, left ? incompleteName : skippedName), `${reason}\n`);
  if (left) removeMarkers(folder, [skippedName]);
}

function removeMarkers(folder: string, names: readonly string[]): void {
  const there = names.filter((name) => fs.existsSync(path.join(folder, name)));
  for (const name of there) fs.rmSync(path.join(folder, name), { force: true });
  if (there.length > 0) syncFolder(folder);
}
