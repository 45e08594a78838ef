import type { RunSpec } from '../config/runSpec.js';
import { readJson, sortedJson, writeJson } from './documents.js';
import { writeDurably } from './durable.js';
import { hasCode } from './error.js';
import type { RunLayout } from './layout.js';

/** What run_config.json says at the start: the resolved configuration, and who computes it where with which versions. */
function runConfigOf(spec: RunSpec, provenance: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    status: 'started',
    title: spec.title,
    identity: spec.identity,
    model: spec.model,
    configuration: spec.configuration,
    origins: spec.origins,
    params: spec.params,
    inputs: spec.inputs,
    warnings: spec.warnings,
    restarts: [],
    provenance,
  };
}

/**
 * Writes run_config.json of a run that begins. Of two with different configurations that race for a folder, the second must not put its own
 * beside the other's run.
 * @returns null, or the identity of the other run whose folder it is
 */
export function recordStart(
  layout: RunLayout,
  spec: RunSpec,
  provenance: Readonly<Record<string, unknown>>,
): string | null {
  const config = runConfigOf(spec, provenance);
  try {
    writeDurably(layout.runConfig, sortedJson(config), { createOnly: true });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const there = readJson(layout.runConfig) as { readonly identity?: string } | null;
    if (there?.identity !== undefined && there.identity !== spec.identity) return there.identity;
    writeJson(layout.runConfig, config); // left by a command that was killed before its run began
  }
  return null;
}
