/** `marsdisk pause|resume|cancel RUN`: messages to the run's workflow, the same that the buttons of Temporal's UI send. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Progress,
  pauseSignalName,
  progressQueryName,
  resumeSignalName,
} from '../workflows/messages.js';
import { historyOf } from './attach.js';
import { embeddedWorker, isServed } from './embeddedWorker.js';
import { CommandError, exitCode } from './exit.js';
import { leavable } from './leavable.js';
import { takeOverFromTheDead } from './recovery.js';
import type { Session } from './session.js';
import { whichRun, withSession } from './whichRun.js';

/** A segment ends at its next step; a step of a large model may take a while. ms */
const patience = 60_000;

/** Between two questions whether a message has taken effect, ms. */
const askEvery = 100;

export function pauseRun(name: string): Promise<void> {
  return onRunning(name, async (session, runId) => {
    await session.client.workflow.getHandle(runId).signal(pauseSignalName);
    if (!(await isServed(session, runId))) {
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
  return onRunning(name, async (session, runId) => {
    await session.client.workflow.getHandle(runId).signal(resumeSignalName);
    const served = await isServed(session, runId);
    say(`${runId}: goes on${served ? '' : ' when its command is typed again (nothing computes it now)'}`);
  });
}

/** Waits until the run has ended as cancelled. A run that nothing computes gets a worker of this process for its last words. */
export function cancelRun(name: string): Promise<void> {
  return onRunning(name, async (session, runId) => {
    const alone = session.home !== null && !(await isServed(session, runId));
    const worker = alone ? await embeddedWorker(session, runId) : null;
    try {
      const handle = session.client.workflow.getHandle(runId);
      await handle.cancel();
      await takeOverFromTheDead(session.client, session.namespace, runId);
      say(await endOf(session, runId));
    } finally {
      await worker?.shutdown();
    }
  });
}

async function endOf({ client }: Session, runId: string): Promise<string> {
  const { WorkflowFailedError, CancelledFailure } = await import('@temporalio/client');
  const ended = () => client.workflow.getHandle(runId).result();
  try {
    const answer = await leavable(client, new AbortController().signal, patience, ended);
    return answer === null
      ? `${runId}: will be cancelled at the next step of its segment, by its worker`
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
  const { runId, server } = whichRun(name);
  await withSession(server, async (session) => {
    const history = await historyOf(session.client, runId);
    if (history === 'running') return act(session, runId);
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
