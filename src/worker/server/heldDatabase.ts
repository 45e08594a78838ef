import { setTimeout as sleep } from 'node:timers/promises';
import { ServerUnavailable } from './error.js';

/** How long another program may hold the database: a backup, or a killed server whose last write waits for the disk. */
const LIMIT_MS = 20_000;
const PAUSE_MS = 250;

/** Starts of a server that finds its database held: it ends at once, without waiting for it (a lock that a reader wants to write with is refused). */
export class HeldDatabase {
  #since: number | null = null;
  #announced = false;

  constructor(
    readonly database: string,
    readonly onMessage: (message: string) => void,
  ) {}

  /** Pauses before the next start. @throws ServerUnavailable after a while */
  async again(): Promise<void> {
    this.#since ??= performance.now();
    const waited = performance.now() - this.#since;
    if (waited > LIMIT_MS) {
      throw new ServerUnavailable(
        `another program holds ${this.database} (a backup, an sqlite3 shell), and has not let go of it for ${LIMIT_MS / 1000} s. ` +
          'Close it, then type the same command again; nothing is lost.',
      );
    }
    if (waited > 2000 && !this.#announced) {
      this.#announced = true;
      this.onMessage(`another program holds ${this.database}; waiting until it lets go`);
    }
    await sleep(PAUSE_MS);
  }
}
