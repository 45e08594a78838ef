import { ApplicationFailure, Context } from '@temporalio/activity';
import { makeFolder } from '../store/durable.js';
import type { HookRequest, HookResult } from './contract.js';
import type { Dependencies } from './dependencies.js';
import { environmentOf, placeOf } from './hooks/environment.js';
import { HookLog } from './hooks/log.js';
import { type CommandEnd, runCommand } from './hooks/shell.js';

/** ms; also how soon a worker that stops is noticed. */
const heartbeatEvery = 1000;

/** Behind the first failed attempt, ms; doubles up to the longest. */
const firstPause = 1000;
const longestPause = 30_000;

/** Bytes of the end of stderr that travel in the answer. */
const tailBytes = 4096;

/** Failed attempts so far, for the attempt of the server that follows when this worker is lost. */
interface Beat {
  readonly failed: number;
}

interface Attempt extends CommandEnd {
  readonly stderr: string;
}

/**
 * Runs a user's command until it succeeds, as often as it may be tried. What ends with the worker (shutdown, kill) does not count as an
 * attempt of the command: it is begun again elsewhere.
 */
export function runHookWith(dependencies: Dependencies) {
  return async function runHook(request: HookRequest): Promise<HookResult> {
    const context = Context.current();
    const stop = new AbortController();
    let failed = (context.info.heartbeatDetails as Beat | undefined)?.failed ?? 0;
    const timer = setInterval(() => {
      context.heartbeat({ failed } satisfies Beat);
      if (dependencies.computePool.draining) stop.abort(stopping());
    }, heartbeatEvery);
    const onCancel = () => stop.abort(endOf(context));
    context.cancellationSignal.addEventListener('abort', onCancel);
    try {
      for (;;) {
        const attempt = await attemptOf(request, failed, stop.signal);
        stop.signal.throwIfAborted();
        if (succeeded(attempt)) return answer(request, failed + 1, attempt);
        failed += 1;
        context.heartbeat({ failed } satisfies Beat);
        if (failed >= request.hook.attempts) return answer(request, failed, attempt);
        await pauseBefore(failed, stop.signal);
      }
    } finally {
      clearInterval(timer);
      context.cancellationSignal.removeEventListener('abort', onCancel);
    }
  };
}

/** A command that answers the request to end with success has not done its work. */
function succeeded({ exitCode, timedOut }: CommandEnd): boolean {
  return exitCode === 0 && !timedOut;
}

function stopping(): ApplicationFailure {
  return ApplicationFailure.retryable('its worker stops: the hook begins again elsewhere', 'WorkerStops');
}

function endOf(context: Context): Error {
  return context.cancellationDetails?.workerShutdown ? stopping() : context.cancellationSignal.reason;
}

async function attemptOf(request: HookRequest, failed: number, stop: AbortSignal): Promise<Attempt> {
  const { command, timeout } = request.hook;
  const { folder, log: file, name } = placeOf(request);
  makeFolder(folder);
  const log = new HookLog(file, failed === 0, `${name}, attempt ${failed + 1}: ${command}`);
  let stderr = Buffer.alloc(0);
  let said = 'not started';
  try {
    const end = await runCommand(
      {
        text: command,
        ...{ folder, timeout, environment: environmentOf(request) },
        onOutput(bytes, stream) {
          log.write(bytes);
          if (stream === 'stderr') stderr = Buffer.from(Buffer.concat([stderr, bytes]).subarray(-tailBytes));
        },
      },
      stop,
    );
    said = endText(end, timeout);
    return { ...end, stderr: stderr.toString('utf8') };
  } finally {
    log.close(`${name}: ${said}`);
  }
}

function endText({ exitCode, signal, timedOut }: CommandEnd, timeout: number): string {
  if (timedOut) return `not done after ${timeout} s, and ended`;
  return exitCode === null ? `ended by ${signal}` : `exit code ${exitCode}`;
}

function answer(request: HookRequest, attempts: number, last: Attempt): HookResult {
  const { name, log } = placeOf(request);
  const ok = succeeded(last);
  const times = attempts === 1 ? '' : ` (attempt ${attempts})`;
  const lastLine = last.stderr.trim().split('\n').at(-1)!.slice(0, 200);
  const words = `hook ${name}: ${endText(last, request.hook.timeout)}${times}`;
  const reason = lastLine === '' ? words : `${words}: ${lastLine}`;
  return { ok, exitCode: last.exitCode, reason: ok ? null : reason, attempts, stderr: last.stderr, log };
}

async function pauseBefore(failed: number, stop: AbortSignal): Promise<void> {
  const pause = Math.min(longestPause, firstPause * 2 ** (failed - 1));
  await new Promise<void>((resolve, reject) => {
    const onStop = () => {
      clearTimeout(timer);
      reject(stop.reason);
    };
    const timer = setTimeout(() => {
      stop.removeEventListener('abort', onStop);
      resolve();
    }, pause);
    stop.addEventListener('abort', onStop, { once: true });
    if (stop.aborted) onStop();
  });
}
