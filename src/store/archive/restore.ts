import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DamagedData } from '../error.js';
import { makeFolder } from '../folders.js';
import { OutputFile } from '../outputFile.js';
import { hashInTurns } from '../verify.js';
import { type ArchiveManifest, standingOf } from './manifestFile.js';
import type { ManifestEntry } from './markers.js';
import type { ObjectStore } from './objectStore.js';
import { ArchiveRefused } from './refused.js';

export interface Restored {
  readonly place: string;
  readonly folder: string;
  readonly files: number;
  /** Files that were brought back; the others were there already. */
  readonly copied: number;
}

/**
 * The manifest of a whole archive.
 * @throws ArchiveRefused when there is none, or it has no hashes; DamagedData when it is damaged
 */
export async function manifestToRestore(store: ObjectStore): Promise<ArchiveManifest> {
  const { manifest, state } = await standingOf(store);
  if (state === 'done') return manifest!;
  const why = {
    none: 'holds no archive',
    incomplete: 'holds an archive that was not finished; archive the run again',
    original: 'was made by the original program, which recorded no hashes; copy its files yourself',
  };
  throw new ArchiveRefused(`${store.place} ${why[state]}`);
}

/**
 * Brings the files of an archive back. Files that are there with the same bytes stay, others are not overwritten.
 * @throws ArchiveRefused, before anything is written, when other files stand in the way; DamagedData when the archive is damaged
 */
export async function restoreArchive(
  store: ObjectStore,
  manifest: ArchiveManifest,
  target: string,
  onFile: (path: string) => void = () => {},
): Promise<Restored> {
  const folder = path.resolve(target);
  const missing: ManifestEntry[] = [];
  for (const file of manifest.files) {
    const at = path.join(folder, file.path);
    if (!fs.existsSync(at)) missing.push(file);
    else if ((await hashInTurns(at)) !== file.sha256) {
      throw new ArchiveRefused(
        `${at} is there already and differs from the archive; restore elsewhere with --to FOLDER`,
      );
    }
  }
  for (const file of missing) {
    await bringBack(store, file, path.join(folder, file.path));
    onFile(file.path);
  }
  return { place: store.place, folder, files: manifest.files.length, copied: missing.length };
}

async function bringBack(store: ObjectStore, file: ManifestEntry, target: string): Promise<void> {
  const where = `${store.place}/${file.path}`;
  const content = await store.read(file.path);
  if (content === null) throw new DamagedData(where, 'is missing', cure);
  makeFolder(path.dirname(target));
  const output = OutputFile.create(path.dirname(target));
  try {
    for await (const block of content) {
      output.write(block);
      await setImmediate();
    }
    const { sha256: found } = output.seal();
    if (found !== file.sha256) {
      throw new DamagedData(where, `has changed: its SHA-256 is ${found}, recorded was ${file.sha256}`, cure);
    }
    output.publishNew(path.basename(target));
  } finally {
    output.discard();
  }
  fs.utimesSync(target, file.mtime, file.mtime);
}

const cure =
  'Restore the archive from a copy; the files that are whole have been brought back, or are there.';
