import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { caseEnd } from './caseEnd.js';
import type { EndedCase, WatchRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { historyOf } from './runHistory.js';

/** Between two looks at all cases, ms. */
const lookEvery = 1000;

/** A look takes a question per case; after so long without an end the sweep asks anew, so that nothing hangs on one attempt. ms */
const patience = 600_000;

/**
 * Waits for the end of cases that an earlier history of the sweep began, or another command: their ends do not reach the sweep by
 * themselves. Asks the server rather than waiting for word of them, because a case may end without any.
 * @returns those that have ended; none when none has for some minutes
 */
export function watchCasesWith(dependencies: Dependencies) {
  return async function watchCases({ cases }: WatchRequest): Promise<EndedCase[]> {
    const context = Context.current();
    const client = await dependencies.client();
    const deadline = performance.now() + patience;
    for (;;) {
      const ended = await endedOf(client, cases);
      if (ended.length > 0 || performance.now() > deadline) return ended;
      context.heartbeat();
      await context.sleep(lookEvery);
    }
  };
}

async function endedOf(client: Client, cases: WatchRequest['cases']): Promise<EndedCase[]> {
  const ends = await Promise.all(
    cases.map(async ({ index, workflowId }) => {
      if ((await historyOf(client, workflowId)) === 'running') return [];
      return [{ index, ...(await caseEnd(client, workflowId)) }];
    }),
  );
  return ends.flat();
}
