/**
 * A sweep: a child workflow per case, so many at a time. Cases go on when the sweep hands over to a fresh history, or ends before its time;
 * the books say where each of them stands.
 */
import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/contract.js';
import { activityOptions } from './activityOptions.js';
import { Cases } from './cases.js';
import { pauseSignalName, resumeSignalName } from './messages.js';
import { SweepBooks } from './sweepBooks.js';
import {
  booksQueryName,
  jobsSignalName,
  type SweepInput,
  type SweepPhase,
  type SweepProgress,
  type SweepResult,
} from './sweepMessages.js';

const booksQuery = defineQuery<SweepProgress>(booksQueryName);
const pauseSignal = defineSignal(pauseSignalName);
const resumeSignal = defineSignal(resumeSignalName);
const jobsSignal = defineSignal<[number]>(jobsSignalName);

export async function sweep(input: SweepInput): Promise<SweepResult> {
  const activities = proxyActivities<Activities>(activityOptions(input.run));
  const books = new SweepBooks(input.carry);
  const whole = CancellationScope.current();
  let phase: SweepPhase = 'starting';
  const enter = (next: SweepPhase) => {
    phase = next;
    setCurrentDetails(`**${next}**`);
  };

  return CancellationScope.nonCancellable(async () => {
    const cases = new Cases(input, books, activities);
    whole.cancelRequested.catch(() => cases.stop());
    setHandler(pauseSignal, () => cases.pause());
    setHandler(resumeSignal, () => cases.resume());
    setHandler(jobsSignal, (jobs) => cases.allow(jobs));
    setHandler(booksQuery, () => ({
      ...books.carry,
      counts: books.counts,
      jobs: cases.jobs,
      phase: phase === 'running' ? cases.phase : phase,
    }));
    enter('running');
    const over = await cases.settle(() => handsOver(input, cases.endedHere));
    if (!over) {
      await condition(allHandlersFinished);
      const { jobs, paused } = cases;
      await continueAsNew<typeof sweep>({ ...input, carry: books.carry, jobs, paused });
    }
    const outdir = input.batch;
    await activities.recordCases({ outdir, ended: books.ended });
    if (whole.consideredCancelled) throw new CancelledFailure('cancelled');
    enter('checking');
    const checked = await activities.checkBatch({ outdir, archive: null });
    enter('summarizing');
    await activities.summarizeBatch({ batch: outdir });
    if (input.archive) {
      enter('archiving');
      await activities.archiveRun({ outdir, archive: input.archive, removeParts: false });
    }
    enter('hook');
    const hookFailure = input.hooks.afterBatch === null ? null : await behindBatch(activities, input, books);
    await activities.concludeSweep({ outdir, hookFailure });
    enter('complete');
    return { counts: books.counts, checked, hookFailure };
  });
}

/** A history that the server finds long goes on in a fresh one; the running cases do not notice. */
function handsOver({ policy }: SweepInput, endedHere: number): boolean {
  return workflowInfo().continueAsNewSuggested || endedHere >= policy.continueAsNewAfterCases;
}

/** @returns what the user's command behind the whole batch failed with */
async function behindBatch(
  activities: Activities,
  input: SweepInput,
  books: SweepBooks,
): Promise<string | null> {
  const { counts } = books;
  const whole = counts.complete === input.carry.states.length;
  const order = { outdir: input.batch, index: null, state: whole ? 'complete' : 'incomplete', reason: null };
  const { ok, reason } = await activities.runHook(order);
  return ok ? null : reason;
}
