/** The documents that a finished run leaves: what is in them, and whether they can be believed. */
import fs from 'node:fs';
import type { BoundModel } from '../sim/models.js';
import { makeFolder } from './durable.js';
import type { Essentials, KeptRun } from './kept.js';
import type { RunLayout } from './layout.js';
import type { MergedFile, MergeRecord } from './mergeRecord.js';
import { readSealed, type Stored, writeSealed } from './sealed.js';

/** How a run was executed; differs between runs whose results are the same. */
export type Execution = Readonly<Record<string, unknown>> & { readonly workflowId: string };

/** What is known only when a run has ended. */
export interface Completion {
  /** Of marsdisk. */
  readonly version: string;
  readonly execution: Execution;
}

export interface StoredSummary {
  readonly identity?: unknown;
  readonly version?: string;
  readonly files?: readonly MergedFile[];
  readonly execution?: Execution;
}

export interface StoredConfig {
  readonly identity?: unknown;
  readonly status?: unknown;
  readonly title?: string;
  readonly model?: string;
  readonly params?: unknown;
  readonly warnings?: readonly string[];
  readonly configuration?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  readonly completion?: Completion;
}

export interface FinishedRun {
  readonly summary: Stored<StoredSummary>;
  readonly config: Stored<StoredConfig>;
  readonly merged: Stored<MergeRecord>;
  readonly kept: Stored<KeptRun>;
  /** Identity that they share, or most of them if one is of another run. */
  readonly identity: string | null;
  /** Identity of the run that they are all of where none is of the expected one; null: some are, or there are none. */
  readonly stranger: string | null;
}

/** @param expected identity of the run that it must be; null: the one that most documents name */
export function readFinishedRun(layout: RunLayout, expected: string | null): FinishedRun {
  const summary = readSealed<StoredSummary>(layout.summary);
  const config = readSealed<StoredConfig>(layout.runConfig);
  const merged = readSealed<MergeRecord>(layout.merged);
  const kept = readSealed<KeptRun>(layout.kept);
  const named = [config, kept, summary, merged]
    .map(({ value }) => value?.identity)
    .filter((one) => typeof one === 'string');
  const identity = expected ?? mostFrequent(named);
  return {
    ...{ summary: own(summary, identity), config: own(config, identity) },
    ...{ merged: own(merged, identity), kept: own(kept, identity) },
    identity,
    stranger: identity !== null && named.includes(identity) ? null : mostFrequent(named),
  };
}

/** Whether the run has come to its end in this folder, whatever it has lost since: something that only an end leaves is there. */
export function hasEnded(layout: RunLayout, { summary, config, merged, kept }: FinishedRun): boolean {
  if (summary.value !== null || summary.problem !== null || config.value?.status === 'complete') return true;
  return merged.value !== null && kept.value !== null && !fs.existsSync(layout.parts);
}

/** A document of another run is as good as none. */
function own<T extends { readonly identity?: unknown }>(
  stored: Stored<T>,
  identity: string | null,
): Stored<T> {
  if (stored.value === null || stored.value.identity === identity) return stored;
  return { value: null, problem: foreign(stored.value.identity, identity), sealed: stored.sealed };
}

export function foreign(found: unknown, expected: string | null): string {
  const of = typeof found === 'string' ? `is of another run, ${found.slice(0, 12)}` : 'names no identity';
  return `${of}; expected ${expected?.slice(0, 12)}`;
}

function mostFrequent(names: readonly string[]): string | null {
  const count = (name: string) => names.filter((one) => one === name).length;
  return [...names].sort((a, b) => count(b) - count(a))[0] ?? null;
}

/** Writes summary.json. @param end state at the end of the run */
export function writeFinishedSummary(
  layout: RunLayout,
  spec: Essentials,
  { model, params }: BoundModel,
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  end: any,
  files: readonly MergedFile[],
  { version, execution }: Completion,
): void {
  makeFolder(layout.outdir);
  writeSealed(layout.summary, {
    ...model.summary(end, params),
    title: spec.title,
    identity: spec.identity,
    model: spec.model,
    version,
    status: model.status(end, params),
    conserved: model.conserved(end, params),
    warnings: spec.warnings,
    files,
    execution,
  });
}

/** Writes the final run_config.json: what it said at the start, and what was not known then. */
export function writeFinishedConfig(
  layout: RunLayout,
  before: Readonly<Record<string, unknown>>,
  completion: Completion,
): void {
  makeFolder(layout.outdir);
  writeSealed(layout.runConfig, {
    ...before,
    status: 'complete',
    restarts: completion.execution.restarts,
    completion,
  });
}
