/** What the refusal or the silence of a server means for the user, and the cure: nobody shall read the words of gRPC. */
import type { Client, ConnectionOptions } from '@temporalio/client';
import { CommandError, exitCode } from './exit.js';
import { isOutage, statusOf } from './outage.js';
import { whyNoAnswer } from './whyNoAnswer.js';

export interface AskedServer {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
  /** Folder of the embedded server; null when an address is configured. */
  readonly home: string | null;
}

/** Numbers of gRPC's status. */
const status = { notFound: 5, denied: 7, busy: 8, unimplemented: 12, internal: 13, unauthenticated: 16 };

/** How long a user waits for an answer of a configured server, ms. The SDK alone would repeat its question for some twenty seconds. */
const answerWithin = 5000;

/** Asks a configured server, which nobody here can revive, with a limit. The embedded one is revived, and its answer waited for. */
export function promptly<T>(
  { client, home }: { readonly client: Client; readonly home: string | null },
  ask: () => Promise<T>,
): Promise<T> {
  return home === null ? client.withDeadline(Date.now() + answerWithin, ask) : ask();
}

/** @throws CommandError (exit code 4) in place of what gRPC says of a server that does not answer or refuses */
export async function inPlainWords<T>(server: AskedServer, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw (await refusalOf(error, server)) ?? error;
  }
}

/**
 * The words for a call that failed.
 * @returns null for an error that is not about reaching the server or being let in
 */
export async function refusalOf(error: unknown, server: AskedServer): Promise<CommandError | null> {
  if (isOutage(error)) return silence(server);
  const { address, apiKey } = server.connection;
  if (isMissingNamespace(error)) return missingNamespace(server);
  switch (statusOf(error)) {
    case status.unauthenticated:
      return unreachable(
        apiKey === undefined
          ? `the server at ${address} wants an API key.\nSet TEMPORAL_API_KEY, or api_key in the profile.`
          : `the server at ${address} does not accept the API key.\nCorrect or renew it: TEMPORAL_API_KEY, or api_key in the profile.`,
      );
    case status.denied:
      return unreachable(
        `the server at ${address} does not give access to the namespace ${server.namespace}.\n` +
          'Correct TEMPORAL_NAMESPACE, or the key or certificate (TEMPORAL_API_KEY, TEMPORAL_TLS_CLIENT_CERT_PATH), or the profile.',
      );
    case status.busy:
      return unreachable(`the server at ${address} has too much to do.\nType the same command again later.`);
    case status.unimplemented:
    case status.internal:
      return unreachable(
        `what answers at ${address} is not a Temporal server, or one of an older version.\n` +
          'Correct the address (TEMPORAL_ADDRESS or the profile).',
      );
    default:
      return null;
  }
}

function missingNamespace({ connection, namespace }: AskedServer): CommandError {
  return unreachable(
    `the server at ${connection.address} has no namespace ${namespace}.\n` +
      'Create it there (temporal operator namespace create --namespace NAME), or correct TEMPORAL_NAMESPACE or the profile.',
  );
}

/** For a server that does not answer, whatever the call was. */
export async function silence({ connection, namespace, home }: AskedServer): Promise<CommandError> {
  if (home !== null) {
    return unreachable(
      `the embedded server of ${home} does not answer.\nType the same command again; what the server says is in that folder.`,
    );
  }
  const { why, cure } = await whyNoAnswer(connection);
  return unreachable(
    `no Temporal server answers at ${connection.address} (namespace ${namespace}): ${why}.\n${cure}\n` +
      'Without a configured address the embedded server is used.',
  );
}

function unreachable(message: string): CommandError {
  return new CommandError(message, exitCode.unreachable);
}

/** A run that the server does not know has an error of its own, so that what is missing otherwise is the namespace. */
function isMissingNamespace(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === 'WorkflowNotFoundError') return false;
  return error.name === 'NamespaceNotFoundError' || statusOf(error) === status.notFound;
}
