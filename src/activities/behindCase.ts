import type { CaseStatus } from '../store/batch/caseStatus.js';
import type { BatchDefinition } from '../store/batch/definition.js';
import type { EndedCase, WhichCases, WholeCase } from './contract.js';

export type WholeCaseEnd = (index: number, workflowId: string) => EndedCase | WholeCase;

/**
 * What is to be done for a case whose files are whole: nothing, unless a command of the user belongs behind it that has not succeeded.
 * @param recorded how an earlier sweep saw it end
 */
export function behindCase(
  { hooks: { afterCase } }: BatchDefinition,
  recorded: CaseStatus | undefined,
  { failed }: WhichCases,
): WholeCaseEnd {
  return (index, workflowId) => {
    if (afterCase === null || recorded?.state === 'complete')
      return { index, state: 'complete', reason: null };
    if (afterCase.strict && recorded?.state === 'failed' && !failed) {
      return { index, state: 'failed', reason: recorded.reason };
    }
    return { index, state: 'whole', workflowId };
  };
}
