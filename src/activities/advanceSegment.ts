import path from 'node:path';
import { Context, log } from '@temporalio/activity';
import { currentDetails } from '../report/currentDetails.js';
import { attemptName } from '../store/parts.js';
import { stateHash } from '../store/states.js';
import { pack } from '../workflows/envelope.js';
import { attended } from './attended.js';
import type { Activities, EndOrder, SegmentRequest, SegmentResult } from './contract.js';
import type { Dependencies } from './dependencies.js';

/** No more compute than this is repeated when a worker is lost while it brings the run to its end, ms. */
const momentOfCompute = 5000;

/**
 * Advances a run by one segment: checkpoint in, part files and checkpoint out. The thread does the work, this side heartbeats.
 * A segment that was asked to end early (the worker shuts down, a user pauses or cancels) returns what it has as a normal, shorter one.
 */
export function advanceSegmentWith(dependencies: Dependencies, finishCase: Activities['finishCase']) {
  return async function advanceSegment(request: SegmentRequest, state: Uint8Array): Promise<Uint8Array> {
    const context = Context.current();
    const attempt = context.info.attempt;
    const place = { segment: request.segment, attempt, folder: path.basename(request.outdir) };
    dependencies.onEvent('segment-started', place);
    const { end, ...task } = request;
    const began = performance.now();
    const running = dependencies.computePool.start({
      ...task,
      joinFor: task.joinFor ?? 0,
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
    const quick = performance.now() - began < momentOfCompute;
    const ends = written.status.done && quick && attempt === 1 && !context.cancellationSignal.aborted;
    const finished =
      ends && end !== undefined && (await finish(end, request, result, [written.state, state]));
    return pack({ ...result, finished }, [written.state]);
  };

  async function finish(
    { firstRows, execution, ...end }: EndOrder,
    { outdir, specHash, segment }: SegmentRequest,
    { record, rows, engine }: SegmentResult,
    states: [end: Uint8Array, start: Uint8Array],
  ): Promise<boolean> {
    const engines = [{ segment, fingerprint: engine! }];
    try {
      await finishCase(
        {
          ...{ outdir, ...end, previous: null, segments: [record] },
          finish: { outdir, specHash, rows, firstRows },
          execution: { ...execution, segments: segment + 1, engines },
        },
        ...states,
      );
      return true;
    } catch (error) {
      // What has been computed stands; the activity by that name meets the same again, and deals with it.
      log.warn('the end of the run is left to an activity of its own', { error });
      return false;
    }
  }
}
