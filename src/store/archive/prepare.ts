/** What has to be known, and to be refused, before the first byte is copied. */
import path from 'node:path';
import type { Archive } from '../../config/runSpec.js';
import { DamagedData } from '../error.js';
import { type Standing, standingOf } from './manifestFile.js';
import { type ManifestEntry, type Pointer, readPointer } from './markers.js';
import { type ObjectStore, storeAt } from './objectStore.js';
import { requireOwn } from './owner.js';
import { requireApart } from './places.js';
import { type PlannedFile, planOf } from './plan.js';
import { recordedSeries } from './recorded.js';
import { ArchiveRefused } from './refused.js';
import type { ArchiveUnit } from './unit.js';

/** What is known before the first byte is copied. */
export interface Prepared {
  readonly store: ObjectStore;
  readonly standing: Standing;
  /** Files that the archive had, some of which may have gone from here since. */
  readonly earlier: readonly ManifestEntry[];
  readonly plan: readonly PlannedFile[];
}

/** @throws ArchiveRefused, DamagedData, or any other error when the archive cannot be reached now */
export async function prepare(unit: ArchiveUnit, { dir }: Archive): Promise<Prepared> {
  requireApart(unit, dir);
  const plan = planOf(unit);
  const root = await storeAt(dir);
  await root.open();
  const store = root.below(unit.name);
  const standing = await standingToMend(store);
  await requireOwn(store, unit, standing.manifest);
  const pointer = readPointer(unit.folder);
  const earlier = standing.manifest?.files ?? (pointer?.archive === store.place ? pointer.files : []);
  requireComplete(unit, plan, earlier, pointer);
  return { store, standing, earlier, plan };
}

/** A damaged manifest is written anew from the files that are here. */
async function standingToMend(store: ObjectStore): Promise<Standing> {
  try {
    return await standingOf(store);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    return { manifest: null, hash: null, state: 'incomplete' };
  }
}

/** What has gone from here must be in this archive, not in another one, and no series may be missing. */
function requireComplete(
  unit: ArchiveUnit,
  plan: readonly PlannedFile[],
  earlier: readonly ManifestEntry[],
  pointer: Pointer | null,
): void {
  const known = new Set([...plan, ...earlier].map((file) => file.path));
  const elsewhere = pointer?.files.find((file) => !known.has(file.path));
  if (elsewhere !== undefined) {
    throw new ArchiveRefused(
      `${elsewhere.path} of ${unit.folder} is only in ${pointer!.archive}; bring it back first: marsdisk archive restore ${pointer!.archive}`,
    );
  }
  const missing = [...recordedSeries(unit).keys()].find((name) => !known.has(name));
  if (missing === undefined) return;
  throw new DamagedData(
    path.join(unit.folder, missing),
    'is missing',
    'Restore it from a copy, or compute the run again with --restart; it is not archived like this.',
  );
}
