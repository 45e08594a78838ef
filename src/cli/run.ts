/** `marsdisk run FILE [KEY=VALUE ...]`: starts a run, attaches to it, goes on with it, or answers from its results. */
import fs from 'node:fs';
import path from 'node:path';
import { temporalConfig } from '../../temporal.config.js';
import type { SegmentProgress } from '../activities/segmentTask.js';
import { differences } from '../config/identity.js';
import { loadRunSpec } from '../config/load.js';
import type { RunSpec } from '../config/runSpec.js';
import { writeJson } from '../store/documents.js';
import { makeFolder } from '../store/durable.js';
import { layoutOf, type RunLayout } from '../store/layout.js';
import { readOrCreateRunId } from '../store/runId.js';
import { sweepTemporary } from '../store/temporary.js';
import { admit } from './admission.js';
import { continueRun, historyOf, startRun } from './attach.js';
import { CommandError, exitCode } from './exit.js';
import { type Found, lookInto, verifiedSummary } from './found.js';
import { Interrupts } from './interrupts.js';
import { outcomeOf } from './outcome.js';
import { ProgressView } from './progressView.js';
import { runConfigOf } from './provenance.js';
import { takeOverFromTheDead } from './recovery.js';
import { printSummary } from './result.js';
import { registerSearchAttributes } from './searchAttributes.js';
import { openSession, type Session, workerLog } from './session.js';
import { RunWatch } from './watch.js';

export interface RunOptions {
  readonly outdir?: string;
  readonly restart: boolean;
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
  admit(spec);
  for (const warning of spec.warnings) view.say(`warning: ${warning}`);
  const layout = layoutOf(spec.outdir);
  if (options.restart) moveAside(layout, view);
  const found = lookInto(layout);
  refuseAnotherIdentity(found, spec, layout);
  const finished = verifiedSummary(layout, spec);
  if (finished !== null) {
    view.say(`${spec.title}: already complete in ${layout.outdir}`);
    printSummary(layout, finished, options);
    return;
  }
  const session = await openSession(file, (message) => view.say(message));
  try {
    await compute(session, spec, layout, found, view);
  } finally {
    view.done();
    await session.release();
  }
  printSummary(layout, verifiedSummary(layout, spec)!, options);
}

async function compute(
  session: Session,
  spec: RunSpec,
  layout: RunLayout,
  found: Found,
  view: ProgressView,
): Promise<void> {
  const { client } = session;
  const runId = readOrCreateRunId(layout, spec.title);
  const history = found.runId === null ? 'none' : await historyOf(client, runId);
  refuseLostHistory(history, found, layout);
  const refusal = await registerSearchAttributes(client, session.namespace);
  if (refusal !== null)
    view.say(`warning: the server registers no search attributes (${refusal}); going on without`);

  const watch = new RunWatch(client, runId, view);
  const interrupts = new Interrupts(view);
  // A queue of its own: a command that shares the embedded server computes for its own run only, and its death delays no other.
  const embedded = session.home !== null;
  const taskQueue = embedded ? `${temporalConfig.taskQueue}-${runId}` : temporalConfig.taskQueue;
  const worker = embedded ? await embeddedWorker(session, taskQueue, (p) => watch.fromWorker(p)) : null;
  const leaving = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  try {
    if (history === 'none') {
      makeFolder(layout.outdir);
      sweepTemporary(layout.outdir);
      writeJson(layout.runConfig, runConfigOf(spec));
      await startRun(client, runId, taskQueue, spec, refusal === null);
      view.say(
        `${spec.title}: started as ${runId}, results go to ${path.relative('.', layout.outdir) || '.'}`,
      );
    } else if (history === 'running') {
      const taken = await takeOverFromTheDead(client, session.namespace, runId);
      view.say(`${spec.title}: going on with ${runId}${taken > 0 ? ' from its last segment' : ''}`);
    } else {
      await continueRun(client, runId, taskQueue, spec, refusal === null);
      view.say(`${spec.title}: going on with ${runId} from its last recorded segment`);
    }
    const url = session.workflowUrl(runId);
    if (url !== null) view.say(`watch it at ${url}`);
    watch.start();
    ended = outcomeOf(client, runId, leaving.signal, (message) => view.say(message));
    await Promise.race([ended, interrupts.happened, ...(worker === null ? [] : [failureOf(worker.stopped)])]);
  } finally {
    leaving.abort();
    await Promise.allSettled([ended, watch.stop()]);
    interrupts.stop();
    if (worker !== null) await worker.shutdown();
  }
}

async function embeddedWorker(
  session: Session,
  taskQueue: string,
  onProgress: (progress: SegmentProgress) => void,
) {
  const { startWorker } = await import('../worker/worker.js');
  const logFile = workerLog(session);
  return startWorker({
    connection: session.connection as never,
    namespace: session.namespace,
    ...(logFile === undefined ? {} : { logFile }),
    onProgress: (_outdir, progress) => onProgress(progress),
    taskQueue,
  });
}

/** Never resolves: a worker that stops without being asked ends the command with its error. */
async function failureOf(stopped: Promise<void>): Promise<never> {
  await stopped;
  throw new CommandError(
    'the worker of this command has stopped; type the same command again',
    exitCode.failed,
  );
}

/** `--restart`: the old attempt is kept beside the new one. */
function moveAside(layout: RunLayout, view: ProgressView): void {
  if (!fs.existsSync(layout.outdir)) return;
  let n = 1;
  while (fs.existsSync(`${layout.outdir}.old-${n}`)) n += 1;
  fs.renameSync(layout.outdir, `${layout.outdir}.old-${n}`);
  view.say(`moved the old attempt to ${layout.outdir}.old-${n}`);
}

function refuseAnotherIdentity(found: Found, spec: RunSpec, layout: RunLayout): void {
  if (found.runConfig === null || found.runConfig.identity === spec.identity) return;
  const list = differences(found.runConfig.configuration, spec.configuration);
  const lines = list.map(({ key, before, after }) => `  ${key}: ${show(before)} there, ${show(after)} here`);
  throw new CommandError(
    `${layout.outdir} holds another run (identity ${found.runConfig.identity.slice(0, 12)}, this one is ${spec.identity.slice(0, 12)}):\n` +
      `${lines.length > 0 ? lines.join('\n') : '  the contents of an input table'}\n` +
      'Choose another folder with --outdir, or begin again here with --restart (the old attempt is moved aside).',
    exitCode.usage,
  );
}

function show(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}

function refuseLostHistory(history: string, found: Found, layout: RunLayout): void {
  if (history === 'none' && found.parts) {
    throw new CommandError(
      `${layout.outdir} holds segments of a run that the server does not know: its data has been deleted, or this is another server.\n` +
        'Point the command at the server that ran it (MARSDISK_HOME or TEMPORAL_ADDRESS), or begin again with --restart (the old attempt is moved aside).',
      exitCode.damaged,
    );
  }
  if (history === 'completed') {
    throw new CommandError(
      `the server says that this run is complete, but ${layout.summary} is missing.\n` +
        'Restore it from a copy, or compute the run again with --restart.',
      exitCode.damaged,
    );
  }
}
