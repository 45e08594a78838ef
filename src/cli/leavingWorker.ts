/** The end of a worker whose server may be away: nobody can be handed anything then, and waiting for it would only hold up who wants to leave. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningWorker } from '../worker/worker.js';
import type { Session } from './session.js';

/** A server that lives answers at once, ms. */
const answerWithin = 1500;

/** Questions in a row without an answer: one may be lost on a busy machine. */
const unanswered = 2;

/** Between two questions to a server that answers, ms. */
const askEvery = 1000;

/** Lets the running segments hand over. @returns false when the server does not answer, so that they cannot */
export async function handOver({ client }: Session, worker: RunningWorker): Promise<boolean> {
  const over = new AbortController();
  const ended = worker.shutdown().then(() => true);
  const lost = serverIsAway(client, over.signal).then(() => false);
  try {
    return await Promise.race([ended, lost]);
  } finally {
    over.abort();
  }
}

/** Settles when the server has left several questions unanswered; never, once the signal aborts. */
async function serverIsAway(client: Session['client'], over: AbortSignal): Promise<void> {
  for (let silent = 0; silent < unanswered; ) {
    if (over.aborted) return new Promise(() => {});
    const ask = () => client.workflowService.getSystemInfo({});
    const answered = await client.withDeadline(Date.now() + answerWithin, ask).then(
      () => true,
      () => false,
    );
    silent = answered ? 0 : silent + 1;
    if (answered) await pause(askEvery, undefined, { signal: over }).catch(() => {});
  }
}
