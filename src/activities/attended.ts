import type { Context } from '@temporalio/activity';
import type { RunningSegment } from './dependencies.js';
import { underItsName } from './threadFailure.js';

/** Often enough for a progress line, rare enough to cost nothing. */
const heartbeatEvery = 1000;

/**
 * Waits for the thread and heartbeats meanwhile. Any abort stops the thread; only then is it passed on, so that no attempt computes on
 * behind its successor's back. What an ordered end (shutdown, request) leaves is handed over; a time-out or a workflow that is gone
 * means that nobody takes it.
 */
export async function attended<T>(
  context: Context,
  running: RunningSegment<T>,
  onProgress: (progress: NonNullable<ReturnType<RunningSegment['progress']>>) => void,
): Promise<T> {
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
