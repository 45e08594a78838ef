import * as store from '../store/merge.js';
import type { RunFolder } from '../store/runFolder.js';
import type { FinishRequest, Merged } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { repairPart } from './repair.js';
import { openRunFolder } from './runFolder.js';
import { segmentsOf } from './segmentsOf.js';

/**
 * Merges the parts of a run, and computes again the parts that are lost. Returns at once over a present, verified merge.
 * @returns the record of the merge, and the files of the parts that were computed again
 */
export async function mergeRun(
  dependencies: Dependencies,
  request: FinishRequest,
  onProgress: (done: number, total: number) => void,
): Promise<Merged & { readonly record: store.MergeRecord }> {
  const folder = openRunFolder(request.outdir, request.specHash);
  const { layout, spec } = folder;
  const present = await store.verifiedMerge(layout, spec.identity, dependencies.verifiedFiles);
  if (present !== null) return { record: present, repaired: [] };
  const repaired: string[] = [];
  const options = await ofRun(dependencies, request, folder, repaired);
  return { record: await store.mergeSeries({ ...options, onProgress }), repaired };
}

/** Verifies the parts of a run that is not merged, and computes again those that are lost. @returns their files */
export async function checkPartsOfRun(dependencies: Dependencies, request: FinishRequest): Promise<string[]> {
  const folder = openRunFolder(request.outdir, request.specHash);
  const repaired: string[] = [];
  await store.checkParts(await ofRun(dependencies, request, folder, repaired));
  return repaired;
}

/** @param repaired gets the files of the parts that are computed again */
async function ofRun(
  dependencies: Dependencies,
  request: FinishRequest,
  folder: RunFolder,
  repaired: string[],
): Promise<store.MergeOptions> {
  const { layout, spec, model, params } = folder;
  const segments = await segmentsOf(request, layout);
  return {
    layout,
    tables: model.tables(params),
    segments,
    firstRows: request.firstRows ?? [],
    identity: spec.identity,
    known: dependencies.verifiedFiles,
    model: spec.model,
    async repair(at) {
      await repairPart(dependencies, folder, request.specHash, segments, at);
      repaired.push(segments[at.segment]!.parts[at.part]!.file);
    },
  };
}
