import type { ConnectionOptions } from '@temporalio/client';
import { CommandError, exitCode } from './exit.js';

export interface ConfiguredServer {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
}

/**
 * The server that Temporal's profiles and `TEMPORAL_*` name; null when they name no address.
 * @throws CommandError (exit code 2) for a profile or a file that is not there, and for a key without an address
 */
export async function configuredServer(): Promise<ConfiguredServer | null> {
  const { loadClientConnectConfig } = await import('@temporalio/envconfig');
  let config: ReturnType<typeof loadClientConnectConfig>;
  try {
    config = loadClientConnectConfig();
  } catch (error) {
    throw new CommandError(
      `the server's profile cannot be read: ${error instanceof Error ? error.message : error}.\n` +
        'Correct TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE, or the files that TEMPORAL_TLS_* and the profile name.',
      exitCode.usage,
    );
  }
  const { connectionOptions: connection, namespace } = config;
  if (connection.address)
    return { connection: connection as ConnectionOptions, namespace: namespace ?? 'default' };
  if (connection.apiKey === undefined && !connection.tls) return null;
  throw new CommandError(
    'a key or certificates are configured, but no address of a server.\n' +
      'Set TEMPORAL_ADDRESS (address in the profile), or unset them to use the embedded server.',
    exitCode.usage,
  );
}
