import path from 'node:path';
import { sortedJson } from '../documents.js';
import { sha256 } from '../durable.js';
import { DamagedData } from '../error.js';
import { doneContent, doneName, incompleteName, type ManifestEntry, manifestName } from './markers.js';
import { type ObjectStore, readText } from './objectStore.js';

/** `archive_manifest.json`: what the archive of one run, or of the files of a batch, consists of. The original program's has `root`,
 * `file_count` and the files without hashes. */
export interface ArchiveManifest {
  readonly schema: 1;
  readonly kind: 'run' | 'batch';
  /** Folder that it was copied from. */
  readonly root: string;
  readonly identity: string;
  readonly run_id: string | null;
  readonly file_count: number;
  readonly files: readonly ManifestEntry[];
  readonly verify_level: string | null;
  /** How the latest copy went: it is no part of what is compared. */
  readonly execution: {
    readonly unix_time: number;
    readonly host: string;
    readonly bytes: number;
    readonly seconds: number;
    readonly volume: Readonly<Record<string, unknown>> | null;
  };
}

/** How an archive stands. `original`: made by the original program, whose manifest has no hashes. */
export interface Standing {
  readonly manifest: ArchiveManifest | null;
  /** SHA-256 of its text. */
  readonly hash: string | null;
  readonly state: 'none' | 'incomplete' | 'done' | 'original';
}

export function manifestText(manifest: ArchiveManifest): string {
  return sortedJson(manifest);
}

/** @throws DamagedData when manifest and markers contradict each other */
export async function standingOf(store: ObjectStore): Promise<Standing> {
  const text = await readText(store, manifestName);
  const done = await readText(store, doneName);
  const incomplete = (await store.size(incompleteName)) !== null;
  const place = `${store.place}/${manifestName}`;
  const manifest = text === null ? null : parsed(place, text);
  const hash = text === null ? null : sha256(text);
  if (incomplete) return { manifest, hash, state: 'incomplete' };
  if (done === null) return { manifest, hash, state: manifest === null ? 'none' : 'incomplete' };
  if (text === null) {
    throw new DamagedData(place, `is missing beside ${doneName}`, cure);
  }
  const recorded = doneContent(`${store.place}/${doneName}`, done);
  if (recorded === null) return { manifest, hash, state: 'original' };
  if (recorded.manifest !== hash) {
    throw new DamagedData(
      place,
      `has changed: its SHA-256 is ${hash}, recorded was ${recorded.manifest}`,
      cure,
    );
  }
  return { manifest, hash, state: 'done' };
}

/** The manifest that is there, unless it is damaged: then it says nothing of whose archive this is. Markers of attempts do not matter. */
export async function soundManifest(store: ObjectStore): Promise<ArchiveManifest | null> {
  const text = await readText(store, manifestName);
  const done = await readText(store, doneName);
  if (text === null) return null;
  try {
    const recorded = done === null ? null : doneContent(`${store.place}/${doneName}`, done);
    if (recorded !== null && recorded.manifest !== sha256(text)) return null;
    return parsed(`${store.place}/${manifestName}`, text);
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}

const cure = 'Archive the run again where it still is, or restore the archive from a copy.';

function parsed(place: string, text: string): ArchiveManifest {
  try {
    const manifest = JSON.parse(text);
    if (Array.isArray(manifest.files) && manifest.files.every(isSafe)) return manifest;
  } catch {
    // said below
  }
  throw new DamagedData(place, 'is no manifest of an archive', cure);
}

/** A name that leads out of the archive would make a restoration write elsewhere. */
function isSafe(file: { path?: unknown }): boolean {
  if (typeof file?.path !== 'string' || file.path === '' || path.posix.isAbsolute(file.path)) return false;
  return !file.path.split(/[/\\]/).some((part) => part === '..' || part === '');
}
