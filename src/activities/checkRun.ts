import fs from 'node:fs';
import { ApplicationFailure } from '@temporalio/activity';
import { keepRun } from '../store/kept.js';
import type { MergeRecord } from '../store/mergeRecord.js';
import { stateOf } from '../store/states.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { mergeRun } from './merging.js';
import { runConfigBefore } from './runConfigBefore.js';
import { failingLoudly, openRunFolder } from './runFolder.js';
import { segmentsOf } from './segmentsOf.js';

/**
 * Holds the finished run against what it promises: merged files with their recorded hashes, every table present with as many rows as
 * the segments wrote, every conserved quantity within its limit. Comes before the parts are removed, so that a failure loses nothing.
 */
export function checkRunWith(dependencies: Dependencies) {
  return async function checkRun(request: FinishRequest, state: Uint8Array): Promise<void> {
    // A merged file that has been damaged since is merged again: the parts are still there.
    const { record } = await failingLoudly(() => mergeRun(dependencies, request, () => {}));
    await failingLoudly(() => check(record, request, state));
    await failingLoudly(() => keep(request, state));
  };
}

function check(record: MergeRecord, request: FinishRequest, state: Uint8Array): void {
  const { layout, model, params } = openRunFolder(request.outdir, request.specHash);
  for (const [i, table] of model.tables(params).entries()) {
    const merged = record.files.find((file) => file.path === table.file)?.rows ?? 0;
    const written = (request.rows[i] ?? 0) - (request.firstRows?.[i] ?? 0);
    if (merged !== written) {
      fail('DamagedData', `${table.file} holds ${merged} rows, but the segments wrote ${written}`);
    }
  }
  for (const { name, error, limit } of model.conserved(model.decode(stateOf(layout, state)), params)) {
    if (!(error <= limit))
      fail('PhysicsError', `${name} is not conserved: relative error ${error}, limit ${limit}`);
  }
}

/** While parts and manifest are still there. */
async function keep(request: FinishRequest, state: Uint8Array): Promise<void> {
  const { layout, spec } = openRunFolder(request.outdir, request.specHash);
  // An execution before this one has kept them and removed the rest; what failed came later.
  if (!fs.existsSync(layout.manifests) && fs.existsSync(layout.kept)) return;
  const segments = await segmentsOf(request, layout);
  keepRun(layout, spec, runConfigBefore(layout, spec), segments, state);
}

function fail(type: string, message: string): never {
  throw ApplicationFailure.nonRetryable(message, type);
}
