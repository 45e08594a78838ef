/** What a command finds in the output folder, before any server is asked (design.md section 6). */
import fs from 'node:fs';
import { readJson } from '../store/documents.js';
import { DamagedData } from '../store/error.js';
import type { RunLayout } from '../store/layout.js';
import { inspectMerge } from '../store/mergeRecord.js';
import { readRunId } from '../store/runId.js';
import { hasParts, readSummary } from '../store/runState.js';

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
  const summary = readSummary(layout);
  if (summary === null) return null;
  const identity = expected ?? summary.identity;
  const { record, damage } = await inspectMerge(layout);
  if (damage[0] !== undefined) throw damage[0];
  if (summary.identity !== identity || record?.identity !== identity) {
    throw new DamagedData(
      layout.outdir,
      'summary.json and checks/merged.json do not belong to the run that run_config.json names',
      'Restore them from a copy, or compute the run again with --restart.',
    );
  }
  return summary;
}
