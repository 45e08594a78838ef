import path from 'node:path';
import type { Client, ConnectionOptions } from '@temporalio/client';
import { type ConfiguredServer, configuredServer } from './configuredServer.js';
import { connect } from './connect.js';
import { CommandError, exitCode } from './exit.js';
import { LeavableCalls } from './leavableCalls.js';

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
  /** Ends every question to the server; nothing can be asked any more. */
  leave(): void;
  /** Closes the connection; the last command that uses an embedded server stops it. */
  release(): Promise<void>;
}

/** Where to look for a server when none is configured: an embedded one by its home or by a path near it, or an address on record. */
export type ServerPlace =
  | { readonly home: string }
  | { readonly near: string }
  | { readonly address: string; readonly namespace: string };

/**
 * Connects to the configured server (Temporal's profiles and `TEMPORAL_*`), or starts or adopts an embedded one.
 * @param place the embedded server: its `home` if it is known, else the one that belongs to the file `near`
 * @param warn what only the user can act on, which --quiet does not silence
 */
export async function openSession(
  place: ServerPlace,
  say: (message: string) => void,
  warn: (message: string) => void = say,
): Promise<Session> {
  const configured = await configuredServer();
  if (configured !== null) return connectedTo(configured);
  if ('address' in place) {
    return connectedTo({ connection: { address: place.address }, namespace: place.namespace });
  }
  const { serverHome, useServer } = await import('../worker/server/embedded.js');
  const home = 'home' in place ? place.home : serverHome(place.near);
  const server = await useServer({ home, onMessage: say });
  const { keepAlive } = await import('../worker/server/keepAlive.js');
  const guard = keepAlive(home, server, say, warn);
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
  const calls = new LeavableCalls();
  const link = await connect({ connection, namespace, home }, await calls.interceptors());
  const { Client } = await import('@temporalio/client');
  return {
    client: new Client({ connection: link, namespace }),
    connection,
    namespace,
    home,
    workflowUrl: (id) =>
      uiUrl === null ? null : `${uiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(id)}`,
    leave: () => calls.leave(),
    async release() {
      await link.close();
      await releaseServer();
    },
  };
}

/**
 * Connects to the configured server, for commands that have no use for an embedded one.
 * @throws CommandError (exit code 2) when none is configured
 */
export async function openConfiguredSession(): Promise<Session> {
  const configured = await configuredServer();
  if (configured !== null) return connectedTo(configured);
  throw new CommandError(
    'no server is configured: set TEMPORAL_ADDRESS (or a profile) to the one that the runs are started on.\n' +
      'Runs on the embedded server need no worker: their own command computes.',
    exitCode.usage,
  );
}

function connectedTo({ connection, namespace }: ConfiguredServer): Promise<Session> {
  return connected(connection, namespace, null, null, async () => {});
}

/** Where the SDK of this process logs to; undefined: standard error. */
export function workerLog(session: Session): string | undefined {
  return session.home === null ? undefined : path.join(session.home, `worker.log`);
}
