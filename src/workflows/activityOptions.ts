import type { ActivityOptions } from '@temporalio/workflow';
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
