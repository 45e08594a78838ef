import { ApplicationFailure, Context } from '@temporalio/activity';
import { beatingWhile } from './beating.js';
import type { FinishRequest, Merged } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { mergeRun } from './merging.js';
import { failingLoudly } from './runFolder.js';

/** Parts in, one file per table out; lost parts are computed again. A cancel or the end of the worker gives it up at the next row group. */
export function mergeSeriesWith(dependencies: Dependencies) {
  return async function mergeSeries(request: FinishRequest): Promise<Merged> {
    let progress: { rows: number; of: number } | null = null;
    const merge = () =>
      mergeRun(dependencies, request, (done, total) => {
        progress = { rows: done, of: total };
        dependencies.onEvent('merge-progress', { done, total });
        requireWanted(dependencies);
      });
    const { repaired } = await failingLoudly(() => beatingWhile(() => progress, merge));
    dependencies.onEvent('merge-done', {});
    return { repaired };
  };
}

/** A merge of gigabytes must not hold up whoever wants to leave: begun again, it costs what reading the parts costs. */
function requireWanted({ computePool }: Dependencies): void {
  const { cancellationDetails, cancellationSignal } = Context.current();
  if (cancellationDetails?.cancelRequested) throw cancellationSignal.reason;
  if (computePool.draining) throw ApplicationFailure.retryable('the worker leaves', 'WorkerLeaves');
}
