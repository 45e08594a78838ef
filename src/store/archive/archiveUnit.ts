/** Archives one run, or the files of a batch: copy, verify, publish, and only then remove what shall not stay. */
import { randomUUID } from 'node:crypto';
import type { Archive } from '../../config/runSpec.js';
import { DamagedData } from '../error.js';
import { goes, type ReadFile, removeVerified } from './cleaning.js';
import { type CopyEvents, copyFiles, hashFiles } from './copyFiles.js';
import { type ManifestEntry, markBegun, markDone, markFailure } from './markers.js';
import type { ObjectStore } from './objectStore.js';
import { Pace } from './pace.js';
import { type Prepared, prepare } from './prepare.js';
import { claim, publish, requireClaim } from './publish.js';
import { recordedSeries } from './recorded.js';
import { requireRoom } from './roomFor.js';
import type { ArchiveUnit } from './unit.js';
import { verifyCopy } from './verifyCopy.js';

export interface ArchiveEvents extends CopyEvents {
  /** Told after every file that has been read back. */
  readonly onVerified: (path: string) => void;
  /** Told after every file that has been removed here. */
  readonly onRemoved: (path: string) => void;
}

export interface ArchiveJob {
  readonly unit: ArchiveUnit;
  readonly archive: Archive;
  readonly events: ArchiveEvents;
  /** Removes the parts behind merged series that stay in the archive alone; called once the copy is verified. */
  readonly removeParts?: () => Promise<void>;
}

export interface Archived {
  /** Folder, or s3://bucket/prefix, of the copy. */
  readonly place: string;
  readonly files: number;
  readonly bytes: number;
  /** Files that were copied now; the others were there already. */
  readonly copied: number;
  /** Files that were removed here. */
  readonly removed: number;
  /** What its owner should know, e.g. that the disk is slow. */
  readonly warnings: readonly string[];
}

/**
 * Brings the archive of a run up to date; does nothing but verify when it is. May be killed at any point and called again.
 * @throws ArchiveRefused, DamagedData (the run's own files, or the copy), or whatever fault keeps the archive from taking the files: then
 * a marker says so here, and nothing has been removed
 */
export async function archiveUnit(job: ArchiveJob): Promise<Archived> {
  const { unit, archive, events } = job;
  const { place, entries, here, copied, warnings } = await verifiedCopy(job);
  if (archive.mergeTarget === 'external') await job.removeParts?.();
  const going = archive.verifyLevel === null ? [] : goingFrom(job, here);
  const removed = removeVerified(unit, going, events.onRemoved).length;
  const bytes = entries.reduce((sum, file) => sum + file.size, 0);
  return { place, files: entries.length, bytes, copied, removed, warnings };
}

async function verifiedCopy(job: ArchiveJob): Promise<Copy & { place: string }> {
  const { folder, identity, runId } = job.unit;
  const progress = { begun: false };
  try {
    const prepared = await prepare(job.unit, job.archive);
    const { place } = prepared.store;
    const copy = (await unchanged(job, prepared)) ?? (await newCopy(job, prepared, progress));
    markDone(folder, {
      archive: place,
      manifest: copy.manifest,
      identity,
      runId,
      files: copy.entries,
      warnings: copy.warnings,
    });
    return { ...copy, place };
  } catch (error) {
    noteFailure(folder, progress.begun, error);
    throw error;
  }
}

/** A verified copy. */
interface Copy {
  /** All files of the archive, and those among them that are here. */
  readonly entries: readonly ManifestEntry[];
  readonly here: readonly ReadFile[];
  readonly copied: number;
  readonly warnings: readonly string[];
  /** SHA-256 of the manifest. */
  readonly manifest: string;
}

/** The copy that is there, if it holds every file as it is here; null: something has to be copied. */
async function unchanged(
  job: ArchiveJob,
  { store, standing, earlier, plan }: Prepared,
): Promise<Copy | null> {
  const known = new Map(earlier.map((file) => [file.path, file]));
  if (standing.state !== 'done' || plan.some((file) => known.get(file.path)?.size !== file.size)) return null;
  const here = await hashFiles(job.unit, plan);
  if (here.some((file) => known.get(file.path)!.sha256 !== file.sha256)) return null;
  try {
    await verify(job, store, earlier, here, []);
  } catch (error) {
    if (error instanceof DamagedData) return null; // what is still here is copied again
    throw error;
  }
  return { entries: earlier, here, copied: 0, warnings: [], manifest: standing.hash! };
}

async function newCopy(
  job: ArchiveJob,
  { store, earlier, plan }: Prepared,
  progress: { begun: boolean },
): Promise<Copy> {
  const { unit, archive, events } = job;
  const pace = new Pace();
  const attempt = randomUUID();
  await requireRoom(store, archive, plan);
  markBegun(unit.folder, `copying to ${store.place}\n`);
  progress.begun = true;
  await claim(store, unit, attempt);
  await store.sweep();
  const { files: here, copied } = await copyFiles({ unit, store, plan, pace, events });
  const names = new Set(plan.map((file) => file.path));
  const gone = earlier.filter((file) => !names.has(file.path)); // need not come again
  const entries = [...here.map(entryOf), ...gone].sort((a, b) => (a.path < b.path ? -1 : 1));
  await verify(job, store, entries, here, gone);
  await requireClaim(store, attempt);
  const manifest = await publish({ store, unit, archive, entries, pace });
  const slow = pace.complaint(store.place, archive);
  return { entries, here, copied, warnings: slow === null ? [] : [slow], manifest };
}

function entryOf({ path, size, sha256, mtimeMs }: ReadFile): ManifestEntry {
  return { path, size, sha256, mtime: Math.floor(mtimeMs / 1000) };
}

function goingFrom({ unit, archive }: ArchiveJob, here: readonly ReadFile[]): ReadFile[] {
  return here.filter((file) => goes(unit, archive, file.path));
}

/** @param gone files of the archive that are not here any more */
async function verify(
  job: ArchiveJob,
  store: ObjectStore,
  entries: readonly ManifestEntry[],
  here: readonly ReadFile[],
  gone: readonly ManifestEntry[],
): Promise<void> {
  const { unit, archive, events } = job;
  if (archive.verifyLevel === null) return;
  await verifyCopy({
    store,
    files: entries,
    level: archive.verifyLevel,
    whole: new Set([...goingFrom(job, here), ...gone].map((file) => file.path)),
    rows: new Map([...recordedSeries(unit)].map(([name, { rows }]) => [name, rows])),
    onBytes: events.onBytes,
    onFile: events.onVerified,
  });
}

/** Where not even a marker can be written, the failure itself says more. */
function noteFailure(folder: string, begun: boolean, error: unknown): void {
  try {
    markFailure(folder, begun, error instanceof Error ? error.message : String(error));
  } catch {
    // the folder is gone, or its disk is full
  }
}
