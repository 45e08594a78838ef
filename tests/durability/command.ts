/** Runs the real command line as a child process against a real server, with or without a planned kill. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = path.join(root, 'tests/durability/killable.mjs');

export interface Kill {
  readonly at: string;
  readonly what: 'node' | 'server' | 'all' | 'hold' | 'stop' | 'process';
  /** For `process`: a file with its pid or identity. */
  readonly process?: string;
  readonly count?: number;
  readonly segment?: number;
  readonly step?: number;
}

/** Thresholds of the workflow, lowered so that a short run crosses them. */
export interface Policy {
  readonly manifestEverySegments?: number;
  readonly continueAsNewAfterSegments?: number;
  /** s */
  readonly heartbeatTimeout?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Conditions {
  readonly kill?: Kill | readonly Kill[] | null;
  readonly policy?: Policy;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told every line of stderr as it comes, and with MARSDISK_TEST_TRACE every event of the worker. */
  readonly onLine?: (line: string) => void;
}

/** A command on its way, for tests that act while it runs. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
  /** Resolves when the command has said something that matches on stderr; rejects when it ends before. */
  said(pattern: RegExp): Promise<void>;
  /** Resolves when the process stands still at the place of its kill `stop`. */
  stopped(): Promise<void>;
  /** Wakes a process that stands still. */
  wake(): void;
}

/** @param home folder of the embedded server: its own for each test, so that no test sees another's server. */
export function start(
  home: string,
  args: readonly string[],
  { kill = null, policy = {}, environment = {}, onLine = () => {} }: Conditions = {},
): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      MARSDISK_HOME: home,
      MARSDISK_TEST_KILL: JSON.stringify(kill),
      MARSDISK_TEST_POLICY: JSON.stringify(policy),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  let line = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    const lines = (line + text).split('\n');
    line = lines.pop()!;
    for (const whole of lines) onLine(whole);
    for (const listener of listeners) listener();
  });
  let end = 'has not ended';
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      end = `ended with ${code ?? signal}`;
      resolve({ code, signal, stdout, stderr });
    });
  });
  sayIfItFails(() => `marsdisk ${args.join(' ')}\n${lastLines(stderr)}\n(${end})`);
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!pattern.test(stderr)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${pattern}:\n${stderr}`)));
    });
  const pid = child.pid!;
  const stopped = async () => {
    await said(/^stopped at /m);
    while (!standsStill(pid)) await tick(); // it says so a moment before
  };
  return { pid, ended, said, stopped, wake: () => void process.kill(pid, 'SIGCONT') };
}

/** Of every command that a test has begun: the environment (bootstrap/environment.mjs) adds it to the error of a test that fails. */
function sayIfItFails(text: () => string): void {
  const realm = globalThis as { said?: (() => string)[] };
  realm.said ??= [];
  realm.said.push(text);
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-40).join('\n');
}

function standsStill(pid: number): boolean {
  return /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Runs a command to its end. */
export function marsdisk(
  home: string,
  args: readonly string[],
  conditions: Conditions = {},
): Promise<Outcome> {
  return start(home, args, conditions).ended;
}

/** The files that no cut and no kill may change, by name. */
export function comparedFiles(outdir: string): Record<string, string> {
  const names = [
    'series/run.parquet',
    'series/psd_hist.parquet',
    'series/psd_bins.parquet',
    'checks/mass_budget.csv',
  ];
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(path.join(outdir, name)).toString('base64')]),
  );
}
