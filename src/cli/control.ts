/** `marsdisk pause|resume|checkpoint|cancel RUN`: messages to the run's workflow, the same that the buttons of Temporal's UI send. */
import { setTimeout as pause } from 'node:timers/promises';
import { historyOf } from '../activities/runHistory.js';
import { formatTime } from '../report/format.js';
import { checkpointFiles } from '../store/checkpoints/folder.js';
import { liveBackground } from '../worker/server/background.js';
import {
  type CheckpointWritten,
  checkpointUpdateName,
  noCheckpointMemo,
  type Progress,
  pauseSignalName,
  progressQueryName,
  resumeSignalName,
} from '../workflows/messages.js';
import { checkpointPlace } from './checkpointPlace.js';
import { embeddedWorker, isServed, queueOf } from './embeddedWorker.js';
import { CommandError, exitCode } from './exit.js';
import { innermostCause } from './innermost.js';
import { leavable } from './leavable.js';
import { requireOwnRun } from './movedFolder.js';
import { takeOverFromTheDead } from './recovery.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';
import { cancelSweep, pauseSweep, resumeSweep } from './sweepControl.js';
import { whichRun, withSession } from './whichRun.js';
import { whichSweep } from './whichSweep.js';

/** A segment ends at its next step; a step of a large model may take a while. ms */
const patience = 60_000;

/** Between two questions whether a message has taken effect, ms. */
const askEvery = 100;

export function pauseRun(name: string): Promise<void> {
  const sweep = whichSweep(name);
  if (sweep !== null) return pauseSweep(sweep, name);
  return onRunning(name, async (session, runId) => {
    await session.client.workflow.getHandle(runId).signal(pauseSignalName);
    if (!(await isComputed(session, runId))) {
      say(`${runId}: will stay paused when its command is typed again (nothing computes it now)`);
      return;
    }
    const phase = await phaseOnce(session, runId, (phase) => phase !== 'running' && phase !== 'starting');
    if (phase === 'paused') say(`${runId}: paused; go on with: marsdisk resume ${name}`);
    else if (phase === null) say(`${runId}: will pause at the next step of its segment`);
    else say(`${runId}: is past its last segment (${phase}); its last steps are not paused`);
  });
}

export function resumeRun(name: string): Promise<void> {
  const sweep = whichSweep(name);
  if (sweep !== null) return resumeSweep(sweep);
  return onRunning(name, async (session, runId) => {
    await session.client.workflow.getHandle(runId).signal(resumeSignalName);
    const served = await isComputed(session, runId);
    say(`${runId}: goes on${served ? '' : ' when its command is typed again (nothing computes it now)'}`);
  });
}

/** Waits until the file is written; the run goes on meanwhile, or stays paused. */
export function checkpointRun(name: string): Promise<void> {
  if (whichSweep(name) !== null) {
    throw new CommandError(`${name} is a sweep: name the folder of one of its cases`, exitCode.usage);
  }
  return onRunning(name, (session, runId) =>
    computed(session, runId, async () => {
      const { file, steps, time } = await askForCheckpoint(session, runId);
      say(`${runId}: checkpoint at step ${steps}, ${formatTime(time)}: ${file}`);
    }),
  );
}

/** Waits until the run has ended as cancelled. */
export function cancelRun(name: string): Promise<void> {
  const sweep = whichSweep(name);
  if (sweep !== null) return cancelSweep(sweep, name);
  return onRunning(name, (session, runId) =>
    computed(session, runId, async () => {
      await session.client.workflow.getHandle(runId).cancel();
      say(await endOf(session, runId));
      const { memo } = await session.client.workflow.getHandle(runId).describe();
      const failure = memo?.[noCheckpointMemo];
      if (failure !== undefined) {
        warn(
          `its last checkpoint file could not be written, but the server holds its state, so nothing is lost: ${failure}`,
        );
      }
      const { layout } = whichRun(name);
      const newest = layout === null ? undefined : checkpointFiles(checkpointPlace(layout.outdir).folder)[0];
      if (newest !== undefined) say(`its newest checkpoint: ${newest}`);
    }),
  );
}

/** A run of the embedded server that nothing computes gets a worker of this process for its answer. */
async function computed(session: Session, runId: string, act: () => Promise<void>): Promise<void> {
  const alone = session.home !== null && !(await isComputed(session, runId));
  const worker = alone ? await embeddedWorker(session, await queueOf(session.client, runId)) : null;
  try {
    await takeOverFromTheDead(session.client, session.namespace, runId);
    await act();
  } finally {
    await worker?.shutdown();
  }
}

async function askForCheckpoint(session: Session, runId: string): Promise<CheckpointWritten> {
  const { client } = session;
  if (session.home === null && !(await isServed(session, await queueOf(session.client, runId)))) {
    throw new CommandError(
      `no worker computes ${runId}: start one with marsdisk worker`,
      exitCode.unreachable,
    );
  }
  const { WorkflowUpdateFailedError } = await import('@temporalio/client');
  const handle = client.workflow.getHandle(runId);
  const ask = () => handle.executeUpdate<CheckpointWritten, []>(checkpointUpdateName);
  try {
    const answered = await leavable(client, new AbortController().signal, patience, ask);
    if (answered !== null) return answered.answer;
  } catch (error) {
    if (!(error instanceof WorkflowUpdateFailedError)) throw error;
    throw new CommandError(`${runId}: no checkpoint: ${innermostCause(error).message}`, exitCode.failed);
  }
  throw new CommandError(
    `${runId}: asked for a checkpoint, but its segment has not come to the end of a step for ${patience / 1000} s; it is written then`,
    exitCode.failed,
  );
}

/** A run that has just begun may still have to be seen by the background worker. */
async function isComputed(session: Session, runId: string): Promise<boolean> {
  if (session.home !== null && liveBackground(session.home) !== null) return true;
  return isServed(session, await queueOf(session.client, runId));
}

async function endOf({ client }: Session, runId: string): Promise<string> {
  const { WorkflowFailedError, CancelledFailure } = await import('@temporalio/client');
  const ended = () => client.workflow.getHandle(runId).result();
  try {
    const answer = await leavable(client, new AbortController().signal, patience, ended);
    return answer === null
      ? `${runId}: will be cancelled at the end of the step under way, by its worker`
      : `${runId}: was complete before it could be cancelled`;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure)) throw error;
    return `${runId}: cancelled; type its run command again to go on from its last recorded segment`;
  }
}

async function onRunning(
  name: string,
  act: (session: Session, runId: string) => Promise<void>,
): Promise<void> {
  const { runId, server, layout } = whichRun(name);
  await withSession(server, async (session) => {
    const history = await promptly(session, () => historyOf(session.client, runId));
    if (history === 'running') {
      if (layout !== null) await requireOwnRun(session.client, runId, layout);
      return act(session, runId);
    }
    throw new CommandError(
      history === 'none'
        ? `the server at ${session.connection.address} does not know ${runId}`
        : `${runId} is not running: it ${history === 'completed' ? 'is complete' : 'has ended; type its run command again to go on'}`,
      exitCode.usage,
    );
  });
}

/** Asks for the run's phase until it is a wanted one. @returns null when that takes too long */
async function phaseOnce(
  { client }: Session,
  runId: string,
  wanted: (phase: Progress['phase']) => boolean,
): Promise<Progress['phase'] | null> {
  const deadline = Date.now() + patience;
  const ask = () => client.workflow.getHandle(runId).query<Progress>(progressQueryName);
  while (Date.now() < deadline) {
    const { phase } = await client.withDeadline(deadline, ask);
    if (wanted(phase)) return phase;
    await pause(askEvery);
  }
  return null;
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}
