import { setImmediate } from 'node:timers/promises';
import type { BatchLayout } from '../batch/batchLayout.js';
import type { CaseStatus } from '../batch/caseStatus.js';
import { type CheckOptions, checkCase } from './checkCase.js';
import type { ExpectedCase } from './expected.js';
import type { CheckedCase } from './finding.js';

export interface CaseToCheck {
  readonly expected: ExpectedCase;
  /** How the sweep says that the case ended, if it does. */
  readonly ended: CaseStatus | undefined;
}

/**
 * Looks at cases of a batch, in whichever thread.
 * @param onCase told how many are done
 * @returns what was found, in the order of the cases
 */
export type CheckCases = (
  layout: BatchLayout,
  cases: readonly CaseToCheck[],
  options: CheckOptions,
  onCase: (done: number) => void,
) => Promise<CheckedCase[]>;

/** In this thread, one after the other. */
export const checkInTurn: CheckCases = async (layout, cases, options, onCase) => {
  const checked: CheckedCase[] = [];
  for (const { expected, ended } of cases) {
    checked.push(await checkCase(layout, expected, ended, options));
    onCase(checked.length);
    await setImmediate(); // whoever checks must heartbeat meanwhile
  }
  return checked;
};
