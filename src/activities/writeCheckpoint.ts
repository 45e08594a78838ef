import { saveCheckpoint } from '../store/checkpoints/save.js';
import { stateOf } from '../store/states.js';
import type { CheckpointRequest } from './contract.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/**
 * Leaves a checkpoint file of a state where a user asked for one: on demand, or at the end of a cancelled run. Those at the multiples of the
 * interval are left by the segments themselves.
 * @returns path of the file
 */
export async function writeCheckpoint(request: CheckpointRequest, state: Uint8Array): Promise<string> {
  const { layout, spec, model, params } = openRunFolder(request.outdir, request.specHash);
  return failingLoudly(() => {
    const reached = state.length === 0 ? model.initial(params) : model.decode(stateOf(layout, state));
    const place = { outdir: layout.outdir, ...spec.checkpoints };
    return saveCheckpoint(place, { model, params, identity: spec.identity }, reached, request.rows);
  });
}
