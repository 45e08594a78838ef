/** `marsdisk pause|resume|cancel BATCH`: the same messages that a run understands; the sweep passes them on to its cases. */
import { setTimeout as pause } from 'node:timers/promises';
import { historyOf } from '../activities/runHistory.js';
import { pauseSignalName, resumeSignalName } from '../workflows/messages.js';
import { booksQueryName, type SweepProgress } from '../workflows/sweepMessages.js';
import { embeddedWorker, isServed } from './embeddedWorker.js';
import { CommandError, exitCode } from './exit.js';
import { leavable } from './leavable.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';
import { takeOverSweep } from './sweepRun.js';
import { withSession } from './whichRun.js';
import { begunSweep, type NamedSweep } from './whichSweep.js';

/** Segments end at their next step. ms */
const patience = 120_000;

const askEvery = 200;

export function pauseSweep(sweep: NamedSweep, name: string): Promise<void> {
  return onRunning(sweep, async (session, sweepId, taskQueue) => {
    await session.client.workflow.getHandle(sweepId).signal(pauseSignalName);
    if (!(await isServed(session, taskQueue))) {
      say(`${sweepId}: will stay paused when its command is typed again (nothing computes it now)`);
      return;
    }
    await phaseOnce(session, sweepId, 'paused');
    say(`${sweepId}: paused, its cases at their next step; go on with: marsdisk resume ${name}`);
  });
}

export function resumeSweep(sweep: NamedSweep): Promise<void> {
  return onRunning(sweep, async (session, sweepId, taskQueue) => {
    await session.client.workflow.getHandle(sweepId).signal(resumeSignalName);
    const served = await isServed(session, taskQueue);
    say(`${sweepId}: goes on${served ? '' : ' when its command is typed again (nothing computes it now)'}`);
  });
}

/** Waits until every case has written its last checkpoint and the sweep has ended. */
export function cancelSweep(sweep: NamedSweep, name: string): Promise<void> {
  return onRunning(sweep, async (session, sweepId, taskQueue) => {
    const alone = session.home !== null && !(await isServed(session, taskQueue));
    const worker = alone ? await embeddedWorker(session, taskQueue, { threads: 1 }) : null;
    try {
      await takeOverSweep(session.client, session.namespace, taskQueue);
      await session.client.workflow.getHandle(sweepId).cancel();
      say(await endOf(session, sweepId, name));
    } finally {
      await worker?.shutdown();
    }
  });
}

async function endOf({ client }: Session, sweepId: string, name: string): Promise<string> {
  const { WorkflowFailedError, CancelledFailure } = await import('@temporalio/client');
  try {
    const ended = () => client.workflow.getHandle(sweepId).result();
    const answer = await leavable(client, new AbortController().signal, patience, ended);
    return answer === null
      ? `${sweepId}: will be cancelled when its cases have come to their next steps`
      : `${sweepId}: had ended before it could be cancelled`;
  } catch (error) {
    if (!(error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure)) throw error;
    return `${sweepId}: cancelled; marsdisk sweep --batch ${name} goes on from there`;
  }
}

async function onRunning(
  sweep: NamedSweep,
  act: (session: Session, sweepId: string, taskQueue: string) => Promise<void>,
): Promise<void> {
  const sweepId = begunSweep(sweep);
  await withSession(sweep.server, async (session) => {
    const history = await promptly(session, () => historyOf(session.client, sweepId));
    if (history === 'running') {
      const { taskQueue } = await session.client.workflow.getHandle(sweepId).describe();
      return act(session, sweepId, taskQueue);
    }
    throw new CommandError(
      history === 'none'
        ? `the server at ${session.connection.address} does not know ${sweepId}`
        : `${sweepId} is not running: it has ended`,
      exitCode.usage,
    );
  });
}

/** Returns when the sweep is in the phase, or after some patience. */
async function phaseOnce(
  { client }: Session,
  sweepId: string,
  wanted: SweepProgress['phase'],
): Promise<void> {
  const deadline = Date.now() + patience;
  const ask = () => client.workflow.getHandle(sweepId).query<SweepProgress>(booksQueryName);
  while (Date.now() < deadline) {
    if ((await client.withDeadline(deadline, ask)).phase === wanted) return;
    await pause(askEvery);
  }
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}
