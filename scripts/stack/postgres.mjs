// PostgreSQL of the native stack: its own data folder, its own port on the loopback address, its own password.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './failure.mjs';
import { requireFree } from './layout.mjs';
import { attempt, run } from './programs.mjs';

/** @typedef {import('./layout.mjs').Stack} Stack */

const DEBIAN = '/usr/lib/postgresql';
const START_LIMIT_MS = 60_000;

/** @returns {string} folder with initdb and pg_ctl, of the newest version @throws {StackError} when there is none */
export function postgresPrograms(environment = process.env) {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(environment.PATH ?? '').split(delimiter),
  ];
  const found = folders.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  );
  if (found) return found;
  throw new StackError(
    'there is no PostgreSQL server on this machine. Install one (Debian, Ubuntu: apt-get install postgresql; 12 or newer); ' +
      'a database of its own is made here, the one that the package may start is not used.',
  );
}

/** PostgreSQL refuses to run as root; Debian's package makes an account for it. */
function account() {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((what) =>
    Number(spawnSync('id', [what, 'postgres'], { encoding: 'utf8' }).stdout || Number.NaN),
  );
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new StackError(
      'PostgreSQL does not run as root and there is no account "postgres": make one (useradd --system postgres), or start this as another user.',
    );
  }
  return { uid, gid };
}

/** @param {Stack} stack @returns {string} the password of the database's user, made at the first use */
export function passwordOf({ password }) {
  if (!existsSync(password)) writeFileSync(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(password, 'utf8');
}

/**
 * Starts the database, and makes it first if there is none.
 *
 * @param {Stack} stack
 * @param {(message: string) => void} say
 * @throws {StackError}
 */
export async function startPostgres(stack, say) {
  if (await databaseAnswers(stack)) return;
  await requireFree(stack, ['databasePort']);
  if (!existsSync(stack.database)) await makeDatabase(stack, say);
  const options = `-p ${stack.ports.databasePort} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  const parameters = ['start', '-w', '-D', stack.database, '-l', databaseLog(stack), '-o', options];
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const { code, output } = await control(parameters);
    if (code === 0) return;
    // The processes of a killed database take a moment to notice; until then they own its memory.
    const log = readFileSync(databaseLog(stack), 'utf8');
    const lingering = /shared memory block .* is still in use|lock file "postmaster.pid" already exists/.test(
      log.slice(-1000),
    );
    if (!lingering || performance.now() > deadline) {
      throw new StackError(
        `PostgreSQL does not start (${output.trim()}). The end of ${databaseLog(stack)}:\n${log.slice(-1500)}`,
      );
    }
    await sleep(200);
  }
}

/** @param {Stack} stack @param {(message: string) => void} say */
async function makeDatabase(stack, say) {
  const programs = postgresPrograms();
  const owner = account();
  const fresh = `${stack.database}.new`; // what a killed initdb left there is useless
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  say(`making a database in ${stack.database}`);
  const passwordFile = `${fresh}.password`;
  writeFileSync(passwordFile, passwordOf(stack), { mode: 0o600 });
  if (owner) for (const file of [fresh, passwordFile]) chownSync(file, owner.uid, owner.gid);
  try {
    if (owner && spawnSync('ls', [fresh], { uid: owner.uid, gid: owner.gid, cwd: '/' }).status !== 0) {
      throw new StackError(
        `the account "postgres" may not enter ${stack.home}: one of the folders above it is closed to others. ` +
          'Give a --home that is open, for instance below /var/tmp.',
      );
    }
    const parameters = [
      '-D',
      fresh,
      '-U',
      'temporal',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--no-locale',
      '--data-checksums',
    ];
    await run(join(programs, 'initdb'), parameters, owner ? { account: owner } : {});
  } finally {
    rmSync(passwordFile);
  }
  chmodSync(fresh, 0o700);
  renameSync(fresh, stack.database);
}

/** @param {string[]} parameters for pg_ctl */
function control(parameters) {
  const owner = account();
  return attempt(join(postgresPrograms(), 'pg_ctl'), parameters, {
    limitMs: START_LIMIT_MS + 10_000,
    ...(owner ? { account: owner } : {}),
  });
}

/** In the data folder: whoever runs PostgreSQL may write there. @param {Stack} stack */
function databaseLog({ database }) {
  return join(database, 'server.log');
}

/** @param {Stack} stack @returns {Promise<boolean>} whether it accepts connections */
export async function databaseAnswers(stack) {
  if (postgresPid(stack) === null) return false;
  const parameters = ['-h', '127.0.0.1', '-p', `${stack.ports.databasePort}`, '-U', 'temporal'];
  return (await attempt(join(postgresPrograms(), 'pg_isready'), parameters)).code === 0;
}

/** @param {Stack} stack @returns {number | null} its main process; null when it does not run */
export function postgresPid({ database }) {
  const file = join(database, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  try {
    process.kill(pid, 0);
    return pid;
  } catch {
    return null; // it was killed, and its file stayed
  }
}

/** @param {Stack} stack */
export async function stopPostgres(stack) {
  if (postgresPid(stack) === null) return;
  const { code, output } = await control(['stop', '-w', '-m', 'fast', '-D', stack.database]);
  if (code !== 0) throw new StackError(`PostgreSQL does not stop: ${output.trim()}`);
}
