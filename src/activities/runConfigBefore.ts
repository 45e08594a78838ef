import type { RunSpec } from '../config/runSpec.js';
import { readJson } from '../store/documents.js';
import type { RunLayout } from '../store/layout.js';

/** run_config.json as the command that began the run has written it, or, where it has been deleted since, what the specification knows. */
export function runConfigBefore(layout: RunLayout, spec: RunSpec): Readonly<Record<string, unknown>> {
  const stored = readJson(layout.runConfig) as Readonly<Record<string, unknown>> | null;
  if (stored !== null) {
    const { completion: _, seal: __, ...before } = stored; // of an attempt that came to its end without being heard of
    return before;
  }
  const { title, identity, model, configuration, origins, params, inputs, warnings } = spec;
  return { title, identity, model, configuration, origins, params, inputs, warnings };
}
