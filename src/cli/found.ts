/** What a command finds in the output folder, before any server is asked (design.md section 6). */
import fs from 'node:fs';
import { archivedSummary, isArchived } from '../store/archive/archivedRun.js';
import { type Pointer, readPointer } from '../store/archive/markers.js';
import { readJson } from '../store/documents.js';
import { DamagedData } from '../store/error.js';
import type { RunLayout } from '../store/layout.js';
import { inspectMerge } from '../store/mergeRecord.js';
import { readRunId } from '../store/runId.js';
import { hasParts, readSummary } from '../store/runState.js';
import { CommandError, exitCode } from './exit.js';

export interface Found {
  readonly runId: string | null;
  /** Contents of run_config.json, or null. */
  readonly runConfig: StoredRunConfig | null;
  /** Segments or a merge have left files here. */
  readonly data: boolean;
}

export interface StoredRunConfig {
  readonly identity: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly provenance: {
    readonly engine?: string;
    readonly node?: string;
    readonly server: { readonly home?: string; readonly address?: string; readonly namespace?: string };
  };
}

export function lookInto(layout: RunLayout): Found {
  const runConfig = readJson(layout.runConfig) as StoredRunConfig | null;
  if (runConfig !== null && typeof runConfig.identity !== 'string') {
    throw new DamagedData(layout.runConfig, 'names no identity', 'Restore it from a copy, or use --restart.');
  }
  return {
    runId: readRunId(layout),
    runConfig,
    data: fs.existsSync(layout.merged) || hasParts(layout),
  };
}

/**
 * The stored summary of a finished run, verified: its files still have their recorded hashes.
 * @param expected identity of the run that it must be; default: of the one that run_config.json names
 * @returns null when the run has not finished
 * @throws DamagedData when it has, but its files are gone or changed
 */
export async function verifiedSummary(
  layout: RunLayout,
  expected = lookInto(layout).runConfig?.identity,
): Promise<Record<string, unknown> | null> {
  const pointer = readPointer(layout.outdir);
  if (pointer !== null) refuseAnotherArchived(layout, pointer, expected);
  const summary = readSummary(layout) ?? (await archivedSummary(pointer));
  if (summary === null) return null;
  const identity = expected ?? summary.identity;
  const { record, damage } = await inspectMerge(layout);
  const lost = damage.find(({ file }) => !isArchived(layout.outdir, pointer, file));
  if (lost !== undefined) throw lost;
  const merged = record?.identity ?? pointer?.identity;
  if (summary.identity !== identity || merged !== identity) {
    throw new DamagedData(
      layout.outdir,
      'summary.json and checks/merged.json do not belong to the run that run_config.json names',
      'Restore them from a copy, or compute the run again with --restart.',
    );
  }
  return summary;
}

/** With keep_local: none the pointer is all that is left to tell whose folder it is. */
function refuseAnotherArchived(layout: RunLayout, pointer: Pointer, expected: string | undefined): void {
  if (expected === undefined || pointer.identity === expected) return;
  throw new CommandError(
    `${layout.outdir} belongs to a run of another configuration, archived in ${pointer.archive} (identity ${pointer.identity.slice(0, 12)}, this one is ${expected.slice(0, 12)}).\n` +
      'Choose another folder with --outdir, or begin again here with --restart (what is here is moved aside).',
    exitCode.usage,
  );
}
