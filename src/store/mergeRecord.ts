import fs from 'node:fs';
import path from 'node:path';
import { readJson } from './documents.js';
import { DamagedData } from './error.js';
import { syncFolder } from './folders.js';
import type { RunLayout } from './layout.js';
import { type VerifiedFiles, verifyInTurns } from './verify.js';

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
  'The command that started the run brings it back, and so does marsdisk check --mend with its folder; --restart computes the run again.';

/**
 * The record of the last completed merge with what is wrong with its files; `record` is null if nothing was merged.
 * @param known files that need not be read again; without it, all are read
 */
export async function inspectMerge(
  layout: RunLayout,
  known?: VerifiedFiles,
): Promise<{ record: MergeRecord | null; damage: DamagedData[] }> {
  const record = readJson(layout.merged) as MergeRecord | null;
  const damage: DamagedData[] = [];
  for (const file of record?.files ?? []) {
    try {
      await verifyInTurns(path.join(layout.outdir, file.path), file, CURE, known);
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      damage.push(error);
    }
  }
  return { record, damage };
}

/** The record of the merge if it belongs to `identity` and every file it names still has its size and hash; else null. */
export async function verifiedMerge(
  layout: RunLayout,
  identity: string,
  known?: VerifiedFiles,
): Promise<MergeRecord | null> {
  const { record, damage } = await inspectMerge(layout, known);
  return record?.identity === identity && damage.length === 0 ? record : null;
}

/**
 * Removes part files, manifest and specifications. Calling it again does nothing.
 * @throws DamagedData and removes nothing unless the merged files are there and verified
 */
export async function removeParts(layout: RunLayout, known?: VerifiedFiles): Promise<void> {
  if (!fs.existsSync(layout.parts)) return;
  const { record, damage } = await inspectMerge(layout, known);
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
