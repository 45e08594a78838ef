import { layoutOf } from '../store/layout.js';
import * as store from '../store/mergeRecord.js';
import type { FinishRequest } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { failingLoudly } from './runFolder.js';

/** Removes the parts behind a merge whose files still have their recorded hashes. Needs no specification: that goes, too. */
export function removePartsWith(dependencies: Dependencies) {
  return async function removeParts(request: FinishRequest): Promise<void> {
    dependencies.onEvent('before-removal', {});
    await failingLoudly(() => store.removeParts(layoutOf(request.outdir), dependencies.verifiedFiles));
  };
}
