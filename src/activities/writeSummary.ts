import { hostname } from 'node:os';
import type { RunHead, RunSpec } from '../config/runSpec.js';
import { runCard } from '../report/runCard.js';
import { type BoundModel, modelOf } from '../sim/models.js';
import { readJson } from '../store/documents.js';
import { writeDurably } from '../store/durable.js';
import { DamagedData } from '../store/error.js';
import { type Execution, writeFinishedConfig, writeFinishedSummary } from '../store/finishedRun.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { inspectMerge, type MergedFile } from '../store/mergeRecord.js';
import { hasState, removeStates, stateOf } from '../store/states.js';
import type { ExecutionRecord } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { runConfigBefore } from './runConfigBefore.js';
import { failingLoudly } from './runFolder.js';
import { wholeSpec } from './wholeSpec.js';

/** @param bound model and parameters of this run, if somebody has them: their tables need not be made again */
export type WriteSummary = (
  head: RunHead,
  execution: ExecutionRecord,
  state: Uint8Array,
  bound?: BoundModel,
) => Promise<void>;

/**
 * Writes summary.json, the last file of a run: whoever finds it may rely on everything else. Host, restarts and the like stand in its
 * `execution` block, because they differ between runs whose results are the same.
 */
export function writeSummaryWith(dependencies: Dependencies): WriteSummary {
  return async function writeSummary(
    head: RunHead,
    execution: ExecutionRecord,
    state: Uint8Array,
    bound?: BoundModel,
  ): Promise<void> {
    const layout = layoutOf(head.outdir);
    await failingLoudly(async () => {
      const spec = wholeSpec(head);
      const { model, params } = bound ?? modelOf(spec);
      // An attempt before this one may have come to its end without being heard of.
      if (!hasState(layout, state) && writtenBefore(layout, spec)) return;
      const end = model.decode(stateOf(layout, state));
      const { record, damage } = await inspectMerge(layout, dependencies.verifiedFiles);
      if (damage[0] !== undefined) throw damage[0];
      if (record === null) {
        throw new DamagedData(layout.merged, 'is missing', 'Restore it from a copy, or use --restart.');
      }
      const completion = { version: dependencies.version, execution: executionOf(execution) };
      writeFinishedConfig(layout, runConfigBefore(layout, spec), completion);
      if (spec.figures) {
        const { version } = dependencies;
        writeDurably(layout.runCard, cardOf(spec, { model, params }, end, record.files, version));
      }
      writeFinishedSummary(layout, spec, { model, params }, end, record.files, completion);
      removeStates(layout);
    });
    dependencies.onEvent('summary-written', {});
  };
}

/** The run in words, for whoever wants pictures of it too. */
function cardOf(
  spec: RunSpec,
  { model, params }: BoundModel,
  // biome-ignore lint/suspicious/noExplicitAny: of whatever model
  end: any,
  files: readonly MergedFile[],
  version: string,
): string {
  const { notes } = model.status(end, params);
  const meanings = model.summaryMeanings ?? {};
  return runCard({ spec, version, results: model.summary(end, params), meanings, notes, files });
}

function writtenBefore(layout: RunLayout, spec: RunSpec): boolean {
  const summary = readJson(layout.summary) as { identity?: string } | null;
  return summary?.identity === spec.identity;
}

/**
 * A run that began at a checkpoint says so: its series lack what came before. One that several engines have computed says so, too: the last
 * bits may not be those that either of them alone would have given.
 */
function executionOf({ resumedFrom, ...execution }: ExecutionRecord): Execution {
  const resumed = resumedFrom ? { resumed_from: resumedFrom } : {};
  const engines = new Set(execution.engines.map(({ fingerprint }) => fingerprint));
  const exactness = engines.size > 1 ? { exactness: 'engine-changed' } : {};
  return { ...execution, ...resumed, ...exactness, finished_on: hostname() };
}
