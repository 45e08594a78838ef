import { Context } from '@temporalio/activity';
import { readManifest } from '../store/manifest.js';
import * as store from '../store/merge.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly, openRunFolder } from './runFolder.js';

/** Parts in, one file per table out; returns at once over a present, verified merge. */
export function mergeSeriesWith(dependencies: Dependencies) {
  return async function mergeSeries(request: FinishRequest): Promise<void> {
    const context = Context.current();
    const { layout, spec, model, params } = openRunFolder(request.outdir, request.specHash);
    await failingLoudly(async () => {
      if (store.verifiedMerge(layout, spec.identity) !== null) return;
      await store.mergeSeries({
        layout,
        tables: model.tables(params),
        segments: readManifest(layout.manifests, request.manifest),
        identity: spec.identity,
        model: spec.model,
        onProgress: (done, total) => {
          context.heartbeat({ rows: done, of: total });
          dependencies.onEvent('merge-progress', { done, total });
        },
      });
    });
    dependencies.onEvent('merge-done', {});
  };
}
