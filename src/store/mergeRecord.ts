import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './documents.js';
import { DamagedData } from './error.js';
import { syncFolder } from './folders.js';
import type { RunLayout } from './layout.js';
import { verifyFile } from './verify.js';

/** A merged file; `path` is relative to the outdir. */
export interface MergedFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a merge wrote. The same run gives the same record however it was cut. */
export interface MergeRecord {
  readonly identity: string;
  /** Hash of the state behind the last merged segment: identity and source determine every row. */
  readonly source: string;
  readonly files: readonly MergedFile[];
}

const CURE =
  'Restore it from a copy; while series/parts is there, the same command merges again; else --restart computes the run again.';

/** The record of the last completed merge with what is wrong with its files; `record` is null if nothing was merged. */
export function inspectMerge(layout: RunLayout): { record: MergeRecord | null; damage: DamagedData[] } {
  const record = readJson(layout.merged) as MergeRecord | null;
  const damage: DamagedData[] = [];
  for (const file of record?.files ?? []) {
    try {
      verifyFile(path.join(layout.outdir, file.path), file, CURE);
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      damage.push(error);
    }
  }
  return { record, damage };
}

/** The record of the merge if it belongs to `identity` and every file it names still has its size and hash; else null. */
export function verifiedMerge(layout: RunLayout, identity: string): MergeRecord | null {
  const { record, damage } = inspectMerge(layout);
  return record?.identity === identity && damage.length === 0 ? record : null;
}

/**
 * Removes part files, manifest and specifications. Calling it again does nothing.
 * @throws DamagedData and removes nothing unless the merged files are there and verified
 */
export function removeParts(layout: RunLayout): void {
  if (!fs.existsSync(layout.parts)) return;
  const { record, damage } = inspectMerge(layout);
  if (record === null) {
    throw new DamagedData(
      layout.merged,
      'is missing, so parts are kept',
      'Run the same command again: it merges first.',
    );
  }
  if (damage[0] !== undefined) throw damage[0];
  fs.rmSync(layout.parts, { recursive: true, force: true });
  syncFolder(layout.series);
}
