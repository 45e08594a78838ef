import type { RunHead } from '../config/runSpec.js';
import { layoutOf } from '../store/layout.js';
import * as store from '../store/specs.js';
import { failingLoudly } from './runFolder.js';
import { wholeSpec } from './wholeSpec.js';

/** Writes the run's specification into its folder, where segments on any worker find it by hash. */
export async function publishSpec(spec: RunHead): Promise<string> {
  return failingLoudly(async () => store.publishSpec(layoutOf(spec.outdir), wholeSpec(spec)).sha256);
}
