/** Questions that only a worker can answer, to the workers of a configured server: there may be none. */
import { setTimeout as pause } from 'node:timers/promises';
import { isOutage, statusOf } from './outage.js';
import { missingWorker, somebodyPolls } from './pollers.js';
import { promptly } from './serverWords.js';
import type { Session } from './session.js';

/** Between two looks for a worker, ms. */
const lookEvery = 1000;

/** A worker that lives answers within a moment; the server remembers dead ones of other machines for minutes. ms */
const answerWithin = 10_000;

/** gRPC status of a query to a queue that nobody has polled lately. */
const FAILED_PRECONDITION = 9;

export interface AskedWorkers {
  readonly taskQueue: string;
  readonly outdir: string;
  readonly warn: (message: string) => void;
  /** Ends the wait. */
  readonly leaving: AbortSignal;
}

/** Asks until a worker answers, however long that takes; says once that none does, and the cure. */
export async function untilAnswered(
  session: Session,
  { taskQueue, outdir, warn, leaving }: AskedWorkers,
  ask: () => Promise<void>,
): Promise<void> {
  const { client, namespace } = session;
  let said = false;
  while (!(await answered())) {
    if (!said) warn(missingWorker(session, taskQueue, outdir));
    said = true;
    await pause(lookEvery, undefined, { signal: leaving });
  }

  async function answered(): Promise<boolean> {
    if (!(await promptly(session, () => somebodyPolls(client, namespace, taskQueue)))) return false;
    try {
      await client.withDeadline(Date.now() + answerWithin, ask);
      return true;
    } catch (error) {
      if (!isOutage(error) && statusOf(error) !== FAILED_PRECONDITION) throw error;
      return false; // or the server is away: the next look says so
    }
  }
}
