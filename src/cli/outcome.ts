/** Waiting for the end of a run, through outages of the server. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { CommandError, exitCode } from './exit.js';
import { innermostCause } from './innermost.js';
import { leavable } from './leavable.js';
import { isOutage } from './outage.js';

/** ms */
const askAnewAfter = 600_000;

/** Behind the SDK's own repetitions, which take some twenty seconds, ms. */
const tryAgainAfter = 1000;

/**
 * Waits until the run or sweep has ended and answers its result, re-attaching after every outage (`RunWatch` tells the user). Returns early when `signal` aborts: a call that is left behind would
 * outlive its connection.
 * @throws CommandError with the run's own words when it failed, was cancelled or terminated
 */
export async function outcomeOf<T = unknown>(
  client: Client,
  workflowId: string,
  signal: AbortSignal,
  what: 'run' | 'sweep' = 'run',
): Promise<T | undefined> {
  const sdk = await import('@temporalio/client');
  for (;;) {
    try {
      const ask = (): Promise<T> => client.workflow.getHandle(workflowId).result();
      const answered = await leavable(client, signal, askAnewAfter, ask);
      if (answered !== null) return answered.answer;
    } catch (error) {
      if (error instanceof sdk.WorkflowFailedError) throw failureOf(error, what);
      if (signal.aborted) return undefined;
      if (!isOutage(error)) throw error;
      await pause(tryAgainAfter, undefined, { signal }).catch(() => {}); // a signal ends the loop by the next question
    }
  }
}

function failureOf(error: Error, what: string): CommandError {
  if (error.cause instanceof Error && error.cause.name === 'CancelledFailure') {
    return new CommandError(
      `the ${what} was cancelled; type the same command to go on from ${what === 'run' ? 'its last recorded segment' : 'there'}`,
      exitCode.failed,
    );
  }
  const innermost = innermostCause(error);
  const type = 'type' in innermost ? innermost.type : undefined;
  const code = type === 'DamagedData' || type === 'StateError' ? exitCode.damaged : exitCode.failed;
  return new CommandError(`the ${what} ended: ${innermost.message}`, code);
}
