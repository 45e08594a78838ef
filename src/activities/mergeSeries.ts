import { beatingWhile } from './beating.js';
import type { FinishRequest, Merged } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { mergeRun } from './merging.js';
import { failingLoudly } from './runFolder.js';

/** Parts in, one file per table out; lost parts are computed again. */
export function mergeSeriesWith(dependencies: Dependencies) {
  return async function mergeSeries(request: FinishRequest): Promise<Merged> {
    let progress: { rows: number; of: number } | null = null;
    const merge = () =>
      mergeRun(dependencies, request, (done, total) => {
        progress = { rows: done, of: total };
        dependencies.onEvent('merge-progress', { done, total });
      });
    const repaired = await failingLoudly(() => beatingWhile(() => progress, merge));
    dependencies.onEvent('merge-done', {});
    return { repaired };
  };
}
