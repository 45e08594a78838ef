import fs from 'node:fs';
import path from 'node:path';
import { hashInTurns } from '../verify.js';
import type { ReadFile } from './cleaning.js';
import type { ObjectStore } from './objectStore.js';
import type { Pace } from './pace.js';
import type { PlannedFile } from './plan.js';
import { recordedSeries, requireAsRecorded } from './recorded.js';
import type { ArchiveUnit } from './unit.js';
import { hashIn } from './verifyCopy.js';

export interface CopyEvents {
  /** Told of every piece that is written to the archive or read back from it. */
  readonly onBytes: (bytes: number) => void;
  /** Told after every file that the archive has, copied now or before. */
  readonly onCopied: (path: string) => void;
}

export interface Copying {
  readonly unit: ArchiveUnit;
  readonly store: ObjectStore;
  readonly plan: readonly PlannedFile[];
  readonly pace: Pace;
  readonly events: CopyEvents;
}

/** Copies what the archive does not have yet: an attempt before this one may have been killed in the middle. */
export async function copyFiles({
  unit,
  store,
  plan,
  pace,
  events,
}: Copying): Promise<{ files: ReadFile[]; copied: number }> {
  const recorded = recordedSeries(unit);
  const files: ReadFile[] = [];
  let copied = 0;
  for (const file of plan) {
    const from = path.join(unit.folder, file.path);
    const there = await store.size(file.path);
    const hash = there === null ? null : await hashInTurns(from);
    // A file that went bad must not replace its own good copy.
    if (hash !== null) requireAsRecorded(unit, recorded, { ...file, sha256: hash });
    let sha256 = there === file.size && (await hashIn(store, file.path)) === hash ? hash : null;
    if (sha256 === null) {
      const { mtimeMs } = file;
      const began = performance.now();
      const copy = await store.putFile(file.path, from, { mtimeMs, onBytes: events.onBytes });
      pace.add(copy.bytes, performance.now() - began);
      sha256 = copy.sha256;
      copied += 1;
    }
    requireUntouched(from, file);
    requireAsRecorded(unit, recorded, { ...file, sha256 });
    files.push({ ...file, sha256 });
    events.onCopied(file.path);
  }
  return { files, copied };
}

/** Hashes of the files here. */
export async function hashFiles(unit: ArchiveUnit, plan: readonly PlannedFile[]): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  for (const file of plan) {
    const from = path.join(unit.folder, file.path);
    const sha256 = await hashInTurns(from);
    requireUntouched(from, file);
    files.push({ ...file, sha256 });
  }
  return files;
}

function requireUntouched(from: string, { size, mtimeMs }: PlannedFile): void {
  const now = fs.statSync(from);
  if (now.size === size && now.mtimeMs === mtimeMs) return;
  throw new Error(
    `${from} was changed while it was archived; archive again when nothing writes to it any more`,
  );
}
