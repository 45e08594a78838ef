import path from 'node:path';
import { batchLayout } from '../../store/batch/batchLayout.js';
import type { HookRequest } from '../contract.js';

/** Where a hook runs and writes: in the folder of its case, or of the batch. */
export interface HookPlace {
  readonly name: 'after_case' | 'after_batch';
  readonly folder: string;
  readonly log: string;
}

export function placeOf(request: HookRequest): HookPlace {
  const { folder, checks } = batchLayout(request.batch);
  if (request.case === null) {
    return { name: 'after_batch', folder, log: path.join(checks, 'hook-after_batch.log') };
  }
  const own = path.join(folder, request.case.title);
  return { name: 'after_case', folder: own, log: path.join(own, 'logs', 'hook-after_case.log') };
}

/** What a hook's command finds in its environment (docs/sweeps.md). */
export function environmentOf(request: HookRequest): Record<string, string> {
  const { name, folder } = placeOf(request);
  const common = {
    MARSDISK_HOOK: name,
    MARSDISK_BATCH: batchLayout(request.batch).folder,
    MARSDISK_TAG: request.tag,
    MARSDISK_STATE: request.state,
    MARSDISK_REASON: request.reason ?? '',
  };
  if (request.case === null) return common;
  const { title, values } = request.case;
  const each = Object.entries(values).map(([axis, value]) => [variableOf(axis), String(value ?? '')]);
  return {
    ...common,
    MARSDISK_CASE: title,
    MARSDISK_TITLE: title,
    MARSDISK_CASE_FOLDER: folder,
    MARSDISK_VALUES: JSON.stringify(values),
    ...Object.fromEntries(each),
  };
}

/** `MARSDISK_VALUE_T`, `MARSDISK_VALUE_supply_injection_q`. */
function variableOf(axis: string): string {
  return `MARSDISK_VALUE_${axis.replace(/[^A-Za-z0-9_]/g, '_')}`;
}
