/** Finished runs as they lie on a disk, and archives for them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Archive } from '../../../src/config/runSpec.js';
import type { ArchiveEvents } from '../../../src/store/archive/archiveUnit.js';
import { writeJson } from '../../../src/store/documents.js';
import { sha256 } from '../../../src/store/durable.js';
import { layoutOf } from '../../../src/store/layout.js';
import { mergeSeries, removeParts } from '../../../src/store/merge.js';
import { budgetTable, runTable, writeSegments } from '../sample.js';

export const identity = sha256('a configuration');

export interface Made {
  readonly rows?: number;
  readonly runId?: string;
  readonly identity?: string;
  readonly keepParts?: boolean;
}

/** Computes a run into `folder`: series, checks, summary, configuration, a figure and a checkpoint. */
export async function finishedRun(folder: string, made: Made = {}): Promise<string> {
  const layout = layoutOf(folder);
  const own = made.identity ?? identity;
  fs.mkdirSync(layout.parts, { recursive: true });
  const tables = [runTable, budgetTable];
  const segments = writeSegments(layout, tables, made.rows ?? 300, [100], 64);
  await mergeSeries({ layout, tables, segments, identity: own });
  if (!made.keepParts) await removeParts(layout);
  fs.mkdirSync(layout.plots);
  fs.writeFileSync(
    path.join(layout.plots, 'overview.png'),
    Uint8Array.from({ length: 5000 }, (_, i) => i),
  );
  fs.mkdirSync(path.join(folder, 'checkpoints'));
  fs.writeFileSync(path.join(folder, 'checkpoints', 'ckpt_000000300.bin'), 'state');
  fs.writeFileSync(layout.runId, `${made.runId ?? 'disk-aaaaaaaaaa'}\n`);
  writeJson(layout.runConfig, { identity: own, status: 'complete' });
  writeJson(layout.summary, { identity: own, steps: 300 });
  return folder;
}

/** A run of the original program: no identity, no run id, no record of the merge. */
export async function originalRun(folder: string): Promise<string> {
  await finishedRun(folder);
  const { merged, runId, runConfig, summary } = layoutOf(folder);
  fs.rmSync(merged);
  fs.rmSync(runId);
  writeJson(runConfig, { status: 'final' });
  writeJson(summary, { early_stop_reason: null });
  fs.writeFileSync(path.join(folder, 'run_card.md'), '# Run\n');
  fs.writeFileSync(path.join(folder, 'orbit_rollup.csv'), 'orbit\n1\n');
  return folder;
}

/** A batch with such runs as cases. */
export async function finishedBatch(folder: string, titles: readonly string[]): Promise<string> {
  fs.mkdirSync(path.join(folder, 'checks'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'checks', 'expected_sweep_list.txt'), `${titles.join('\n')}\n`);
  fs.writeFileSync(path.join(folder, 'summary.parquet'), 'rows');
  for (const [i, title] of titles.entries()) {
    await finishedRun(path.join(folder, title), {
      runId: `case-${'bcdefgh'[i]!.repeat(10)}`,
      identity: sha256(title),
    });
  }
  return folder;
}

export function archiveIn(dir: string, settings: Partial<Archive> = {}): Archive {
  return {
    dir,
    trigger: 'post_merge',
    mergeTarget: 'local',
    verifyLevel: 'standard_plus',
    keepLocal: 'all',
    recordVolume: true,
    warnSlow: 40e6,
    warnSlowFrom: 5e9,
    minFree: 0,
    ...settings,
  };
}

export const quiet: ArchiveEvents = { onBytes() {}, onCopied() {}, onVerified() {}, onRemoved() {} };

/** The files of a folder but markers, by name, with their content. */
export function contentOf(folder: string): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((name) => !path.basename(name).startsWith('.tmp-'))
    .filter((name) => !/^(?:ARCHIVE_DONE|ARCHIVE_SKIPPED|INCOMPLETE|archive_manifest\.json)$/.test(name));
  return Object.fromEntries(
    files.sort().map((name) => [name, sha256(fs.readFileSync(path.join(folder, name)))]),
  );
}

/** Markers of archives in a folder. */
export function markersIn(folder: string): string[] {
  return ['ARCHIVE_DONE', 'ARCHIVE_SKIPPED', 'INCOMPLETE'].filter((name) =>
    fs.existsSync(path.join(folder, name)),
  );
}
