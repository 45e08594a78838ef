import type { ActivityOptions, ApplicationFailure } from '@temporalio/workflow';
import { ActivityCancellationType } from '@temporalio/workflow';
import type { FatalFailure } from '../activities/contract.js';
import type { RunPolicy } from './messages.js';

/** The same state fails again in the same way: trying once more would only hide it. */
const fatal: FatalFailure[] = ['PhysicsError', 'StateError', 'DamagedData', 'SpecMissing'];

/** Infrastructure faults (lost worker, full disk, lost server) are tried again without limit; wrong input is not. */
export function activityOptions(policy: RunPolicy): ActivityOptions {
  return {
    startToCloseTimeout: policy.activityTimeout * 1000,
    heartbeatTimeout: policy.heartbeatTimeout * 1000,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: policy.retry.initialInterval * 1000,
      backoffCoefficient: policy.retry.backoff,
      maximumInterval: policy.retry.maximumInterval * 1000,
      nonRetryableErrorTypes: fatal,
    },
  };
}

/** Last words of a run that ends: tried again a few times, but a full disk must not keep a cancelled run from ending. */
export function lastWordsOptions(policy: RunPolicy): ActivityOptions {
  const { retry, ...options } = activityOptions(policy);
  return { ...options, retry: { ...retry, maximumAttempts: 4 } };
}

/** Whether a failure ends a run whatever its retry policy says. */
export function isFatal(failure: ApplicationFailure): boolean {
  return failure.nonRetryable === true || (fatal as string[]).includes(failure.type ?? '');
}
