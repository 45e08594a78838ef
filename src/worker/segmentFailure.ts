/**
 * A failure on its way out of a compute thread. It travels as a value, because structured clone renames every error that is not one of
 * JavaScript's own to `Error`, and by their names the workflow tells what must not be tried again.
 */
export interface ThreadFailure {
  readonly failure: {
    readonly name: string;
    readonly message: string;
    readonly stack: string | undefined;
    /** Of a failed system call. */
    readonly code: unknown;
  };
}

/** An error with the name that it had, or would have, in the thread. */
export class SegmentFailure extends Error {
  code: unknown;

  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }

  static fromThread({ failure }: ThreadFailure): SegmentFailure {
    const error = new SegmentFailure(failure.name, failure.message);
    error.code = failure.code;
    if (failure.stack !== undefined) error.stack = failure.stack;
    return error;
  }
}

/** What a thread returns instead of throwing. */
export function asValue(error: unknown): ThreadFailure {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return { failure: { name, message, stack, code } };
}
