import { hostname } from 'node:os';
import type { RunHead, RunSpec } from '../config/runSpec.js';
import { modelOf } from '../sim/models.js';
import { readJson, writeJson } from '../store/documents.js';
import { DamagedData } from '../store/error.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { inspectMerge } from '../store/mergeRecord.js';
import { hasState, removeStates, stateOf } from '../store/states.js';
import type { ExecutionRecord } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly } from './runFolder.js';
import { wholeSpec } from './wholeSpec.js';

/**
 * Writes summary.json, the last file of a run: whoever finds it may rely on everything else. Host, restarts and the like stand in its
 * `execution` block, because they differ between runs whose results are the same.
 */
export function writeSummaryWith(dependencies: Dependencies) {
  return async function writeSummary(
    head: RunHead,
    execution: ExecutionRecord,
    state: Uint8Array,
  ): Promise<void> {
    const layout = layoutOf(head.outdir);
    await failingLoudly(async () => {
      const spec = wholeSpec(head);
      const { model, params } = modelOf(spec);
      // An attempt before this one may have come to its end without being heard of.
      if (!hasState(layout, state) && writtenBefore(layout, spec)) return;
      const end = model.decode(stateOf(layout, state));
      const { record, damage } = await inspectMerge(layout, dependencies.verifiedFiles);
      if (damage[0] !== undefined) throw damage[0];
      if (record === null) {
        throw new DamagedData(layout.merged, 'is missing', 'Restore it from a copy, or use --restart.');
      }
      completeRunConfig(layout, spec, execution);
      writeJson(layout.summary, {
        ...model.summary(end, params),
        title: spec.title,
        identity: spec.identity,
        model: spec.model,
        version: dependencies.version,
        status: model.status(end, params),
        conserved: model.conserved(end, params),
        warnings: spec.warnings,
        files: record.files,
        execution: executionOf(execution),
      });
      removeStates(layout);
    });
    dependencies.onEvent('summary-written', {});
  };
}

function writtenBefore(layout: RunLayout, spec: RunSpec): boolean {
  const summary = readJson(layout.summary) as { identity?: string } | null;
  return summary?.identity === spec.identity;
}

/**
 * A run that began at a checkpoint says so: its series lack what came before. One that several engines have computed says so, too: the last
 * bits may not be those that either of them alone would have given.
 */
function executionOf({ resumedFrom, ...execution }: ExecutionRecord): Record<string, unknown> {
  const resumed = resumedFrom ? { resumed_from: resumedFrom } : {};
  const engines = new Set(execution.engines.map(({ fingerprint }) => fingerprint));
  const exactness = engines.size > 1 ? { exactness: 'engine-changed' } : {};
  return { ...execution, ...resumed, ...exactness, finished_on: hostname() };
}

/** Adds what was not known at the start. */
function completeRunConfig(layout: RunLayout, spec: RunSpec, execution: ExecutionRecord): void {
  const before = readJson(layout.runConfig) as Record<string, unknown> | null;
  writeJson(layout.runConfig, {
    ...(before ?? { identity: spec.identity, configuration: spec.configuration, inputs: spec.inputs }),
    status: 'complete',
    restarts: execution.restarts,
  });
}
