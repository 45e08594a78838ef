import path from 'node:path';
import { Context } from '@temporalio/activity';
import { currentDetails } from '../report/currentDetails.js';
import { attemptName } from '../store/parts.js';
import { stateHash } from '../store/states.js';
import { pack } from '../workflows/envelope.js';
import { attended } from './attended.js';
import type { SegmentRequest, SegmentResult } from './contract.js';
import type { Dependencies } from './dependencies.js';

/**
 * Advances a run by one segment: checkpoint in, part files and checkpoint out. The thread does the work, this side heartbeats.
 * A segment that was asked to end early (the worker shuts down, a user pauses or cancels) returns what it has as a normal, shorter one.
 */
export function advanceSegmentWith(dependencies: Dependencies) {
  return async function advanceSegment(request: SegmentRequest, state: Uint8Array): Promise<Uint8Array> {
    const context = Context.current();
    const attempt = context.info.attempt;
    const place = { segment: request.segment, attempt, folder: path.basename(request.outdir) };
    dependencies.onEvent('segment-started', place);
    const running = dependencies.computePool.start({
      ...request,
      joinFor: request.joinFor ?? 0,
      state,
      batchRows: dependencies.partBatchRows,
      inlineStateLimit: dependencies.inlineStateLimit,
      keepStateEvery: dependencies.keepStateEvery,
      recovery: dependencies.recovery,
      attemptName: attemptName(request.segment, attempt),
    });
    const written = await attended(context, running, (progress) =>
      dependencies.onProgress(request.outdir, progress),
    );
    dependencies.onEvent('segment-computed', { ...place, parts: written.parts });
    const interval = { segment: request.segment, fromTime: written.fromTime, toTime: written.status.time };
    const result: SegmentResult = {
      record: {
        index: request.segment,
        fromTime: written.fromTime,
        toTime: written.status.time,
        steps: written.status.steps,
        startHash: stateHash(state),
        endHash: written.parts.at(-1)!.endHash,
        parts: [...written.parts],
      },
      rows: written.rows,
      status: written.status,
      attempt,
      engine: dependencies.engine,
      details: currentDetails(written.status, interval, written.conserved),
    };
    return pack(result, [written.state]);
  };
}
