import { identityOf } from '../config/identity.js';
import type { RunHead, RunSpec } from '../config/runSpec.js';
import { readJson } from '../store/documents.js';
import { DamagedData } from '../store/error.js';
import { layoutOf } from '../store/layout.js';

/**
 * A specification with the parts that did not travel with it, from the run_config.json of its run.
 * @throws DamagedData when that is missing, or that of another run
 */
export function wholeSpec(spec: RunHead): RunSpec {
  if ('params' in spec) return spec as RunSpec;
  const { runConfig } = layoutOf(spec.outdir);
  const stored = readJson(runConfig) as Pick<
    RunSpec,
    'params' | 'configuration' | 'origins' | 'inputs' | 'warnings'
  > | null;
  const cure = 'Restore it from a copy, or type the command of the sweep again: it writes the file anew.';
  if (stored === null) throw new DamagedData(runConfig, 'is missing', cure);
  const { params, configuration, origins, inputs, warnings } = stored;
  if (identityOf(spec.model, params) !== spec.identity) {
    throw new DamagedData(runConfig, 'does not hold the parameters of this run', cure);
  }
  return { ...spec, params, configuration, origins, inputs, warnings };
}
