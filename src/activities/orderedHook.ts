import { batchLayout } from '../store/batch/batchLayout.js';
import { definitionOf } from './batchFolder.js';
import type { HookOrder, HookRequest, HookResult } from './contract.js';
import { failingLoudly } from './runFolder.js';

/** Finds the hook in the definition of its batch, which the sweep's history need not hold. */
export function orderedHookWith(runHook: (request: HookRequest) => Promise<HookResult>) {
  return async function orderedHook(order: HookOrder): Promise<HookResult> {
    return runHook(await failingLoudly(() => requestOf(order)));
  };
}

function requestOf({ outdir, index, state, reason }: HookOrder): HookRequest {
  const { hooks, tag, cases } = definitionOf(batchLayout(outdir));
  const hook = index === null ? hooks.afterBatch : hooks.afterCase;
  if (hook === null) throw new Error(`the sweep ${tag} has no such hook`);
  const about = index === null ? null : cases[index]!;
  return {
    hook,
    batch: outdir,
    tag,
    case: about === null ? null : { title: about.title, values: about.values },
    state,
    reason,
  };
}
