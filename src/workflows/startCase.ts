import { type CancellationScope, type ChildWorkflowHandle, startChild } from '@temporalio/workflow';
import { emptyBooks, withRestart } from './books.js';
import { type CaseOutcome, endOf } from './caseFailure.js';
import { caseOptions } from './caseOptions.js';
import { type RunInput, runWorkflowType } from './messages.js';
import type { run } from './run.js';
import type { Ready } from './sharing.js';
import type { SweepInput } from './sweepMessages.js';

/**
 * Begins the workflow of a case, with the books and states that it goes on with.
 * @param paused it computes nothing before somebody says so
 */
export function startCase(
  sweep: SweepInput,
  { workflowId, spec, specHash, carry, states, restart, values }: Ready,
  paused = false,
): Promise<ChildWorkflowHandle<typeof run>> {
  const { run: policy, searchAttributes } = sweep;
  const books = carry ?? emptyBooks;
  const input: RunInput = {
    spec,
    specHash,
    finishTogether: true,
    policy,
    searchAttributes,
    attributesGiven: true,
    ...(paused ? { paused } : {}),
    carry: restart === null ? books : withRestart(books, { segment: books.segment, cause: restart }),
  };
  const [state, ...starts] = states;
  return startChild<typeof run>(runWorkflowType, {
    ...caseOptions(sweep, { workflowId, spec, values, restart }),
    args: [input, state!, ...starts],
  });
}

/** @param scope when it is cancelled, so is the case */
export async function endOfCase(
  scope: CancellationScope,
  child: ChildWorkflowHandle<typeof run>,
): Promise<CaseOutcome> {
  try {
    await scope.run(() => child.result());
    return { state: 'complete', reason: null };
  } catch (error) {
    return endOf(error);
  }
}
