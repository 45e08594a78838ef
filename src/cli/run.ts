/** `marsdisk run FILE [KEY=VALUE ...]`: starts a run, attaches to it, goes on with it, or answers from its results. */
import path from 'node:path';
import { loadRunSpec } from '../config/load.js';
import type { RunSpec } from '../config/runSpec.js';
import { layoutOf } from '../store/layout.js';
import { isDiskFull, noRoomText, roomIn } from '../store/room.js';
import { recordStart } from '../store/runConfig.js';
import { sweepTemporary } from '../store/temporary.js';
import { admit } from './admission.js';
import { archiveHere, isArchivedAsAsked, sayArchive } from './archiveHere.js';
import { continueRun, startRun } from './attach.js';
import { Beginning } from './beginning.js';
import { Computing } from './computing.js';
import { configuredServer } from './configuredServer.js';
import { printDetached } from './detached.js';
import { printPlan } from './dryRun.js';
import { queueOf, taskQueueOf } from './embeddedWorker.js';
import { warnOfAnotherEngine } from './engine.js';
import { CommandError, exitCode } from './exit.js';
import { lookInto } from './found.js';
import { foundWhole } from './foundWhole.js';
import { Interrupts, leavingBefore, leavingClient, leavingWorker } from './interrupts.js';
import { outcomeOf } from './outcome.js';
import { ProgressView } from './progressView.js';
import { provenanceOf } from './provenance.js';
import { takeOverFromTheDead } from './recovery.js';
import { missingSummary, refuseAnotherIdentity } from './refusals.js';
import { setAside } from './restart.js';
import { printSummary, printUnmerged } from './result.js';
import { registerSearchAttributes } from './searchAttributes.js';
import { inPlainWords, promptly } from './serverWords.js';
import { openSession, type Session } from './session.js';
import { ensureUp } from './up.js';
import { RunWatch } from './watch.js';

export interface RunOptions {
  readonly outdir?: string;
  readonly resumeFrom?: string;
  readonly restart: boolean;
  readonly dryRun: boolean;
  readonly detach: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

export async function run(file: string, overrides: readonly string[], options: RunOptions): Promise<void> {
  const view = new ProgressView(options.quiet);
  const spec = await loadRunSpec({
    file,
    overrides: [...overrides],
    environment: process.env,
    ...(options.outdir === undefined ? {} : { outdir: options.outdir }),
  });
  for (const warning of spec.warnings) view.warn(`warning: ${warning}`);
  admit(spec);
  if (options.dryRun) {
    printPlan(spec, options);
    return;
  }
  const layout = layoutOf(spec.outdir);
  let finished: Record<string, unknown> | null = null;
  if (!options.restart) {
    finished = await foundWhole(spec, view, false);
    if (finished !== null && isArchivedAsAsked(spec)) {
      view.say(`${spec.title}: already complete in ${layout.outdir}`);
      sayArchive(spec, view);
      printSummary(layout, finished, options);
      return;
    }
  }
  const beginning = new Beginning(spec, {
    resumeFrom: options.resumeFrom,
    restart: options.restart,
    command: [
      'run',
      file,
      ...overrides,
      ...(options.outdir === undefined ? [] : ['--outdir', options.outdir]),
    ],
    warn: (message) => view.warn(message),
  });
  view.busy('connecting to the Temporal server');
  // Loads while the embedded server starts; whoever needs it waits for the same import and sees its error.
  if (!options.detach && (await configuredServer()) === null) import('../worker/worker.js').catch(() => {});
  const session = await openSession(
    { near: file },
    (message) => view.say(message),
    (message) => view.warn(message),
  );
  try {
    if (options.restart) {
      await inPlainWords(session, () => setAside(session, layout, (message) => view.say(message)));
    }
    if (options.detach && session.home !== null) await ensureUp(session.home);
    const left = await inPlainWords(session, () =>
      compute(session, spec, view, beginning, { ...options, complete: finished !== null }),
    );
    if (left === 'detached') return;
  } catch (error) {
    if (!isDiskFull(error)) throw error; // of this command's own files: what activities write waits for room
    throw new CommandError(
      `${noRoomText(layout.outdir, roomIn(layout.outdir))}, then type the same command again.`,
      exitCode.failed,
    );
  } finally {
    view.busy('leaving the Temporal server');
    await session.release();
    view.done();
  }
  const summary = await foundWhole(spec, view, spec.streaming.merge);
  if (summary === null && !spec.streaming.merge) {
    printUnmerged(spec.title, layout, options);
    return;
  }
  if (summary === null) throw missingSummary(layout);
  if (!isArchivedAsAsked(spec)) await archiveHere(spec, options.quiet);
  sayArchive(spec, view);
  printSummary(layout, summary, options);
}

async function compute(
  session: Session,
  spec: RunSpec,
  view: ProgressView,
  beginning: Beginning,
  options: RunOptions & { readonly complete: boolean },
): Promise<'ended' | 'detached'> {
  const layout = layoutOf(spec.outdir);
  const { client } = session;
  beginning.look();
  const { runId, history, over } = await promptly(session, () => beginning.ownRun(client));
  // A complete run whose history is lost lacks nothing but its archive, which needs none.
  if (over || (options.complete && history === 'none')) return 'ended';
  if (history !== 'none') {
    refuseAnotherIdentity(lookInto(layout), spec, layout); // begun by another command since we looked
    beginning.withHistory();
  }
  const point = history === 'none' ? beginning.withoutHistory() : null;
  const goesOnHere = session.home !== null && (history !== 'none' || point !== null);
  if (goesOnHere) warnOfAnotherEngine(layout, (message) => view.warn(message));
  const refusal = await promptly(session, () => registerSearchAttributes(client, session.namespace));
  if (refusal !== null)
    view.warn(`warning: the server registers no search attributes (${refusal}); going on without`);

  const taskQueue =
    history === 'none' ? taskQueueOf(session, runId) : await promptly(session, () => queueOf(client, runId));
  const watch = new RunWatch({ session, workflowId: runId, taskQueue, outdir: layout.outdir }, view);
  const takeOver = () => takeOverFromTheDead(client, session.namespace, runId);
  const computing = new Computing(session, taskQueue, watch, takeOver);
  let goes = history !== 'closed' && history !== 'completed';
  const interrupts = new Interrupts(view, () => {
    if (computing.endsWithCommand) return leavingWorker;
    return goes ? leavingClient : leavingBefore;
  });
  const execution = { client, workflowId: runId, taskQueue, spec, searchAttributes: refusal === null };
  const leaving = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  try {
    await computing.begin();
    sweepTemporary(layout.outdir);
    if (history === 'none') {
      if (recordStart(layout, spec, provenanceOf(session)) !== null) {
        refuseAnotherIdentity(lookInto(layout), spec, layout);
      }
      await promptly(session, () => startRun(execution, point));
      view.say(
        `${spec.title}: started as ${runId}, results go to ${path.relative('.', layout.outdir) || '.'}`,
      );
    } else if (history === 'running') {
      const taken = await promptly(session, takeOver);
      view.say(`${spec.title}: going on with ${runId}${taken > 0 ? ' from its last segment' : ''}`);
    } else {
      const asked = { taskQueue, outdir: layout.outdir, warn: (message: string) => view.warn(message) };
      const goesOn = computing.answering(() => continueRun(execution), asked);
      await Promise.race([goesOn, interrupts.happened]);
      goes = true;
      const where = history === 'completed' ? 'to merge its parts' : 'from its last recorded segment';
      view.say(`${spec.title}: going on with ${runId} ${where}`);
    }
    const url = session.workflowUrl(runId);
    if (url !== null) view.say(`watch it at ${url}`);
    if (options.detach) {
      printDetached(session, runId, layout, options);
      return 'detached';
    }
    watch.start();
    ended = outcomeOf(client, runId, leaving.signal);
    const fault = computing.attend((message) => view.say(message));
    fault.catch(() => {}); // it is over with everything else when this command leaves
    await Promise.race([ended, interrupts.happened, fault]);
    watch.waiting(null); // a run can end before the server is asked again
    return 'ended';
  } finally {
    leaving.abort();
    session.leave();
    await Promise.allSettled([ended, watch.stop()]);
    interrupts.stop();
    view.busy('handing over');
    await computing.end();
  }
}
