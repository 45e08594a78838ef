/** A user's command in a process group of its own, which never outlives the worker that has started it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** Between asking a group to end and killing it, ms. */
export const grace = 5000;

/** For the last words of a group that has been killed, ms: a process that has left it may hold the pipes for ever. */
const lastWords = 1000;

/**
 * A keeper stays in the group and waits for the end of a pipe that only the worker holds: when the worker is killed, it kills the group.
 * Then the shell becomes that of the command ($1).
 */
const kept = `
(trap '' HUP INT TERM; exec >/dev/null 2>&1; read -r _ <&3; kill -KILL 0) &
exec /bin/sh -c "$1" 3<&-
`;

export interface Command {
  readonly text: string;
  /** Working folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** s */
  readonly timeout: number;
  readonly onOutput: (bytes: Uint8Array, stream: 'stdout' | 'stderr') => void;
}

export interface CommandEnd {
  /** Null: ended by a signal. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** It was ended because its time was over. */
  readonly timedOut: boolean;
}

/**
 * Runs the command. When it ends, or its time is over, or `stop` says so, nothing of its group is left.
 * @throws when the shell cannot be started
 */
export async function runCommand(command: Command, stop: AbortSignal): Promise<CommandEnd> {
  const child = spawn('/bin/sh', ['-c', kept, 'sh', command.text], {
    cwd: command.folder,
    env: { ...process.env, ...command.environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (bytes: Uint8Array) => command.onOutput(bytes, 'stdout'));
  child.stderr?.on('data', (bytes: Uint8Array) => command.onOutput(bytes, 'stderr'));
  child.stdio[3]?.on('error', () => {}); // the keeper is gone: so is the group
  const drained = Promise.all([child.stdout, child.stderr].map((stream) => once(stream!, 'close')));
  drained.catch(() => {});
  const ending = new Ending(child, command.timeout, stop);
  try {
    const [exitCode, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return { exitCode, signal, timedOut: ending.timedOut };
  } finally {
    ending.over();
    await Promise.race([drained, pause(lastWords, null, { ref: false })]);
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** Ends the group: first with a word, then without. */
class Ending {
  timedOut = false;
  readonly #limit: NodeJS.Timeout;
  #kill: NodeJS.Timeout | null = null;
  readonly #onStop = () => this.#begin();

  constructor(
    readonly child: ChildProcess,
    timeout: number,
    readonly stop: AbortSignal,
  ) {
    this.#limit = setTimeout(() => {
      this.timedOut = true;
      this.#begin();
    }, timeout * 1000);
    if (stop.aborted) this.#begin();
    else stop.addEventListener('abort', this.#onStop, { once: true });
  }

  #begin(): void {
    this.#send('SIGTERM');
    this.#kill ??= setTimeout(() => this.#send('SIGKILL'), grace);
  }

  /** The command has ended; whatever it has left behind ends, too. */
  over(): void {
    clearTimeout(this.#limit);
    if (this.#kill !== null) clearTimeout(this.#kill);
    this.stop.removeEventListener('abort', this.#onStop);
    this.#send('SIGKILL');
  }

  /** The keeper holds the number of the group until it is killed itself: it cannot mean anybody else. */
  #send(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // Nobody is left.
    }
  }
}
