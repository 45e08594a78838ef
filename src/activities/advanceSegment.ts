import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Context } from '@temporalio/activity';
import { currentDetails } from '../report/currentDetails.js';
import { stateHash } from '../store/states.js';
import { pack } from '../workflows/envelope.js';
import type { SegmentRequest, SegmentResult } from './contract.js';
import type { Dependencies, RunningSegment } from './dependencies.js';
import { underItsName } from './threadFailure.js';

/** Often enough for a progress line, rare enough to cost nothing. */
const heartbeatEvery = 1000;

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
      state,
      batchRows: dependencies.partBatchRows,
      inlineStateLimit: dependencies.inlineStateLimit,
      keepStateEvery: dependencies.keepStateEvery,
      recovery: dependencies.recovery,
      attemptName: `s${String(request.segment).padStart(6, '0')}.a${attempt}.${randomBytes(4).toString('hex')}`,
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

/**
 * Waits for the thread and heartbeats meanwhile. Any abort stops the thread; only then is it passed on, so that no attempt computes on
 * behind its successor's back. What an ordered end (shutdown, request) leaves is handed over; a time-out or a workflow that is gone
 * means that nobody takes it.
 */
async function attended(
  context: Context,
  running: RunningSegment,
  onProgress: (progress: NonNullable<ReturnType<RunningSegment['progress']>>) => void,
) {
  const beat = () => {
    const progress = running.progress();
    context.heartbeat(progress === null ? null : { segment: progress.segment, ...progress.status });
    if (progress !== null) onProgress(progress);
  };
  // The first beat only after a while: each one is a commit of the server, and most segments are shorter.
  const timer = setInterval(beat, heartbeatEvery);
  const onAbort = () => running.stop();
  context.cancellationSignal.addEventListener('abort', onAbort);
  try {
    const written = await running.done.catch(underItsName);
    const why = context.cancellationDetails;
    const handsOver = why?.workerShutdown || why?.cancelRequested;
    if (context.cancellationSignal.aborted && !handsOver) throw context.cancellationSignal.reason;
    return written;
  } finally {
    clearInterval(timer);
    context.cancellationSignal.removeEventListener('abort', onAbort);
  }
}
