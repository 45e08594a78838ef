/** Telling that the server is away, once, and that it is back. */

/** gRPC UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED by a closing connection */
const outageCodes = new Set([14, 4, 1]);

/** Whether a call failed because nobody answered, not because of what the server said. */
export function isOutage(error: unknown): boolean {
  const status = statusOf(error);
  return status !== null && outageCodes.has(status);
}

/** The status of gRPC in an error of the SDK or its causes. `details` tells it from other codes, like those that commands end with. */
export function statusOf(error: unknown): number | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('details' in at && 'code' in at && typeof at.code === 'number') return at.code;
  }
  return null;
}

/** Questions in a row without an answer: one may be lost on a busy machine. */
const unanswered = 2;

export class Outage {
  private count = 0;

  constructor(private readonly say: (message: string) => void) {}

  /** A question was not answered. */
  noticed(): void {
    this.count += 1;
    if (this.count === unanswered) {
      this.say(
        'the Temporal server does not answer; waiting for it, however long it takes (nothing is lost)',
      );
    }
  }

  /** A question was answered. */
  over(): void {
    if (this.count >= unanswered) this.say('the Temporal server answers again; the run goes on');
    this.count = 0;
  }
}
