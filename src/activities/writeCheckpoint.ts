import { saveCheckpoint } from '../store/checkpoints/save.js';
import { decodedState } from '../store/runFolder.js';
import type { CheckpointRequest } from './contract.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/**
 * Leaves a checkpoint file of a state where a user asked for one: on demand, or at the end of a cancelled run. Those at the multiples of the
 * interval are left by the segments themselves.
 * @returns path of the file
 */
export async function writeCheckpoint(request: CheckpointRequest, state: Uint8Array): Promise<string> {
  const folder = openRunFolder(request.outdir, request.specHash);
  const { layout, spec, model, params } = folder;
  return failingLoudly(() => {
    const reached = decodedState(folder, state);
    const place = { outdir: layout.outdir, ...spec.checkpoints };
    return saveCheckpoint(place, { model, params, identity: spec.identity }, reached, request.rows);
  });
}
