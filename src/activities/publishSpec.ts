import type { RunSpec } from '../config/runSpec.js';
import { layoutOf } from '../store/layout.js';
import * as store from '../store/specs.js';

/** Writes the run's specification into its folder, where segments on any worker find it by hash. */
export async function publishSpec(spec: RunSpec): Promise<string> {
  return store.publishSpec(layoutOf(spec.outdir), spec).sha256;
}
