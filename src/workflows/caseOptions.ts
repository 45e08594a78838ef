import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import { type ChildWorkflowOptions, ParentClosePolicy } from '@temporalio/workflow';
import type { ReadyCase } from '../activities/contract.js';
import { searchAttributeNames } from './messages.js';
import type { SweepInput } from './sweepMessages.js';
import { givenAttributes } from './visibility.js';

const caseKey = defineSearchAttributeKey(searchAttributeNames.case, SearchAttributeType.KEYWORD_LIST);

/** How the workflow of a case is begun: it must outlive a sweep that hands over or is killed, and stand in the server's list under its title. */
export function caseOptions(
  { policy, searchAttributes }: SweepInput,
  { workflowId, spec, values, restart }: Pick<ReadyCase, 'workflowId' | 'spec' | 'values' | 'restart'>,
): ChildWorkflowOptions {
  const pairs = givenAttributes(spec);
  if (values.length > 0) pairs.push({ key: caseKey, value: [...values] });
  return {
    workflowId,
    workflowTaskTimeout: policy.workflowTaskTimeout * 1000,
    workflowIdReusePolicy: restart === null ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `${spec.title} · ${spec.identity.slice(0, 12)}`,
    staticDetails: `Output folder: ${spec.outdir}`,
    ...(searchAttributes ? { typedSearchAttributes: new TypedSearchAttributes(pairs) } : {}),
  };
}
