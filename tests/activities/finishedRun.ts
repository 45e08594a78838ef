/** Whole runs as a worker makes them, with its own activities but without a server: a tenth of a second each. */
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Dependencies, RunningSegment } from '../../src/activities/dependencies.js';
import { activitiesOf } from '../../src/activities/index.js';
import type { SegmentTask } from '../../src/activities/segmentTask.js';
import { loadRunSpec } from '../../src/config/load.js';
import type { RunSpec } from '../../src/config/runSpec.js';
import { sweepIdentity } from '../../src/config/sweep/identity.js';
import { placedIn } from '../../src/config/sweep/placed.js';
import { type SweepSpec, unplaced } from '../../src/config/sweep/sweepSpec.js';
import { type BatchLayout, batchLayout } from '../../src/store/batch/batchLayout.js';
import { writeDefinition } from '../../src/store/batch/definition.js';
import { checkInTurn } from '../../src/store/completeness/checkCases.js';
import { writeJson } from '../../src/store/documents.js';
import { layoutOf } from '../../src/store/layout.js';
import { appendManifest } from '../../src/store/manifest.js';
import { readOrCreateRunId } from '../../src/store/runId.js';
import { publishSpec } from '../../src/store/specs.js';
import { stateHash } from '../../src/store/states.js';
import { VerifiedFiles } from '../../src/store/verify.js';
import { SegmentFailure } from '../../src/worker/segmentFailure.js';
import runSegment from '../../src/worker/segmentThread.js';
import { StepGate } from '../../src/worker/stepGate.js';
import { accepted, atTheBeginning, attempt, type Books } from '../worker/attempts.js';

export interface HowToRun {
  /** Steps of a segment. */
  readonly steps?: number;
  readonly inlineStateLimit?: number;
  /** Steps between recovery files, each of which cuts a part. */
  readonly recoveryEvery?: number;
  /** State, and rows in front of it, that the run begins at in place of its beginning. */
  readonly from?: Pick<Books, 'state' | 'rows'>;
}

/** A short run of a few dozen steps. */
export function shortSpec(outdir: string, ...overrides: string[]): Promise<RunSpec> {
  return loadRunSpec({
    file: 'configs/quickstart.yml',
    overrides: ['numerics.t_end_years=1e-4', 'sizes.n_bins=12', 'io.figures=false', ...overrides],
    outdir,
  });
}

/** What the activities behind the last segment ask of their worker. */
export function dependenciesOf(computePool: Partial<Dependencies['computePool']> = {}): Dependencies {
  return {
    computePool: { draining: false, ...computePool },
    onProgress() {},
    onWaiting() {},
    onEvent() {},
    engine: 'test',
    verifiedFiles: new VerifiedFiles(),
    checkCases: checkInTurn,
    inlineStateLimit: 32768,
    partBatchRows: 16,
    keepStateEvery: 100,
    recovery: { everySeconds: 1e9, everySteps: null },
    version: 'test',
  } as unknown as Dependencies;
}

/** Computes a run from its beginning to its summary. @returns the books behind its last segment */
export async function finish(spec: RunSpec, how: HowToRun = {}): Promise<Books> {
  const layout = layoutOf(spec.outdir);
  const workflowId = readOrCreateRunId(layout, spec.title);
  const { identity, title, model, params, configuration, inputs } = spec;
  writeJson(layout.runConfig, { status: 'started', identity, title, model, params, configuration, inputs });
  let books: Books = { ...atTheBeginning, ...how.from };
  while (!books.done) books = accepted(books, attempt(spec, books, how));
  const manifest = appendManifest(layout.manifests, null, books.segments);
  const specHash = publishSpec(layout, spec).sha256;
  const request = {
    ...{ outdir: spec.outdir, specHash, manifest, rows: books.rows },
    firstRows: how.from?.rows ?? [],
  };
  const activities = activitiesOf(dependenciesOf());
  const act = <T>(work: () => Promise<T>) => new MockActivityEnvironment().run(work);
  await act(() => activities.mergeSeries(request));
  await act(() => activities.checkRun(request, books.state));
  await act(() => activities.removeParts(request));
  const execution = {
    ...{ workflowId, segments: books.segments.length, restartCount: 0, restarts: [], repaired: [] },
    engines: [],
    resumedFrom: how.from
      ? { file: 'ckpt', step: 0, time: 0, hash: stateHash(how.from.state), rows: how.from.rows }
      : null,
  };
  await act(() => activities.writeSummary(spec, execution, books.state));
  return books;
}

/** A batch whose cases differ in the overrides; nothing is computed yet. */
export async function defineBatch(
  folder: string,
  overrides: Readonly<Record<string, string>>,
): Promise<{ layout: BatchLayout; specs: RunSpec[] }> {
  const titles = Object.keys(overrides);
  const specs = await Promise.all(
    titles.map((title) => shortSpec(path.join(unplaced, title), overrides[title]!)),
  );
  const cases = specs.map((spec, index) => ({ index, title: titles[index]!, values: {}, seed: index, spec }));
  const sweep: SweepSpec = {
    ...{ tag: 'tests', root: path.dirname(folder), identity: sweepIdentity(cases) },
    ...{ cases, seed: 1, jobs: null, duplicates: [] },
    hooks: { afterCase: null, afterBatch: null },
    warnings: [],
  };
  const layout = batchLayout(folder);
  writeDefinition(layout, sweep);
  return { layout, specs: specs.map((spec, i) => placedIn(spec, path.join(folder, titles[i]!))) };
}

/** Computes segments in this thread, and counts those that are computed again. */
export function computing(inlineStateLimit = 32768): {
  readonly deps: Dependencies;
  readonly computed: () => number;
} {
  let computed = 0;
  const start = (task: SegmentTask): RunningSegment => {
    const { port1, port2 } = new MessageChannel();
    const found = runSegment({ ...task, gate: new StepGate().memory, port: port2 });
    port1.close();
    const done =
      'failure' in found ? Promise.reject(SegmentFailure.fromThread(found)) : Promise.resolve(found);
    return { done, stop() {}, progress: () => null };
  };
  const onEvent: Dependencies['onEvent'] = (name) => {
    if (name === 'segment-recomputed') computed += 1;
  };
  return { deps: { ...dependenciesOf({ start }), onEvent, inlineStateLimit }, computed: () => computed };
}
