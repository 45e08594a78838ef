/** No server can be reached or started; the message says why and what to do (exit code 4). */
export class ServerUnavailable extends Error {
  override readonly name = 'ServerUnavailable';
}

/** The message of anything that was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
