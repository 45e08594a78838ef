import type { Archive } from '../../config/runSpec.js';
import type { ObjectStore } from './objectStore.js';
import type { PlannedFile } from './plan.js';

/** The archive cannot take a run. Its code is that of a full disk, because it is waited out in the same way. */
export class NoRoomInArchive extends Error {
  override readonly name = 'NoRoomInArchive';
  readonly code = 'ENOSPC';
}

/** @throws NoRoomInArchive when copying would leave less room than the user wants to be left */
export async function requireRoom(
  store: ObjectStore,
  { minFree }: Archive,
  plan: readonly PlannedFile[],
): Promise<void> {
  const free = await store.free();
  if (free === null) return;
  let needed = 0;
  for (const file of plan) {
    if ((await store.size(file.path)) !== file.size) needed += file.size;
  }
  if (free - needed >= minFree) return;
  const left = minFree > 0 ? ` and io.archive.min_free_gb wants ${minFree / 1e9} GB to be left` : '';
  throw new NoRoomInArchive(
    `no room for ${megabytes(needed)} in the archive ${store.place}: ${megabytes(free)} are free on its disk${left}. Delete or move something there`,
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(3)} MB`;
}
