import path from 'node:path';
import { checkpointFolder } from '../../config/checkpoints.js';
import { checkpointFiles, inspect } from '../checkpoints/folder.js';
import { CheckpointRefused } from '../checkpoints/refusal.js';
import { readJson } from '../documents.js';
import { DamagedData } from '../error.js';
import { foreign } from '../finishedRun.js';
import type { Finding } from './finding.js';

interface Stored {
  readonly identity?: string;
  readonly configuration?: {
    readonly numerics?: { readonly checkpoint?: { readonly path?: string | null } };
  };
}

/**
 * Reads every byte of the checkpoint files of a run. No result needs them, so a bad one is no damage to its case, and nothing is
 * computed again for it.
 * @param expected identity of the run; null: as its run_config.json says
 */
export function unusableCheckpoints(outdir: string, expected: string | null): Finding[] {
  const stored = storedIn(outdir);
  const identity = expected ?? stored?.identity ?? null;
  const folder = checkpointFolder(outdir, stored?.configuration?.numerics?.checkpoint?.path ?? null);
  return checkpointFiles(folder).flatMap((file) => {
    const { found } = inspect(file);
    const problem = found instanceof CheckpointRefused ? found.reason : strange(found.identity, identity);
    const name = path.relative(outdir, file).split(path.sep).join('/');
    return problem === null
      ? []
      : [{ file: name, reason: `cannot be used: ${problem}; no result needs it, remove it` }];
  });
}

function strange(found: string, expected: string | null): string | null {
  return expected === null || found === expected ? null : foreign(found, expected);
}

/** What is wrong with the document itself is found by whoever looks at that. */
function storedIn(outdir: string): Stored | null {
  try {
    return readJson(path.join(outdir, 'run_config.json')) as Stored | null;
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}
