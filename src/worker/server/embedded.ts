import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquire, isAlive, partsOf, release as releaseLock } from '../../../bin/processLock.mjs';
import { isDiskFull, noRoomText, roomIn } from '../../store/room.js';
import { findTemporal } from './binary.js';
import { reasonOf, ServerUnavailable } from './error.js';
import { checkHealth } from './health.js';
import { type HomeFiles, openHome } from './home.js';
import { launchServer } from './launch.js';
import { afterStart } from './newDatabase.js';
import { readRecord, removeRecord, type ServerRecord } from './record.js';
import { countUsers, registerUser } from './users.js';

export { ServerUnavailable } from './error.js';
export { serverHome } from './home.js';

/** A running embedded server that this process has registered to use. */
export interface ServerInUse {
  /** `127.0.0.1:PORT` of the front end. */
  readonly address: string;
  /** `http://127.0.0.1:PORT` of the web page. */
  readonly uiUrl: string;
  readonly namespace: string;
  /** Whether the server was already running. */
  readonly adopted: boolean;
  /** Starts the server again on the same database if it has died, on the same ports unless somebody has taken them. */
  revive(): Promise<{ restarted: boolean; address: string }>;
  /** Ends the use; stops the server if nobody else uses it. A second call does nothing. */
  release(): Promise<void>;
}

/** @see useServer */
export interface ServerOptions {
  /** Folder of the database, log and lock: see `serverHome`. */
  readonly home: string;
  readonly onMessage: (message: string) => void;
  /** Path of the Temporal CLI, tried before all others. */
  readonly temporalCli?: string;
  /** How long a live server may fail to answer before that is an error. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
const STOP_LIMIT_MS = 20_000;

/**
 * Starts the embedded Temporal server of a home folder, or adopts the one that runs. Never are two servers on one database.
 * @throws ServerUnavailable if there is none to be had; the message says why and what to do
 */
export async function useServer(options: ServerOptions): Promise<ServerInUse> {
  const files = openHome(options.home);
  const found = await locked(files, options.onMessage, async () => {
    const server = await adoptOrStart(files, options);
    return { ...server, user: registerUser(files.users) };
  });
  let released = false;
  return {
    address: addressOf(found.record),
    uiUrl: `http://127.0.0.1:${found.record.uiPort}`,
    namespace: 'default',
    adopted: found.adopted,
    revive: () =>
      locked(files, options.onMessage, async () => {
        const { record, adopted } = await adoptOrStart(files, options);
        return { restarted: !adopted, address: addressOf(record) };
      }),
    async release() {
      if (released) return;
      released = true;
      await locked(files, options.onMessage, async () => {
        fs.rmSync(found.user, { force: true });
        if (countUsers(files.users) === 0) await stopServer(files, options.onMessage);
      });
    },
  };
}

function addressOf(record: ServerRecord): string {
  return `127.0.0.1:${record.port}`;
}

/** Work on the home folder that no other command does at the same time. */
async function locked<T>(
  files: HomeFiles,
  onMessage: (message: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const held = await lock(files, onMessage);
    try {
      return await work();
    } finally {
      releaseLock(held);
    }
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    throw new ServerUnavailable(
      `${noRoomText(files.folder, roomIn(files.folder))}, then type the same command again: the embedded server needs it.`,
    );
  }
}

function lock(files: HomeFiles, onMessage: (message: string) => void) {
  let announced = false;
  return acquire(files.lock, {
    onWait: ({ holder, file, waitedMs }) => {
      if (announced || waitedMs < 2000) return;
      announced = true;
      const elsewhere = isAlive(holder) === 'unknown' ? `; if nothing runs on that host, delete ${file}` : '';
      onMessage(`waiting for another command that starts or stops the server (${holder})${elsewhere}`);
    },
  });
}

async function adoptOrStart(
  files: HomeFiles,
  options: ServerOptions,
): Promise<{ record: ServerRecord; adopted: boolean }> {
  const record = readRecord(files.record);
  const alive = record === null ? false : isAlive(record.identity);
  if (record && alive === 'unknown') {
    throw new ServerUnavailable(
      `${files.record} names a server on the host ${partsOf(record.identity).host}; two servers must not share ${files.database}. ` +
        'Run the command there, or set MARSDISK_HOME to another folder; if that host does not run it any more, delete the file.',
    );
  }
  if (record && alive && (await answers(record, options))) {
    afterStart(files); // started by a command that was killed before it could say so
    return { record, adopted: true };
  }
  const { path } = await findTemporal({
    ...(options.temporalCli === undefined ? {} : { configured: options.temporalCli }),
    onMessage: options.onMessage,
  });
  return { record: await launchServer(path, files, record, options.onMessage), adopted: false };
}

/**
 * Waits until a live server answers.
 * @returns false if it has died meanwhile
 * @throws ServerUnavailable if it stays alive and silent
 */
async function answers(record: ServerRecord, options: ServerOptions): Promise<boolean> {
  const patience = options.patienceMs ?? PATIENCE_MS;
  const { pid } = partsOf(record.identity);
  const began = performance.now();
  const notice = setTimeout(
    () => options.onMessage(`the embedded server (process ${pid}) does not answer yet; waiting`),
    Math.min(2000, patience / 2),
  );
  try {
    for (;;) {
      const reason = await checkHealth(addressOf(record), Math.min(3000, patience)).then(
        () => null,
        (error: unknown) => reasonOf(error),
      );
      if (reason === null) return true;
      if (isAlive(record.identity) === false) return false;
      if (performance.now() - began > patience) throw silent(pid, record.port, reason);
      await sleep(200);
    }
  } finally {
    clearTimeout(notice);
  }
}

function silent(pid: number, port: number, reason: string): ServerUnavailable {
  return new ServerUnavailable(
    `the embedded server (process ${pid}, port ${port}) runs but does not answer: ${reason}. ` +
      `If it was stopped (Ctrl-Z, kill -STOP), "kill -CONT ${pid}" continues it; otherwise "kill -9 ${pid}" ends it without ` +
      'loss, and the same command starts it again.',
  );
}

/** Ends the server and waits until it has ended. Call it under the lock. */
async function stopServer(files: HomeFiles, onMessage: (message: string) => void): Promise<void> {
  const record = readRecord(files.record);
  if (record && isAlive(record.identity) === 'unknown') return;
  if (record) await endProcess(record, onMessage);
  removeRecord(files.record);
}

async function endProcess({ identity }: ServerRecord, onMessage: (message: string) => void): Promise<void> {
  const { pid } = partsOf(identity);
  const began = performance.now();
  let asked: NodeJS.Signals | null = null;
  while (isAlive(identity) === true) {
    const wanted = performance.now() - began < STOP_LIMIT_MS ? 'SIGTERM' : 'SIGKILL';
    if (asked !== wanted) {
      // What the server has confirmed is on disk, so this costs nothing but the time to read its journal at the next start.
      if (wanted === 'SIGKILL') onMessage(`the embedded server (process ${pid}) does not end; killing it`);
      try {
        process.kill(pid, wanted);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    asked = wanted;
    await sleep(10);
  }
}
