/** Beginning a run at a checkpoint file: `--resume-from FILE`, or numerics.resume.* of the configuration. */
import fs from 'node:fs';
import path from 'node:path';
import type { ResumedFrom } from '../activities/contract.js';
import { differences } from '../config/identity.js';
import type { RunSpec } from '../config/runSpec.js';
import { modelOf } from '../sim/models.js';
import type { StoredCheckpoint } from '../store/checkpoints/checkpoint.js';
import { readCheckpoint } from '../store/checkpoints/file.js';
import { checkpointFiles, newestCheckpoint } from '../store/checkpoints/folder.js';
import { type RunOf, restore } from '../store/checkpoints/state.js';
import { readJson } from '../store/documents.js';
import type { RunLayout } from '../store/layout.js';
import { CommandError, exitCode } from './exit.js';
import { differenceLines } from './refusals.js';
import { explained } from './refusedCheckpoint.js';
import { type EarlierSegments, stateBehind } from './salvaged.js';

/** Where a run begins in place of its beginning. */
export interface ResumePoint {
  readonly from: ResumedFrom;
  /** What stands in front of it in the run's folder; absent when the series begin here. */
  readonly earlier?: EarlierSegments;
  /** Fingerprint of the engine that computed what stands in the folder, where it is known. */
  readonly engine?: string;
  /** Encoded state. */
  readonly state: Uint8Array;
}

// biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
function runOf(spec: RunSpec): RunOf<any, any> {
  return { ...modelOf(spec), identity: spec.identity };
}

/**
 * The checkpoint that the user asks for; null when none is asked for.
 * @param file of `--resume-from`, which wins over the configuration
 * @throws CommandError when it cannot be used
 */
export function resumePoint(
  spec: RunSpec,
  file: string | undefined,
  warn: (message: string) => void,
): ResumePoint | null {
  if (file === undefined && !spec.resume.enabled) return null;
  const named = file === undefined ? spec.resume.from : path.resolve(file);
  if (named?.endsWith('.part')) return behindPart(spec, named);
  const found = named === null ? newestOf(spec, warn) : explained(() => readCheckpoint(named));
  return explained(
    () => pointOf(spec, found),
    ({ kind }) => (kind === 'identity' ? identities(spec, found) : ''),
  );
}

function behindPart(spec: RunSpec, file: string): ResumePoint {
  const { state, salvaged } = stateBehind(spec, file);
  const { steps, time, hash, rows } = salvaged;
  const from = { file: path.basename(file), step: steps, time, hash, rows: rowsInFront(runOf(spec), rows) };
  return { from, state };
}

function pointOf(spec: RunSpec, found: StoredCheckpoint): ResumePoint {
  const run = runOf(spec);
  const { state, rows } = restore(run, found);
  return {
    from: {
      file: path.basename(found.file),
      step: found.step,
      time: found.time,
      hash: found.stateHash,
      rows: rowsInFront(run, rows),
    },
    state: run.model.encode(state),
  };
}

/** Rows of each table that a run which begins here does not have. Those of every beginning are written again. */
// biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
function rowsInFront({ model, params }: RunOf<any, any>, rows: readonly number[]): number[] {
  const tables = model.tables(params);
  return rows.map((count, i) => (tables[i]?.once ? 0 : count));
}

function newestOf(spec: RunSpec, warn: (message: string) => void): StoredCheckpoint {
  const { folder } = spec.checkpoints;
  const { newest, skipped } = usableCheckpoint(spec);
  for (const refused of skipped) warn(`warning: skipped ${refused.file}: ${refused.reason}`);
  if (newest !== null) return newest;
  const none = checkpointFiles(folder).length === 0;
  throw new CommandError(
    `numerics.resume.enabled asks for a checkpoint, and ${folder} holds ${none ? 'none' : 'none that is whole and of this run'}.\n` +
      'Name one with --resume-from FILE, or begin at the beginning with numerics.resume.enabled=false.',
    none ? exitCode.usage : exitCode.damaged,
  );
}

/** The newest checkpoint in the run's folder that it can begin at, and the newer ones that are damaged or foreign. */
export function usableCheckpoint(spec: RunSpec): ReturnType<typeof newestCheckpoint> {
  return newestCheckpoint(spec.checkpoints.folder, (found) => void restore(runOf(spec), found));
}

/** What tells the configuration of a checkpoint's run from this one, as far as the files around it know. */
function identities(spec: RunSpec, { file, identity }: StoredCheckpoint): string {
  for (const folder of [path.dirname(file), path.dirname(path.dirname(file))]) {
    const config = readJson(path.join(folder, 'run_config.json')) as Record<string, unknown> | null;
    if (config?.identity !== identity) continue;
    return `:\n${differenceLines(differences(config.configuration as Record<string, unknown>, spec.configuration))}`;
  }
  return '';
}

/** Series of an earlier life of the run whose history is lost: kept beside the new ones, which begin at the checkpoint. */
export function keepEarlierSeries(layout: RunLayout): string | null {
  if (!fs.existsSync(layout.series) && !fs.existsSync(layout.checks)) return null;
  let n = 1;
  while (fs.existsSync(path.join(layout.outdir, `earlier-${n}`))) n += 1;
  const folder = path.join(layout.outdir, `earlier-${n}`);
  fs.mkdirSync(folder);
  for (const from of [layout.series, layout.checks]) {
    if (fs.existsSync(from)) fs.renameSync(from, path.join(folder, path.basename(from)));
  }
  return folder;
}
