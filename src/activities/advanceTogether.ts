import { Context } from '@temporalio/activity';
import { attemptName } from '../store/parts.js';
import { stateHash } from '../store/states.js';
import { pack } from '../workflows/envelope.js';
import { attended } from './attended.js';
import type { SharedRequest, SharedResult } from './contract.js';
import type { Dependencies } from './dependencies.js';

/**
 * Advances several runs by one segment that is the same for all of them: computed once, each gets a part of its own. The segment ends in
 * front of the first step that may differ between them. No recovery files: a killed attempt is repeated from the start of the segment.
 */
export function advanceTogetherWith(dependencies: Dependencies) {
  return async function advanceTogether(request: SharedRequest, state: Uint8Array): Promise<Uint8Array> {
    const context = Context.current();
    const { outdir, segment, rows, members } = request;
    const { attempt } = context.info;
    dependencies.onEvent('shared-started', { segment, attempt, members: members.length });
    const running = dependencies.computePool.startShared({
      ...{ outdir, segment, rows, members, state },
      batchRows: dependencies.partBatchRows,
      inlineStateLimit: dependencies.inlineStateLimit,
      keepStateEvery: dependencies.keepStateEvery,
      attemptName: attemptName(segment, attempt, true),
    });
    const written = await attended(context, running, (progress) => dependencies.onProgress(outdir, progress));
    const { status, fromTime, parts, done, leaving } = written;
    dependencies.onEvent('shared-computed', { segment, attempt, steps: status.steps, leaving });
    const result: SharedResult = {
      record: {
        ...{ index: segment, fromTime, toTime: status.time, steps: status.steps },
        startHash: stateHash(state),
        endHash: parts[0]!.endHash,
      },
      parts,
      rows: written.rows,
      status,
      ...{ attempt, done, leaving, engine: dependencies.engine },
    };
    return pack(result, [written.state]);
  };
}
