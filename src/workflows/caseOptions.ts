import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import { type ChildWorkflowOptions, ParentClosePolicy } from '@temporalio/workflow';
import type { ReadyCase } from '../activities/contract.js';
import { searchAttributeNames } from './messages.js';
import type { SweepInput } from './sweepMessages.js';

const caseKey = defineSearchAttributeKey(searchAttributeNames.case, SearchAttributeType.KEYWORD_LIST);

/**
 * How the workflow of a case is begun: it must outlive a sweep that hands over or is killed, and stand in the server's list under its title.
 * @param known search attributes that it has besides its values
 */
export function caseOptions(
  { policy, searchAttributes }: SweepInput,
  { workflowId, spec, values, restart }: Pick<ReadyCase, 'workflowId' | 'spec' | 'values' | 'restart'>,
  known: readonly SearchAttributePair[] = [],
): ChildWorkflowOptions {
  const pairs = [...known];
  if (values.length > 0) pairs.push({ key: caseKey, value: [...values] });
  return {
    workflowId,
    workflowTaskTimeout: policy.workflowTaskTimeout * 1000,
    workflowIdReusePolicy: restart === null ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `${spec.title} · ${spec.identity.slice(0, 12)}`,
    staticDetails: `Output folder: ${spec.outdir}`,
    ...(searchAttributes && pairs.length > 0
      ? { typedSearchAttributes: new TypedSearchAttributes(pairs) }
      : {}),
  };
}
