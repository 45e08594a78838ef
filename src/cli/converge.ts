/** `marsdisk converge FILE`: how far the results of a configuration depend on the number of bins and on the tolerance. */
import os from 'node:os';
import path from 'node:path';
import type { RunSpec } from '../config/runSpec.js';
import { type Convergence, type ConvergenceRun, convergenceOf, headlines } from '../report/convergence.js';
import { convergenceText } from '../report/convergenceText.js';
import { formatTime } from '../report/format.js';
import type { MarsParams } from '../sim/mars/params.js';
import { modelNamed } from '../sim/models.js';
import { writeConvergence } from '../store/convergenceFile.js';
import { layoutOf } from '../store/layout.js';
import { computeSummaries, type SummaryTask } from '../worker/convergePool.js';
import type { ConvergeProgress } from '../worker/convergeThread.js';
import { version } from '../worker/version.js';
import { CommandError, exitCode } from './exit.js';
import { verifiedSummary } from './found.js';
import { ProgressView } from './progressView.js';

export interface ConvergeOptions {
  readonly finer: boolean;
  readonly store: boolean;
  readonly outdir?: string;
  readonly jobs?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The second tolerance over the first. */
const tighter = 0.1;

/** Fewer bins than this are no resolution. */
const leastBins = 8;

interface Step {
  readonly bins: number;
  readonly rtol: number;
}

export async function converge(
  file: string,
  overrides: readonly string[],
  options: ConvergeOptions,
): Promise<void> {
  const { loadRunSpec } = await import('../config/load.js');
  const loaded = await loadRunSpec({ file, overrides, environment: process.env });
  const spec: RunSpec =
    options.outdir === undefined ? loaded : { ...loaded, outdir: path.resolve(options.outdir) };
  const params = resolvedParams(spec);
  const layout = layoutOf(spec.outdir);
  if (options.store && (await verifiedSummary(layout, spec.identity)) === null) {
    throw new CommandError(
      `--store: ${path.relative('.', spec.outdir) || '.'} holds no finished run of this configuration; run it first, or name its folder with --outdir`,
      exitCode.usage,
    );
  }
  const steps = stepsOf(params, options.finer);
  const convergence = await computed(spec, params, steps, options);
  if (options.store) {
    const stored = writeConvergence(layout, spec.identity, version, convergence);
    process.stderr.write(`stored in ${path.relative('.', stored)}\n`);
  }
  print(spec, convergence, options.json);
}

/** @throws CommandError for models without size bins or tolerance */
function resolvedParams({ model, params }: RunSpec): MarsParams {
  if (model !== 'mars-disk') {
    throw new CommandError(
      `converge compares numbers of size bins and tolerances, and the model ${model} has no tolerance; use numerics.solver=resolved`,
      exitCode.usage,
    );
  }
  return params as MarsParams;
}

/** Half, the same and twice the bins (four times with --finer), then the asked bins with the tighter tolerance. */
function stepsOf({ sizes: { bins }, solver: { rtol } }: MarsParams, finer: boolean): Step[] {
  if (bins % 2 !== 0 || bins < leastBins) {
    throw new CommandError(
      `sizes.n_bins = ${bins}: converge halves it; give an even number of at least ${leastBins}`,
      exitCode.usage,
    );
  }
  const ladder = [bins / 2, bins, 2 * bins, ...(finer ? [4 * bins] : [])];
  return [...ladder.map((n) => ({ bins: n, rtol })), { bins, rtol: tighter * rtol }];
}

async function computed(
  spec: RunSpec,
  params: MarsParams,
  steps: readonly Step[],
  options: ConvergeOptions,
): Promise<Convergence> {
  const view = new ProgressView(options.quiet);
  const tasks = steps.map(
    (step, i): SummaryTask => ({
      model: spec.model,
      params: paramsWith(params, step),
      identity: `${spec.identity}-${i}`,
    }),
  );
  const show = (standing: readonly (ConvergeProgress | null)[]) => {
    const line = steps.map((step, i) => standingText(step, standing[i]!)).join(' · ');
    view.draw(
      (columns) => line.slice(0, columns - 1),
      () => line,
    );
  };
  try {
    const jobs = options.jobs ?? os.availableParallelism();
    const summaries = await computeSummaries(tasks, Math.min(jobs, tasks.length), show);
    const runs = summaries.map((summary, i) => runOf(steps[i]!, summary));
    const found = convergenceOf(runs, params.sizes.bins);
    const caveat = caveatOf(params);
    return caveat === null ? found : { ...found, caveat };
  } finally {
    view.done();
  }
}

/** Rows are not wanted; where steps land on them they belong to the run and stay. */
function paramsWith(params: MarsParams, { bins, rtol }: Step): MarsParams {
  const quiet = { kind: 'steps' as const, stride: Number.MAX_SAFE_INTEGER };
  const { output } = params;
  return {
    ...params,
    sizes: { ...params.sizes, bins },
    solver: { ...params.solver, rtol },
    output: { ...output, every: output.mode === 'dense' ? quiet : output.every, sizeHistoryStride: null },
  };
}

/** What more bins do not show (docs/size-resolution.md). */
function caveatOf({ collisions: { enabled, remnant } }: MarsParams): string | null {
  return enabled && remnant === 'whole'
    ? 'collisions.remnant = whole converges to a limit of its own, which may be 10 to 20 % off and is not in these errors; compare with collisions.remnant=finite_volume'
    : null;
}

function standingText({ bins, rtol }: Step, progress: ConvergeProgress | null): string {
  const reached =
    progress === null ? 'waits' : progress.time >= progress.end ? 'done' : formatTime(progress.time, 2);
  return `${bins} bins, ${rtol.toExponential(0)}: ${reached}`;
}

function runOf({ bins, rtol }: Step, summary: Record<string, unknown>): ConvergenceRun {
  const number = (name: string) => (typeof summary[name] === 'number' ? summary[name] : null);
  return {
    ...{ bins, rtol, steps: number('n_steps') ?? 0, rejected: number('n_steps_rejected') ?? 0 },
    values: Object.fromEntries(headlines.map((name) => [name, number(name)])),
  };
}

function print({ title, model, identity }: RunSpec, convergence: Convergence, json: boolean): void {
  const meanings = modelNamed(model).summaryMeanings ?? {};
  const units = Object.fromEntries(Object.entries(meanings).map(([name, { unit }]) => [name, unit]));
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, title, identity, ...convergence }, null, 2)}\n`
      : convergenceText(title, convergence, units),
  );
}
