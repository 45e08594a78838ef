/** What is archived as one: a run, or the files of a batch outside of its cases. */
import fs from 'node:fs';
import path from 'node:path';
import { batchLayout, isBatch } from '../batch/batchLayout.js';
import { readJson } from '../documents.js';
import { sha256 } from '../durable.js';
import { layoutOf } from '../layout.js';
import { readRunId } from '../runId.js';
import { fileHash } from '../verify.js';
import { readPointer } from './markers.js';
import { ArchiveRefused } from './refused.js';

export interface ArchiveUnit {
  readonly kind: 'run' | 'batch';
  /** Absolute. */
  readonly folder: string;
  /** Where it goes below the root of the archive: the run's folder name, or batch and title. */
  readonly name: string;
  readonly identity: string;
  /** Tells runs of the same configuration apart; null for the original program's. */
  readonly runId: string | null;
}

/** @throws ArchiveRefused when the folder holds no finished run */
export function runUnit(folder: string): ArchiveUnit {
  const root = path.resolve(folder);
  const batch = path.dirname(root);
  const name = isBatch(batch) ? `${path.basename(batch)}/${path.basename(root)}` : path.basename(root);
  const { runConfig, summary } = layoutOf(root);
  const unit = { kind: 'run' as const, folder: root, name };
  const pointer = readPointer(root);
  if (pointer !== null && !fs.existsSync(runConfig)) {
    return { ...unit, identity: pointer.identity, runId: pointer.runId };
  }
  if (!fs.existsSync(runConfig)) throw new ArchiveRefused(`${root} holds no run: run_config.json is missing`);
  if (pointer === null && !fs.existsSync(summary)) {
    throw new ArchiveRefused(`${root} holds no finished run: summary.json is missing`);
  }
  const { identity } = readJson(runConfig) as { identity?: string };
  return { ...unit, identity: identity ?? fileHash(runConfig), runId: readRunId(layoutOf(root)) };
}

/** The files of a batch itself: its list, its checks, its summary. */
export function batchUnit(folder: string): ArchiveUnit {
  const { folder: root, definition, expectedList } = batchLayout(folder);
  const source = fs.existsSync(definition) ? definition : expectedList;
  const identity = sha256(fs.readFileSync(source));
  return { kind: 'batch', folder: root, name: path.basename(root), identity, runId: null };
}

/** Folders of the cases of a batch that have begun, by name. */
export function caseFolders(batch: string): string[] {
  return fs
    .readdirSync(batch, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isCase(path.join(batch, entry.name)))
    .map(({ name }) => path.join(batch, name))
    .sort();
}

const signs = ['run_id', 'run_config.json', 'summary.json', 'ARCHIVE_DONE'];

function isCase(folder: string): boolean {
  return signs.some((name) => fs.existsSync(path.join(folder, name)));
}
