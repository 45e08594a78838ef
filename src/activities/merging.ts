import { readManifest } from '../store/manifest.js';
import * as store from '../store/merge.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { repairPart } from './repair.js';
import { openRunFolder } from './runFolder.js';

/**
 * Merges the parts of a run, and computes again the parts that are lost. Returns at once over a present, verified merge.
 * @returns files of the parts that were computed again
 */
export async function mergeRun(
  dependencies: Dependencies,
  request: FinishRequest,
  onProgress: (done: number, total: number) => void,
): Promise<string[]> {
  const folder = openRunFolder(request.outdir, request.specHash);
  const { layout, spec, model, params } = folder;
  if (store.verifiedMerge(layout, spec.identity) !== null) return [];
  const segments = readManifest(layout.manifests, request.manifest);
  const repaired: string[] = [];
  await store.mergeSeries({
    layout,
    tables: model.tables(params),
    segments,
    firstRows: request.firstRows ?? [],
    identity: spec.identity,
    model: spec.model,
    async repair(at) {
      await repairPart(dependencies, folder, request.specHash, segments, at);
      repaired.push(segments[at.segment]!.parts[at.part]!.file);
    },
    onProgress,
  });
  return repaired;
}
