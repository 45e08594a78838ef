/** Exit codes of design.md section 7. */
export const exitCode = {
  complete: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  unreachable: 4,
  damaged: 5,
  interrupted: 130,
} as const;

/** Ends the command with a message for the user and an exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}
