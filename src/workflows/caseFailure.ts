import { CancelledFailure, rootCause, TerminatedFailure, TimeoutFailure } from '@temporalio/common';
import type { EndedCase } from '../activities/contract.js';

export type CaseOutcome = Pick<EndedCase, 'state' | 'reason'>;

/** How a case has ended whose workflow did not complete. */
export function endOf(failure: unknown): CaseOutcome {
  if (!(failure instanceof Error)) throw failure;
  const { cause } = failure;
  if (failure instanceof CancelledFailure || cause instanceof CancelledFailure) {
    return { state: 'cancelled', reason: 'cancelled' };
  }
  if (cause instanceof TerminatedFailure) return { state: 'lost', reason: `terminated: ${cause.message}` };
  if (cause instanceof TimeoutFailure) return { state: 'lost', reason: cause.message };
  return { state: 'failed', reason: rootCause(failure) ?? failure.message };
}
