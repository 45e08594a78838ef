import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isAlive, partsOf } from '../../bin/processLock.mjs';
import { readRecord, type ServerRecord } from '../../src/worker/server/record.js';

const script = fileURLToPath(new URL('./command.mjs', import.meta.url));

/** What a command prints: see command.mjs. */
export interface Line {
  readonly message?: string;
  readonly address?: string;
  readonly uiUrl?: string;
  readonly adopted?: boolean;
  readonly released?: boolean;
  readonly unavailable?: string;
}

const running = new Set<Command>();

/** Ends what a failed test may have left. */
export async function endCommands(): Promise<void> {
  await Promise.all([...running].map((command) => command.kill('SIGKILL')));
}

/** A process that uses the embedded server until it is told to end. */
export class Command {
  readonly lines: Line[] = [];
  readonly child: ChildProcess;
  private readonly exited: Promise<void>;

  constructor(
    home: string,
    patienceMs?: number,
    options: { readonly detached?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
  ) {
    const parameters = [script, home, ...(patienceMs === undefined ? [] : [`${patienceMs}`])];
    this.child = spawn(process.execPath, parameters, { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.child.stdout! }).on('line', (line) =>
      this.lines.push(JSON.parse(line) as Line),
    );
    running.add(this);
    this.exited = new Promise((resolve) => this.child.once('close', () => resolve()));
    void this.exited.then(() => running.delete(this));
  }

  /** The first line that has a key. */
  async line(key: keyof Line): Promise<Line> {
    for (;;) {
      const found = this.lines.find((line) => line[key] !== undefined);
      if (found) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`the command ended without "${key}": ${JSON.stringify(this.lines)}`);
      }
      await pause(10);
    }
  }

  /** Waits until it has ended by itself. */
  async hasEnded(): Promise<void> {
    await this.exited;
  }

  /** Ends its input, so that it releases the server, and waits for its end. */
  async finish(): Promise<void> {
    this.child.stdin!.end();
    await this.exited;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exited;
  }
}

/** The server that the home folder's record names. */
export function recordOf(home: string): ServerRecord {
  const record = readRecord(path.join(home, 'server.json'));
  if (record === null) throw new Error(`${home} has no record of a server`);
  return record;
}

/** Sends a signal to the server. */
export function signalServer(home: string, signal: NodeJS.Signals): void {
  process.kill(partsOf(recordOf(home).identity).pid, signal);
}

/** All living servers on the database of a home folder, found among all processes of the machine (Linux). */
export function serversOn(home: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const words = commandLineOf(pid);
      return words.includes('start-dev') && words.includes(path.join(home, 'temporal.db'));
    });
}

/** The words of a process' command line; none if it has ended. */
function commandLineOf(pid: number | string): string[] {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Ends what a failed test may have left. */
export function endServers(home: string): void {
  for (const pid of serversOn(home)) process.kill(pid, 'SIGKILL');
}

/** Waits until a server has died. */
export async function untilDead({ identity }: ServerRecord): Promise<void> {
  while (isAlive(identity) === true) await pause(10);
}

/** Waits, without giving way to anything else, until a process has a child that begins to be a server (Linux). */
export function untilServerBegins(pid: number): void {
  const limit = performance.now() + 20_000;
  while (performance.now() < limit) {
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    if (children.some((child) => child !== '' && commandLineOf(child).includes('start-dev'))) return;
  }
  throw new Error(`process ${pid} starts no server within 20 s`);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
