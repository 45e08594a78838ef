import path from 'node:path';
import type { Client, ConnectionOptions } from '@temporalio/client';
import { CommandError, exitCode } from './exit.js';

/** A connection to the server that holds the histories. */
export interface Session {
  readonly client: Client;
  /** For a worker of this process. */
  readonly connection: ConnectionOptions;
  readonly namespace: string;
  /** Folder of the embedded server; null when an address is configured. */
  readonly home: string | null;
  /** Link to the web page of a workflow; null when nobody knows the UI's address. */
  workflowUrl(workflowId: string): string | null;
  /** Closes the connection; the last command that uses an embedded server stops it. */
  release(): Promise<void>;
}

/**
 * Connects to the configured server (Temporal's profiles and `TEMPORAL_*`), or starts or adopts the embedded one that belongs to `near`.
 * @param near configuration file or output folder
 */
export async function openSession(near: string, say: (message: string) => void): Promise<Session> {
  const { loadClientConnectConfig } = await import('@temporalio/envconfig');
  const configured = loadClientConnectConfig();
  const address = configured.connectionOptions.address;
  if (address !== undefined && address !== '') {
    const namespace = configured.namespace ?? 'default';
    return connected(
      configured.connectionOptions as ConnectionOptions,
      namespace,
      null,
      null,
      async () => {},
    );
  }
  const { serverHome, useServer } = await import('../worker/server/embedded.js');
  const home = serverHome(near);
  const server = await useServer({ home, onMessage: say });
  const { keepAlive } = await import('../worker/server/keepAlive.js');
  const guard = keepAlive(home, server, say);
  const release = async () => {
    await guard.stop();
    await server.release();
  };
  try {
    return await connected({ address: server.address }, server.namespace, home, server.uiUrl, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function connected(
  connection: ConnectionOptions,
  namespace: string,
  home: string | null,
  uiUrl: string | null,
  releaseServer: () => Promise<void>,
): Promise<Session> {
  const { Client, Connection } = await import('@temporalio/client');
  let link: Awaited<ReturnType<typeof Connection.connect>>;
  try {
    link = await Connection.connect({ connectTimeout: 5000, ...connection });
  } catch (error) {
    throw new CommandError(
      `no Temporal server answers at ${connection.address}: ${error instanceof Error ? error.message : error}\n` +
        'Start it, or correct the address (TEMPORAL_ADDRESS or the profile), or remove it to use the embedded server.',
      exitCode.unreachable,
    );
  }
  return {
    client: new Client({ connection: link, namespace }),
    connection,
    namespace,
    home,
    workflowUrl: (id) =>
      uiUrl === null ? null : `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(id)}`,
    async release() {
      await link.close();
      await releaseServer();
    },
  };
}

/** Where the SDK of this process logs to; undefined: standard error. */
export function workerLog(session: Session): string | undefined {
  return session.home === null ? undefined : path.join(session.home, `worker.log`);
}
