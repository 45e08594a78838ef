/** The checkpoint files that a folder named on the command line means. */
import fs from 'node:fs';
import path from 'node:path';
import { checkpointFolder } from '../config/checkpoints.js';
import { modelOf } from '../sim/models.js';
import type { RunOf } from '../store/checkpoints/state.js';
import { readJson } from '../store/documents.js';
import { CommandError, exitCode } from './exit.js';

export interface CheckpointPlace {
  readonly folder: string;
  /** The run that they belong to, as its run_config.json says; null without one. */
  // biome-ignore lint/suspicious/noExplicitAny: the machinery knows no model's types
  readonly run: RunOf<any, any> | null;
}

interface StoredRun {
  readonly identity: string;
  readonly model: string;
  readonly params: unknown;
  readonly configuration: { readonly numerics?: { readonly checkpoint?: { readonly path?: string | null } } };
}

/**
 * @param name output folder of a run, or its folder of checkpoints
 * @throws CommandError (exit code 2) when there is no such folder
 */
export function checkpointPlace(name: string): CheckpointPlace {
  const root = path.resolve(name);
  if (!fs.statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError(
      `${root} is no folder: give a run's output folder, or its checkpoints`,
      exitCode.usage,
    );
  }
  const own = storedRun(root);
  if (own !== null) {
    const configured = checkpointFolder(root, own.configuration.numerics?.checkpoint?.path ?? null);
    return { folder: configured, run: runOf(own) };
  }
  const above = storedRun(path.dirname(root));
  return { folder: root, run: above === null ? null : runOf(above) };
}

function storedRun(outdir: string): StoredRun | null {
  return readJson(path.join(outdir, 'run_config.json')) as StoredRun | null;
}

// biome-ignore lint/suspicious/noExplicitAny: see above
function runOf(stored: StoredRun): RunOf<any, any> {
  return { ...modelOf(stored), identity: stored.identity };
}
