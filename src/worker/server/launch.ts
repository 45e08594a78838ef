import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../../../bin/processLock.mjs';
import { reasonOf, ServerUnavailable } from './error.js';
import { checkHealth, keepHistories, requireVersion } from './health.js';
import { HeldDatabase } from './heldDatabase.js';
import type { HomeFiles } from './home.js';
import { afterStart, beforeStart } from './newDatabase.js';
import { isFree, twoFreePorts } from './ports.js';
import { removeRecord, type ServerRecord, writeRecord } from './record.js';

/** Search attributes of the workflows; the dev server registers them when it creates its database. */
const SEARCH_ATTRIBUTES = {
  MarsdiskPhase: 'Keyword',
  MarsdiskProgress: 'Double',
  MarsdiskModel: 'Keyword',
  MarsdiskIdentity: 'Keyword',
};

const START_LIMIT_MS = 60_000;
const PORT_ATTEMPTS = 5;
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * The child begins as a shell that waits for one line and then becomes the server. If this process is killed before it has
 * written down the child's pid, the line never comes, the pipe ends and so does the shell: no server runs without a record.
 */
const WAIT_FOR_GO = 'read -r go || exit 0; exec "$@" </dev/null';

/**
 * Starts the server and waits until it serves. Call it under the lock, with no server alive on the database.
 * @param previous the server that died here: its ports are taken again if they are free, so that its clients find it
 * @throws ServerUnavailable with the end of the server's log
 */
export async function launchServer(
  binary: string,
  files: HomeFiles,
  previous: ServerRecord | null,
  onMessage: (message: string) => void,
): Promise<ServerRecord> {
  rotateLog(files.log);
  let taken = 0;
  const held = new HeldDatabase(files.database, onMessage);
  for (;;) {
    const [port, uiPort] = await choosePorts(taken === 0 ? previous : null);
    const logFrom = fs.statSync(files.log, { throwIfNoEntry: false })?.size ?? 0;
    beforeStart(files);
    const { child, record } = await startChild(binary, files, port, uiPort);
    try {
      await untilReady(child, binary, record, files, onMessage);
      afterStart(files);
      child.unref(); // it may outlive this command
      return record;
    } catch (error) {
      await end(child);
      forget(files, previous);
      const log = fs.readFileSync(files.log, 'utf8').slice(logFrom).trim();
      if (/address already in use/.test(log)) {
        taken += 1;
        if (taken < PORT_ATTEMPTS) continue;
      }
      if (error instanceof ServerUnavailable) throw error;
      if (/database is locked/.test(log)) {
        await held.again();
        continue;
      }
      throw new ServerUnavailable(
        `the embedded server did not start: ${reasonOf(error)}\n${log.split('\n').slice(-10).join('\n')}\n` +
          `Its log is ${files.log}; the database ${files.database} is untouched.`,
      );
    }
  }
}

/** The next start shall find the ports that clients of the server which died here still ask at. */
function forget(files: HomeFiles, previous: ServerRecord | null): void {
  if (previous === null) removeRecord(files.record);
  else writeRecord(files.record, previous);
}

async function choosePorts(previous: ServerRecord | null): Promise<[number, number]> {
  if (previous && (await isFree(previous.port)) && (await isFree(previous.uiPort))) {
    return [previous.port, previous.uiPort];
  }
  return await twoFreePorts();
}

/** Spawns the child in a session of its own, writes its record, then lets it become the server. */
async function startChild(
  binary: string,
  files: HomeFiles,
  port: number,
  uiPort: number,
): Promise<{ child: ChildProcess; record: ServerRecord }> {
  const output = fs.openSync(files.banner, 'w');
  const log = fs.openSync(files.log, 'a');
  const child = spawn(
    '/bin/sh',
    ['-c', WAIT_FOR_GO, 'marsdisk', binary, ...serverArguments(files, port, uiPort)],
    {
      cwd: files.folder,
      detached: true,
      stdio: ['pipe', output, log],
    },
  );
  fs.closeSync(output);
  fs.closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const record = { identity: processIdentity(child.pid), port, uiPort, database: files.database };
  writeRecord(files.record, record);
  child.stdin?.on('error', () => {}); // the shell has died: untilReady sees that
  child.stdin?.end('go\n');
  return { child, record };
}

function serverArguments(files: HomeFiles, port: number, uiPort: number): string[] {
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`],
    ...['--db-filename', files.database],
    // A commit is on disk when the server says so, and three times as quick as with the default journal.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
    // The default limits a run to ten segments a second, whatever the disk can do.
    ...['--dynamic-config-value', 'history.transferProcessorMaxPollRPS=1000'],
    // With several partitions a task now and then waits two seconds in one that nobody polls (measured: one in 400 segments).
    ...['--dynamic-config-value', 'matching.numTaskqueueReadPartitions=1'],
    ...['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
    // The worker that decides on a segment is handed it in the same answer: one way through the queue less.
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
    ...attributes,
  ];
}

/** Waits until this child (not a stranger on the same port) serves, and is fit for use. */
async function untilReady(
  child: ChildProcess,
  binary: string,
  record: ServerRecord,
  files: HomeFiles,
  onMessage: (message: string) => void,
): Promise<void> {
  const began = performance.now();
  let announced = false;
  const address = `127.0.0.1:${record.port}`;
  let version: string | undefined;
  while (version === undefined) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended at once (${child.signalCode ?? `exit ${child.exitCode}`})`);
    }
    const waited = performance.now() - began;
    if (waited > START_LIMIT_MS) throw new Error(`it does not answer after ${START_LIMIT_MS / 1000} s`);
    if (waited > 5000 && !announced) {
      announced = true;
      onMessage(`the embedded server is still starting (log: ${files.log})`);
    }
    // It prints its addresses once it listens; until then whoever answers on the port is somebody else.
    if (fs.readFileSync(files.banner, 'utf8').includes(`:${record.port}`)) {
      version = await checkHealth(address, 5000).catch(() => undefined);
    }
    if (version === undefined) await sleep(10);
  }
  requireVersion(version, binary);
  await keepHistories(address, 5000);
}

/** Ends a child that did not become a healthy server. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}

function rotateLog(log: string): void {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) fs.renameSync(log, `${log}.1`);
}
