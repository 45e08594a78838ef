import { createHash } from 'node:crypto';
import type { Archive } from '../../config/runSpec.js';
import { DamagedData } from '../error.js';
import type { ArchivedFile } from './markers.js';
import type { ObjectStore } from './objectStore.js';
import { readTable } from './tables.js';

export interface Verification {
  readonly store: ObjectStore;
  readonly files: readonly ArchivedFile[];
  readonly level: NonNullable<Archive['verifyLevel']>;
  /** Read back whole whatever the level: they have gone from here, or shall go. */
  readonly whole: ReadonlySet<string>;
  /** Rows that a table must have, by file. */
  readonly rows: ReadonlyMap<string, number>;
  readonly onBytes: (bytes: number) => void;
  readonly onFile: (path: string) => void;
}

const essential = /^(?:summary\.json|run_config\.json|run_id)$/;
const large = /^(?:series|checkpoints|debug)\//;
const table = /^series\/[^/]+\.parquet$/;

/**
 * Reads a copy back, as far as its level says.
 * @throws DamagedData naming the first file of the archive that is not what was copied
 */
export async function verifyCopy(verification: Verification): Promise<void> {
  const { store, files, level, whole, rows, onBytes, onFile } = verification;
  for (const file of files) {
    await requireSize(store, file);
    const readBack = whole.has(file.path) || essential.test(file.path) || level === 'strict';
    if (readBack || (level === 'standard_plus' && !large.test(file.path))) {
      await requireHash(store, file, onBytes);
    }
    if (level !== 'standard' && table.test(file.path)) {
      const found = await readTable(store, file.path, file.size, level === 'strict' ? 'all' : 'ends');
      const expected = rows.get(file.path) ?? found;
      if (found !== expected) throw damaged(store, file, `has ${found} rows, the series had ${expected}`);
    }
    onFile(file.path);
  }
}

export async function requireSize(store: ObjectStore, file: ArchivedFile): Promise<void> {
  const size = await store.size(file.path);
  if (size === null) throw damaged(store, file, 'is missing');
  if (size !== file.size) throw damaged(store, file, `has ${size} bytes, copied were ${file.size}`);
}

export async function requireHash(
  store: ObjectStore,
  file: ArchivedFile,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  const found = await hashIn(store, file.path, onBytes);
  if (found === null) throw damaged(store, file, 'is missing');
  if (found !== file.sha256) {
    throw damaged(store, file, `has changed: its SHA-256 is ${found}, copied was ${file.sha256}`);
  }
}

/** SHA-256 of an archived file; null: it is not there. */
export async function hashIn(
  store: ObjectStore,
  name: string,
  onBytes: (bytes: number) => void = () => {},
): Promise<string | null> {
  const content = await store.read(name);
  if (content === null) return null;
  const hash = createHash('sha256');
  for await (const block of content) {
    hash.update(block);
    onBytes(block.length);
  }
  return hash.digest('hex');
}

function damaged(store: ObjectStore, file: ArchivedFile, reason: string): DamagedData {
  return new DamagedData(
    `${store.place}/${file.path}`,
    reason,
    'Archive the run again where it still is, or restore the archive from a copy.',
  );
}
