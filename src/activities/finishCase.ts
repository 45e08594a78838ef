import { recordsOf } from './appendManifest.js';
import type { Activities, FinishCaseRequest, FinishRequest } from './contract.js';
import { failingLoudly, openRunFolder } from './runFolder.js';
import type { WriteSummary } from './writeSummary.js';

interface Steps extends Pick<Activities, 'appendManifest' | 'mergeSeries' | 'checkRun' | 'removeParts'> {
  readonly writeSummary: WriteSummary;
}

/**
 * The same steps as those of a single run, in the same order, as one activity. Each of them finds what an attempt before has done, so an
 * attempt that is killed between two of them is repeated from the start.
 */
export function finishCaseWith({ appendManifest, mergeSeries, checkRun, removeParts, writeSummary }: Steps) {
  return async function finishCase(
    order: FinishCaseRequest,
    state: Uint8Array,
    ...startStates: Uint8Array[]
  ): Promise<void> {
    const { outdir, spec, finish, execution } = order;
    const request = { ...finish, manifest: await manifestOf(order, startStates) };
    const { model, params } = await failingLoudly(() => openRunFolder(outdir, finish.specHash));
    const { repaired } = await mergeSeries(request);
    await checkRun(request, state);
    if (order.removeParts) await removeParts(request);
    await writeSummary(spec, { ...execution, repaired }, state, { model, params });
  };

  /** A manifest that would go with the parts within a moment is not written: until then the history holds what would be in it. */
  async function manifestOf(
    { outdir, previous, segments, removeParts }: FinishCaseRequest,
    startStates: readonly Uint8Array[],
  ): Promise<FinishRequest['manifest']> {
    if (segments.length === 0) return previous!;
    if (previous !== null || !removeParts)
      return appendManifest({ outdir, previous, segments }, ...startStates);
    return recordsOf(segments, startStates);
  }
}
