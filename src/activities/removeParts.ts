import { DamagedData } from '../store/error.js';
import { layoutOf } from '../store/layout.js';
import * as store from '../store/merge.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly } from './runFolder.js';

/**
 * The last act: removes the parts, but only behind a merge whose files still have their recorded hashes. Needs no specification,
 * because an attempt that was killed may already have removed it.
 */
export function removePartsWith(dependencies: Dependencies) {
  return async function removeParts(request: FinishRequest): Promise<void> {
    dependencies.onEvent('before-removal', {});
    const layout = layoutOf(request.outdir);
    await failingLoudly(() => {
      if (store.verifiedMerge(layout, request.identity) === null) {
        throw new DamagedData(
          layout.series,
          'the merged files are not the ones that the merge recorded',
          'The parts are kept. Type the same command again: it merges them anew.',
        );
      }
      store.removeParts(layout);
    });
  };
}
