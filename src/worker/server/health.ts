import type { Connection } from '@temporalio/client';
import { ServerUnavailable } from './error.js';

const NAMESPACE = 'default';
const RETENTION_MS = 365 * 24 * 3600 * 1000;
/** The oldest server whose behaviour this project relies on. */
const OLDEST_SERVER = [1, 27] as const;

/**
 * Asks a server for its version and its namespace.
 * @param limitMs how long to wait for the answers
 * @returns the version of the server
 * @throws if it does not answer, or does not know the namespace (yet)
 */
export async function checkHealth(address: string, limitMs: number): Promise<string> {
  return await connectedTo(address, limitMs, async (connection) => {
    const [info] = await Promise.all([
      connection.workflowService.getSystemInfo({}),
      connection.workflowService.describeNamespace({ namespace: NAMESPACE }),
    ]);
    return info.serverVersion ?? '';
  });
}

/**
 * Makes closed runs stay for a year; the dev server's own choice is a day.
 * @param limitMs how long to wait for the answers
 */
export async function keepHistories(address: string, limitMs: number): Promise<void> {
  await connectedTo(address, limitMs, async (connection) => {
    const service = connection.workflowService;
    const { msToTs, optionalTsToMs } = await import('@temporalio/common/lib/time.js');
    const { config } = await service.describeNamespace({ namespace: NAMESPACE });
    if (optionalTsToMs(config?.workflowExecutionRetentionTtl) === RETENTION_MS) return;
    const workflowExecutionRetentionTtl = msToTs(RETENTION_MS);
    await service.updateNamespace({ namespace: NAMESPACE, config: { workflowExecutionRetentionTtl } });
  });
}

/** @throws ServerUnavailable if the server is older than what the project relies on */
export function requireVersion(version: string, binary: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1])) return;
  throw new ServerUnavailable(
    `${binary} runs Temporal server ${version || 'of unknown version'}; marsdisk needs ${OLDEST_SERVER.join('.')} or newer. ` +
      'Update the Temporal CLI, or point TEMPORAL_CLI to a newer one.',
  );
}

async function connectedTo<T>(
  address: string,
  limitMs: number,
  ask: (connection: Connection) => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  // Loaded here because it takes a quarter of a second, which passes while the server starts.
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address, connectTimeout: limitMs });
  try {
    return await connection.withDeadline(deadline, () => ask(connection));
  } finally {
    await connection.close();
  }
}
