import { setMaxListeners } from 'node:events';
import type { Client } from '@temporalio/client';

/**
 * Asks the server until `leaving` aborts or the limit is over, which then cancels the call. The SDK hangs a listener on the signal with
 * every call and never takes it off: a signal of its own for each question keeps a wait of days from growing.
 * @returns what `ask` answers; `null` when the time was over first
 */
export async function leavable<T>(
  client: Client,
  leaving: AbortSignal,
  limitMs: number,
  ask: () => Promise<T>,
): Promise<{ answer: T } | null> {
  const own = new AbortController();
  setMaxListeners(0, own.signal); // one for each call of the wait: bounded by the limit
  const abort = () => own.abort();
  if (leaving.aborted) abort();
  leaving.addEventListener('abort', abort);
  let over = false;
  const limit = setTimeout(() => {
    over = true;
    abort();
  }, limitMs);
  try {
    return { answer: await client.withAbortSignal(own.signal, ask) };
  } catch (error) {
    if (over) return null;
    throw error;
  } finally {
    clearTimeout(limit);
    leaving.removeEventListener('abort', abort);
  }
}
