import { readManifest } from '../store/manifest.js';
import * as store from '../store/merge.js';
import { beatingWhile } from './beating.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/** Parts in, one file per table out; returns at once over a present, verified merge. */
export function mergeSeriesWith(dependencies: Dependencies) {
  return async function mergeSeries(request: FinishRequest): Promise<void> {
    const { layout, spec, model, params } = openRunFolder(request.outdir, request.specHash);
    let progress: { rows: number; of: number } | null = null;
    const merge = async () => {
      if (store.verifiedMerge(layout, spec.identity) !== null) return;
      await store.mergeSeries({
        layout,
        tables: model.tables(params),
        segments: readManifest(layout.manifests, request.manifest),
        firstRows: request.firstRows ?? [],
        identity: spec.identity,
        model: spec.model,
        onProgress: (done, total) => {
          progress = { rows: done, of: total };
          dependencies.onEvent('merge-progress', { done, total });
        },
      });
    };
    await failingLoudly(() => beatingWhile(() => progress, merge));
    dependencies.onEvent('merge-done', {});
  };
}
