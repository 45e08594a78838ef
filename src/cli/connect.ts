import type { Connection, ConnectionOptions } from '@temporalio/client';
import { type AskedServer, refusalOf, silence } from './serverWords.js';

/** How long a configured server may take to answer a first question, ms. */
const connectWithin = 4000;
/** The embedded one is known to live: on a busy machine it may be slow, and giving up would help nobody, ms. */
const embeddedWithin = 30_000;

/** After a long outage the default would look for the server only every two minutes. */
const reconnecting = { 'grpc.max_reconnect_backoff_ms': 5000 };

/**
 * A connection that the server has let in: a wrong key or namespace shows here, not in the midst of a command.
 * @throws CommandError (exit code 4) with the reason and the cure
 */
export async function connect(
  server: AskedServer,
  interceptors: NonNullable<ConnectionOptions['interceptors']>,
): Promise<Connection> {
  const { Connection } = await import('@temporalio/client');
  const within = server.home === null ? connectWithin : embeddedWithin;
  const options = {
    connectTimeout: within,
    channelArgs: reconnecting,
    interceptors,
    ...server.connection,
  };
  let link: Connection | null = null;
  try {
    link = Connection.lazy(options);
    await link.ensureConnected();
    await requireNamespace(link, server, within);
    return link;
  } catch (error) {
    await link?.close();
    // What has no status never came to an answer: certificates that cannot be read, or no connection in time.
    throw (await refusalOf(error, server)) ?? (await silence(server));
  }
}

async function requireNamespace(link: Connection, { namespace }: AskedServer, within: number): Promise<void> {
  await link.withDeadline(Date.now() + within, () => link.workflowService.describeNamespace({ namespace }));
}
