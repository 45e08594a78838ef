/** `marsdisk sweep FILE [KEY=VALUE ...]`: starts a sweep, attaches to it, goes on with it, or shows what came of it. */
import path from 'node:path';
import type { WhichCases } from '../activities/contract.js';
import type { RunSpec } from '../config/runSpec.js';
import { loadSweep } from '../config/sweep/load.js';
import type { SweepSpec } from '../config/sweep/sweepSpec.js';
import { nothingShared, type SharingPlan, worthSharing } from '../config/sweep/worthSharing.js';
import { sharingText } from '../report/sweepPlanText.js';
import { specOfCase } from '../store/batch/definition.js';
import { readSweepEnd } from '../store/batch/sweepEnd.js';
import { CommandError, exitCode } from './exit.js';
import { ProgressView } from './progressView.js';
import { inPlainWords } from './serverWords.js';
import { openSession } from './session.js';
import { printSweepPlan } from './sweepDryRun.js';
import { jobsFor } from './sweepJobs.js';
import { casesAsFound, casesAsReported, printBatch } from './sweepResult.js';
import { computeBatch, type SweepOrder, type SweepOutcome } from './sweepRun.js';
import { ensureUp } from './up.js';
import { type Batch, batchOf, hasEnded, namedBatch } from './whichBatch.js';
import { serverOfBatch } from './whichSweep.js';

export interface SweepOptions {
  /** Run configuration that all cases share. */
  readonly config?: string;
  readonly outdir?: string;
  readonly batch?: string;
  readonly jobs?: number;
  readonly only?: 'missing' | 'failed' | 'damaged';
  readonly new: boolean;
  readonly retryFailed: boolean;
  /** Compute common beginnings of cases once. */
  readonly share: boolean;
  readonly failFast: boolean;
  readonly strict: boolean;
  readonly detach: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

export async function sweep(
  file: string | null,
  overrides: readonly string[],
  options: SweepOptions,
): Promise<void> {
  const view = new ProgressView(options.quiet);
  if (options.dryRun) return dryRun(file, overrides, options, view);
  const batch = file === null ? named(options) : await asked(file, overrides, options, view);
  // A batch that is named shall be made whole, whatever its cases have lost since they ended.
  const isShown = hasEnded(batch) && options.only === undefined && options.batch === undefined;
  const computed = isShown ? null : await compute(batch, file, options, view);
  if (computed === null) view.say(`${batch.definition.tag}: all cases have ended in ${relative(batch)}`);
  else if (computed.result === null) return;
  const reason = readSweepEnd(batch.layout)?.hookFailure ?? null;
  const hook =
    reason === null ? null : { reason, strict: batch.definition.hooks.afterBatch?.strict ?? false };
  const reported = computed === null ? null : casesAsReported(batch);
  printBatch(batch, options, hook, reported ?? (await lookAt(batch, view)));
}

async function dryRun(
  file: string | null,
  overrides: readonly string[],
  options: SweepOptions,
  view: ProgressView,
): Promise<void> {
  if (file === null) throw new CommandError('--dry-run needs the sweep file', exitCode.usage);
  const wanted = await wantedSweep(file, overrides, options, view);
  const specs = wanted.cases.map(({ spec }) => spec);
  const { jobs } = jobsFor(specs, options.jobs ?? wanted.jobs);
  printSweepPlan(wanted, jobs, sharingOf(specs, options), options);
}

/** The specifications of thousands of cases live no longer than this takes. */
async function asked(
  file: string,
  overrides: readonly string[],
  options: SweepOptions,
  view: ProgressView,
): Promise<Batch> {
  const wanted = await wantedSweep(file, overrides, options, view);
  return batchOf(wanted, { fresh: options.new, environment: process.env });
}

/** Reading thousands of cases takes a minute. */
async function lookAt(batch: Batch, view: ProgressView) {
  const cases = await casesAsFound(batch, (done, of) => {
    const text = () => `checking: ${done} of ${of} cases`;
    view.draw(text, text);
  });
  view.done();
  return cases;
}

async function wantedSweep(
  file: string,
  overrides: readonly string[],
  { config, outdir, batch }: SweepOptions,
  view: ProgressView,
): Promise<SweepSpec> {
  if (batch !== undefined) {
    throw new CommandError(
      'a batch holds its own definition: give either the sweep file or --batch',
      exitCode.usage,
    );
  }
  view.busy('reading the cases');
  const wanted = await loadSweep({
    file,
    overrides: [...overrides],
    environment: process.env,
    ...(config === undefined ? {} : { base: config }),
    ...(outdir === undefined ? {} : { outdir }),
  });
  for (const warning of wanted.warnings) view.warn(`warning: ${warning}`);
  for (const { title, times } of wanted.duplicates)
    view.warn(`${title} is asked for ${times} times; it is computed once`);
  return wanted;
}

function named({ batch }: SweepOptions): Batch {
  if (batch !== undefined) return namedBatch(batch);
  throw new CommandError('which sweep? e.g. marsdisk sweep configs/sweeps/temp_supply.yml', exitCode.usage);
}

async function compute(
  batch: Batch,
  file: string | null,
  options: SweepOptions,
  view: ProgressView,
): Promise<SweepOutcome> {
  const { layout, definition } = batch;
  const order = orderOf(batch, options, view);
  view.busy('connecting to the Temporal server');
  const place = file === null ? serverOfBatch(batch) : { near: file };
  const session = await openSession(place, (message) => view.say(message));
  try {
    if (options.detach && session.home !== null) await ensureUp(session.home);
    const outcome = await inPlainWords(session, () => computeBatch(session, layout, definition, order, view));
    if (outcome.result === null) {
      process.stdout.write(
        `${outcome.sweepId} goes on in the background.\nHow far is it: marsdisk status ${relative(batch)}\n` +
          `Pause or end it: marsdisk pause ${relative(batch)}, marsdisk cancel ${relative(batch)}\n`,
      );
    }
    return outcome;
  } finally {
    view.busy('leaving the Temporal server');
    await session.release();
    view.done();
  }
}

function orderOf({ layout, definition }: Batch, options: SweepOptions, view: ProgressView): SweepOrder {
  const specs = definition.cases.map((_, index) => specOfCase(definition, index, layout));
  const { jobs, threads } = jobsFor(specs, options.jobs ?? definition.jobs);
  const sharing = sharingOf(specs, options);
  if (sharing.groups.length > 0) view.say(sharingText(sharing));
  return {
    jobs,
    threads,
    jobsNamed: options.jobs !== undefined,
    which: whichCases(options),
    sharing: sharing.groups,
    failFast: options.failFast,
    detach: options.detach,
  };
}

function sharingOf(specs: readonly RunSpec[], { share }: SweepOptions): SharingPlan {
  return share ? worthSharing(specs) : nothingShared;
}

function whichCases({ only, retryFailed }: SweepOptions): WhichCases {
  if (only === undefined) return { missing: true, damaged: true, failed: retryFailed };
  return {
    missing: only === 'missing',
    failed: only === 'failed' || retryFailed,
    damaged: only === 'damaged',
  };
}

function relative({ layout }: Batch): string {
  return path.relative('.', layout.folder) || '.';
}
