import type { Activities, FinishCaseRequest } from './contract.js';

type Steps = Pick<Activities, 'appendManifest' | 'mergeSeries' | 'checkRun' | 'removeParts' | 'writeSummary'>;

/**
 * The same steps as those of a single run, in the same order, as one activity. Each of them finds what an attempt before has done, so an
 * attempt that is killed between two of them is repeated from the start.
 */
export function finishCaseWith({ appendManifest, mergeSeries, checkRun, removeParts, writeSummary }: Steps) {
  return async function finishCase(
    { outdir, spec, finish, segments, previous, execution, removeParts: removes }: FinishCaseRequest,
    state: Uint8Array,
    ...startStates: Uint8Array[]
  ): Promise<void> {
    const manifest =
      segments.length > 0 ? await appendManifest({ outdir, previous, segments }, ...startStates) : previous!;
    const request = { ...finish, manifest };
    const { repaired } = await mergeSeries(request);
    await checkRun(request, state);
    if (removes) await removeParts(request);
    await writeSummary(spec, { ...execution, repaired }, state);
  };
}
