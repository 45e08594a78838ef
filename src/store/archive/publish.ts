/** The steps that make a copy an archive. */
import { hostname } from 'node:os';
import type { Archive } from '../../config/runSpec.js';
import { sortedJson } from '../documents.js';
import { sha256 } from '../durable.js';
import { type ArchiveManifest, manifestText, soundManifest } from './manifestFile.js';
import { doneName, doneText, incompleteName, type ManifestEntry, manifestName } from './markers.js';
import type { ObjectStore } from './objectStore.js';
import { type Claim, readClaim, requireOwn } from './owner.js';
import type { Pace } from './pace.js';
import type { ArchiveUnit } from './unit.js';

/**
 * Takes the place for an attempt: from here on it counts as incomplete. An attempt of the same run that was left there is taken over.
 * @throws ArchiveRefused when another run has come in between
 */
export async function claim(store: ObjectStore, unit: ArchiveUnit, attempt: string): Promise<void> {
  const { identity, runId, folder } = unit;
  const text = sortedJson({ identity, runId, attempt, root: folder } satisfies Claim, 0);
  if (!(await store.putNew(incompleteName, text))) {
    await requireOwn(store, unit, null);
    await store.put(incompleteName, text);
  }
  await requireStillOwn(store, unit);
  await store.remove(doneName);
}

/** Between the first look and the claim another run may have finished there. */
async function requireStillOwn(store: ObjectStore, unit: ArchiveUnit): Promise<void> {
  const manifest = await soundManifest(store);
  if (manifest === null) return;
  try {
    await requireOwn(store, unit, manifest);
  } catch (error) {
    await store.remove(incompleteName);
    throw error;
  }
}

/**
 * @throws Error when the claim is not there any more: the disk was taken away and another one lies in its place, or another attempt has
 * taken over
 */
export async function requireClaim(store: ObjectStore, attempt: string): Promise<void> {
  const found = await readClaim(store);
  if (found?.attempt === attempt) return;
  throw new Error(
    `${store.place} is not the archive that the copy was begun in: its marker ${incompleteName} ${
      found === null ? 'has gone' : 'is of another attempt'
    }`,
  );
}

/** @returns SHA-256 of the manifest */
export async function publish({
  store,
  unit,
  archive,
  entries,
  pace,
}: {
  readonly store: ObjectStore;
  readonly unit: ArchiveUnit;
  readonly archive: Archive;
  readonly entries: readonly ManifestEntry[];
  readonly pace: Pace;
}): Promise<string> {
  const manifest: ArchiveManifest = {
    schema: 1,
    kind: unit.kind,
    root: unit.folder,
    identity: unit.identity,
    run_id: unit.runId,
    file_count: entries.length,
    files: entries,
    verify_level: archive.verifyLevel,
    execution: {
      unix_time: Math.floor(Date.now() / 1000),
      host: hostname(),
      bytes: pace.bytes,
      seconds: pace.seconds,
      volume: archive.recordVolume ? await store.volume() : null,
    },
  };
  const text = manifestText(manifest);
  const hash = sha256(text);
  await store.put(manifestName, text);
  await store.put(doneName, doneText({ manifest: hash }));
  await store.remove(incompleteName);
  return hash;
}
