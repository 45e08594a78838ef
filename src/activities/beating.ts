import { Context } from '@temporalio/activity';

/** ms */
const heartbeatEvery = 1000;

/**
 * Does the work while telling the server every second that it goes on. Reading back the files of a long run takes longer than a
 * heartbeat time-out, and an attempt that is given up for dead would be begun again for ever.
 * @param details how far it is, for the server's UI
 */
export async function beatingWhile<T>(details: () => unknown, work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(details()), heartbeatEvery);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** An activity that beats as long as it takes. */
export function beating<A extends unknown[], T>(activity: (...args: A) => Promise<T>) {
  return (...args: A): Promise<T> =>
    beatingWhile(
      () => null,
      () => activity(...args),
    );
}
