import type { FinishRequest, Merged } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { checkPartsOfRun } from './merging.js';
import { failingLoudly } from './runFolder.js';

/** The end of a run whose parts shall stay as they are: each is what its record says, and lost ones are computed again. */
export function checkPartsWith(dependencies: Dependencies) {
  return async function checkParts(request: FinishRequest): Promise<Merged> {
    return { repaired: await failingLoudly(() => checkPartsOfRun(dependencies, request)) };
  };
}
