// The Temporal server of the native stack.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../bin/current.mjs';
import { isAlive, partsOf, processIdentity } from '../../bin/processLock.mjs';
import { StackError } from './failure.mjs';
import { isTaken, requireFree } from './layout.mjs';
import { passwordOf } from './postgres.mjs';

/** @typedef {import('./layout.mjs').Stack} Stack */

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 30_000;

/** @param {Stack} stack @returns {number | null} its process; null when it does not run */
export function serverPid({ serverRecord }) {
  if (!existsSync(serverRecord)) return null;
  const identity = readFileSync(serverRecord, 'utf8').trim();
  return isAlive(identity) === true ? partsOf(identity).pid : null;
}

/**
 * Starts the server on a database whose tables are there; returns when it listens.
 *
 * @param {Stack} stack
 * @param {string} program
 * @throws {StackError} with the end of its log
 */
export async function startServer(stack, program) {
  if (serverPid(stack) !== null) return;
  await requireFree(
    stack,
    /** @type {any} */ (Object.keys(stack.ports).filter((name) => name !== 'databasePort')),
  );
  writeConfig(stack);
  const log = openSync(stack.serverLog, 'a');
  const child = spawn(
    program,
    ['--root', stack.home, '--config', 'config', '--env', 'native', '--allow-no-auth', 'start'],
    {
      cwd: stack.home,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  writeFileSync(stack.serverRecord, `${processIdentity(child.pid)}\n`);
  child.unref();
  await untilItListens(stack, child);
}

/** @param {Stack} stack @param {import('node:child_process').ChildProcess} child */
async function untilItListens(stack, child) {
  const deadline = performance.now() + START_LIMIT_MS;
  while (!(await isTaken(stack.ports.serverPort))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() > deadline) {
      const reason = ended ? 'ended at once' : `does not listen after ${START_LIMIT_MS / 1000} s`;
      const log = readFileSync(stack.serverLog, 'utf8').slice(-2000);
      throw new StackError(`the Temporal server ${reason}. The end of ${stack.serverLog}:\n${log}`);
    }
    await sleep(50);
  }
}

/** @param {Stack} stack */
function writeConfig(stack) {
  mkdirSync(stack.config, { recursive: true });
  writeFileSync(join(stack.config, 'native.yaml'), configOf(stack, passwordOf(stack)), { mode: 0o600 });
}

/**
 * The server's configuration: deploy/native-server.yaml with the values of a stack.
 *
 * @param {Stack} stack
 * @param {string} password of the database
 */
export function configOf({ ports }, password) {
  const dynamicConfig = join(projectRoot, 'deploy/dynamicconfig.yaml');
  const values = new Map(Object.entries({ ...ports, password, dynamicConfig }));
  const template = readFileSync(join(projectRoot, 'deploy/native-server.yaml'), 'utf8');
  const withoutComments = template.replaceAll(/^ *#.*\n/gm, '');
  return withoutComments.replaceAll(/\$\{(\w+)\}/g, (_, name) => {
    if (!values.has(name)) throw new Error(`deploy/native-server.yaml names ${name}, which nobody fills in`);
    return `${values.get(name)}`;
  });
}

/** @param {Stack} stack @throws {StackError} when it does not end */
export async function stopServer(stack) {
  const pid = serverPid(stack);
  if (pid !== null) {
    process.kill(pid, 'SIGTERM');
    const deadline = performance.now() + STOP_LIMIT_MS;
    while (serverPid(stack) !== null) {
      if (performance.now() > deadline) {
        throw new StackError(
          `the Temporal server (process ${pid}) does not end; its log is ${stack.serverLog}`,
        );
      }
      await sleep(50);
    }
  }
  rmSync(stack.serverRecord, { force: true });
}
