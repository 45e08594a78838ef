import type { RunSpec } from '../config/runSpec.js';
import { type BoundModel, modelOf } from '../sim/models.js';
import { layoutOf, type RunLayout } from './layout.js';
import { readSpec } from './specs.js';
import { stateOf } from './states.js';

/** The folder of a run on its way, with what its specification says. */
export interface RunFolder extends BoundModel {
  readonly layout: RunLayout;
  readonly spec: RunSpec;
}

/** @returns null when the folder holds no such specification: it never came here, or has gone with the parts of a run that has ended */
export function readRunFolder(outdir: string, specHash: string): RunFolder | null {
  const layout = layoutOf(outdir);
  const spec = readSpec(layout, specHash);
  return spec === null ? null : { layout, spec, ...modelOf(spec) };
}

/**
 * The model's state that these bytes, or the reference that they are, stand for; no bytes: the beginning of the run.
 * @throws DamagedData, StateError when it cannot be read
 */
// biome-ignore lint/suspicious/noExplicitAny: of whatever model
export function decodedState({ layout, model, params }: RunFolder, bytes: Uint8Array): any {
  return bytes.length === 0 ? model.initial(params) : model.decode(stateOf(layout, bytes));
}
