/** Telling that the server is away, once, and that it is back. */

/** gRPC UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED by a closing connection */
const outageCodes = new Set([14, 4, 1]);

/** Whether a call failed because nobody answered, not because of what the server said. */
export function isOutage(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && outageCodes.has(at.code as number)) return true;
  }
  return false;
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
