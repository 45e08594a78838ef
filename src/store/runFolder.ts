import type { RunSpec } from '../config/runSpec.js';
import { type BoundModel, modelOf } from '../sim/models.js';
import { layoutOf, type RunLayout } from './layout.js';
import { hasSpec, readSpec } from './specs.js';
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
 * The folders that were read last. Whatever hangs on the identity of the params object, such as the model's tables, stays with them for the
 * next step of the same run.
 */
export class RunFolders {
  private readonly known = new Map<string, RunFolder>();

  constructor(private readonly most: number) {}

  /** @returns as `readRunFolder` */
  read(outdir: string, specHash: string): RunFolder | null {
    const key = `${specHash} ${outdir}`;
    const before = this.known.get(key);
    this.known.delete(key);
    // Looked for even when its contents are known: an attempt that comes late must not write into the folder of a run that has ended.
    const folder =
      before !== undefined && hasSpec(before.layout, specHash) ? before : readRunFolder(outdir, specHash);
    if (folder === null) return null;
    this.known.set(key, folder);
    if (this.known.size > this.most) this.known.delete(this.known.keys().next().value!);
    return folder;
  }
}

/**
 * The model's state that these bytes, or the reference that they are, stand for; no bytes: the beginning of the run.
 * @throws DamagedData, StateError when it cannot be read
 */
// biome-ignore lint/suspicious/noExplicitAny: of whatever model
export function decodedState({ layout, model, params }: RunFolder, bytes: Uint8Array): any {
  return bytes.length === 0 ? model.initial(params) : model.decode(stateOf(layout, bytes));
}
