/** `marsdisk up` and `marsdisk down`: the embedded server and a worker in the background of the current folder. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { acquire, isAlive, partsOf, release } from '../../bin/processLock.mjs';
import { backgroundFiles, liveBackground } from '../worker/server/background.js';
import { serverHome } from '../worker/server/embedded.js';
import { openHome } from '../worker/server/home.js';
import type { FirstWord } from './background.js';
import { configuredServer } from './configuredServer.js';
import { CommandError, exitCode } from './exit.js';
import { unfinished } from './runs.js';
import { withSession } from './whichRun.js';

/** Segments hand over at their next step, then the server stops. ms */
const stopLimit = 120_000;

export async function up(): Promise<void> {
  const home = await homeHere();
  const started = await ensureUp(home);
  const { pid } = partsOf(liveBackground(home)?.identity ?? '');
  print(`${started ? 'started' : 'already up'}: process ${pid} works for ${home}`);
  await withSession({ home }, async (session) => {
    for (const { workflowId } of await unfinished(session.client)) print(`${workflowId}: going on`);
  });
  print('marsdisk status lists the runs; marsdisk down stops server and worker');
}

/**
 * Starts the background worker of a home unless one lives.
 * @returns whether it was started
 * @throws CommandError when it does not come up
 */
export async function ensureUp(home: string): Promise<boolean> {
  openHome(home);
  const held = await acquire(backgroundFiles(home).starting);
  try {
    if (liveBackground(home) !== null) return false;
    await startBackground(home);
    return true;
  } finally {
    release(held);
  }
}

/** In a session of its own, so that neither Ctrl-C nor the end of the terminal reaches it. */
async function startBackground(home: string): Promise<void> {
  const { log } = backgroundFiles(home);
  const output = fs.openSync(log, 'a');
  const child = spawn(process.execPath, [process.argv[1]!, 'background', home], {
    cwd: home,
    // glibc gives every busy thread an arena of its own, which only grow; here they would take 100 MB in a sweep of thousands of cases.
    env: { MALLOC_ARENA_MAX: '2', ...process.env },
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
  fs.closeSync(output);
  const word = await new Promise<FirstWord>((resolve, reject) => {
    child.once('message', resolve as (message: unknown) => void);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve({ failed: `it ended at once (${signal ?? `exit ${code}`})` }),
    );
  });
  child.removeAllListeners();
  if (child.connected) child.disconnect();
  child.unref();
  if ('failed' in word) {
    throw new CommandError(
      `the background worker did not start: ${word.failed}\nLog: ${log}`,
      exitCode.unreachable,
    );
  }
}

export async function down(): Promise<void> {
  const home = await homeHere();
  const record = liveBackground(home);
  if (record === null) {
    print(`nothing works in the background of ${home}`);
    return;
  }
  const { pid } = partsOf(record.identity);
  // The server is used here, too, so that it is still there to say what is left.
  await withSession({ home }, async (session) => {
    process.kill(pid, 'SIGTERM');
    await hasEnded(record.identity);
    print(`stopped: process ${pid} of ${home}`);
    for (const { workflowId } of await unfinished(session.client)) {
      print(`${workflowId}: not finished; goes on with marsdisk up, or when its command is typed again`);
    }
  });
}

async function hasEnded(identity: string): Promise<void> {
  const deadline = performance.now() + stopLimit;
  while (isAlive(identity) === true) {
    if (performance.now() > deadline) {
      const { pid } = partsOf(identity);
      throw new CommandError(
        `process ${pid} is still handing over after ${stopLimit / 1000} s; wait, or end it with "kill -9 ${pid}" (its segments are computed again)`,
        exitCode.failed,
      );
    }
    await pause(50);
  }
}

async function homeHere(): Promise<string> {
  const configured = await configuredServer();
  if (configured === null) return serverHome('any');
  throw new CommandError(
    `a server is configured (${configured.connection.address}): its runs are computed by marsdisk worker, there is nothing to start here`,
    exitCode.usage,
  );
}

function print(message: string): void {
  process.stdout.write(`${message}\n`);
}
