/** Entry of a thread: a look at some cases of a batch. */
import type { BatchLayout } from '../store/batch/batchLayout.js';
import type { CheckOptions } from '../store/completeness/checkCase.js';
import { type CaseToCheck, checkInTurn } from '../store/completeness/checkCases.js';
import type { CheckedCase } from '../store/completeness/finding.js';
import { asValue, type ThreadFailure } from './segmentFailure.js';

export interface CheckTask {
  readonly layout: BatchLayout;
  readonly cases: readonly CaseToCheck[];
  readonly options: CheckOptions;
}

export default async function checkSome({
  layout,
  cases,
  options,
}: CheckTask): Promise<CheckedCase[] | ThreadFailure> {
  try {
    return await checkInTurn(layout, cases, options, () => {});
  } catch (error) {
    return asValue(error);
  }
}
