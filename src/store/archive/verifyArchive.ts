/** Holds archives against their manifests, wherever they lie and whether or not the runs are still there. */
import { DamagedData } from '../error.js';
import { standingOf } from './manifestFile.js';
import { doneName, incompleteName, type ManifestEntry, manifestName, skippedName } from './markers.js';
import { type ObjectStore, storeAt } from './objectStore.js';
import { requireHash, requireSize } from './verifyCopy.js';

export interface Finding {
  /** Relative to the archive. */
  readonly path: string;
  readonly problem: string;
}

export interface Inspection {
  /** Folder, or s3://bucket/prefix. */
  readonly place: string;
  readonly files: number;
  readonly bytes: number;
  /** Whatever makes the archive less than whole. */
  readonly damage: readonly Finding[];
  /** Files that the manifest does not know: no damage, but not the archive's. */
  readonly unexpected: readonly string[];
  /** The original program wrote no hashes: its files are held against their sizes alone. */
  readonly hashed: boolean;
}

/**
 * Every archive at a place: of a run, or of a batch and its cases.
 * @returns nothing when there is none
 */
export async function archivesAt(place: string): Promise<ObjectStore[]> {
  const store = await storeAt(place);
  const names = (await store.list()).filter((name) =>
    /(?:^|\/)(?:archive_manifest\.json|INCOMPLETE|ARCHIVE_DONE)$/.test(name),
  );
  const folders = new Set(names.map((name) => name.slice(0, Math.max(0, name.lastIndexOf('/')))));
  return [...folders].sort().map((folder) => (folder === '' ? store : store.below(folder)));
}

/** @param others places of archives below this one, whose files are not its own */
export async function inspectArchive(
  store: ObjectStore,
  others: readonly string[],
  onFile: (path: string) => void = () => {},
): Promise<Inspection> {
  const damage: Finding[] = [];
  const note = (path: string, problem: string) => damage.push({ path, problem });
  let files: readonly ManifestEntry[] = [];
  let hashed = true;
  try {
    const { manifest, state } = await standingOf(store);
    files = manifest?.files ?? [];
    hashed = files.every(({ sha256 }) => sha256 !== undefined);
    if (state === 'incomplete') note(incompleteName, 'the copy was not finished');
    if (manifest === null) note(manifestName, 'is missing');
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    note(manifestName, error.reason);
  }
  for (const file of files) {
    try {
      await requireSize(store, file);
      if (file.sha256 !== undefined) await requireHash(store, file);
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      note(file.path, error.reason);
    }
    onFile(file.path);
  }
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const unexpected = await unexpectedIn(store, files, others);
  return { place: store.place, files: files.length, bytes, damage, unexpected, hashed };
}

const ours = new Set([manifestName, doneName, incompleteName, skippedName, 'run_card.md']);

async function unexpectedIn(
  store: ObjectStore,
  files: readonly ManifestEntry[],
  others: readonly string[],
): Promise<string[]> {
  const known = new Set(files.map(({ path }) => path));
  const below = others.map((place) => `${place.slice(store.place.length + 1)}/`);
  return (await store.list()).filter(
    (name) => !known.has(name) && !ours.has(name) && !below.some((folder) => name.startsWith(folder)),
  );
}
