/**
 * An exclusive lock between processes of one machine that a killed holder never blocks.
 *
 * The lock `NAME` is a row of files `NAME.lock.1`, `NAME.lock.2`, … The highest number is the owner. Each file names the
 * process that holds it; when that process is dead, or has marked the file as released, a contender creates the next
 * number. A file appears complete or not at all (link(2) of a written file), and link fails if the number exists, so of
 * many contenders exactly one gets it. The highest file is never deleted: numbers only grow, and no one can take over twice
 * on the strength of one dead holder.
 */

import { execFileSync } from 'node:child_process';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{ path: string, generation: number, file: string }} HeldLock
 * @typedef {{ holder: string, file: string, waitedMs: number }} Waiting who holds the lock (`host:pid:starttime`), and since when we wait
 */

let temporaryFiles = 0;

/**
 * When a process started, in the units of the platform. With the pid it names a process even after the pid is reused.
 *
 * @param {number} pid
 * @returns {string | null} null if there is no such process (a zombie has ended, and counts as none, unless threads of it have not:
 *   a killed one may wait for a disk for seconds, and holds its files and ports until then); '' if it exists but the platform
 *   does not tell its time (no /proc, or another user's process hidden in it)
 */
export function startTimeOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return null;
  }
  try {
    if (process.platform === 'linux') {
      // The name of the program stands in brackets and may itself hold blanks and brackets.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'X') return null;
      if (fields[0] === 'Z' && readdirSync(`/proc/${pid}/task`).length < 2) return null;
      return fields[19];
    }
    if (process.platform === 'darwin') {
      const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
      const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env, encoding: 'utf8' });
      const [, state, time] = /^\s*(\S+)\s+(.*)$/.exec(text.trim()) ?? [];
      if (state?.startsWith('Z')) return null;
      if (time) return time.replace(/[^0-9A-Za-z]+/g, '-');
    }
  } catch {
    // It has ended just now, or it is hidden from us: the next look tells which.
  }
  return '';
}

/**
 * Names a process so that nobody confuses it with a later one of the same pid.
 *
 * @param {number} [pid] this process by default
 * @returns {string} `host:pid:starttime`
 */
export function processIdentity(pid = process.pid) {
  return `${hostname()}:${pid}:${startTimeOf(pid) ?? ''}`;
}

/**
 * @param {string} identity from `processIdentity`
 * @returns {boolean | 'unknown'} unknown: it runs, or ran, on another host
 */
export function isAlive(identity) {
  const { host, pid, startTime } = partsOf(identity);
  if (Number.isNaN(pid)) return false; // a file torn by a power cut names nobody
  if (host !== hostname()) return 'unknown';
  const found = startTimeOf(pid);
  return found !== null && (found === startTime || found === '' || startTime === '');
}

/**
 * @param {string} identity from `processIdentity`
 * @returns {{ host: string, pid: number, startTime: string }} pid NaN and empty strings for a text that is no identity
 */
export function partsOf(identity) {
  const [, host = '', pid = 'NaN', startTime = ''] = /^(.*):(\d+):([^:]*)$/.exec(identity) ?? [];
  return { host, pid: Number(pid), startTime };
}

/**
 * Takes the lock, waiting for a living holder as long as it takes.
 *
 * @param {string} path the folder must exist; the lock's files are `path.lock.N`
 * @param {{ onWait?: (waiting: Waiting) => void }} [options] onWait is called before each pause (it may throw to give up)
 * @returns {Promise<HeldLock>}
 * @throws if the folder cannot be read or written
 */
export async function acquire(path, options = {}) {
  const began = performance.now();
  for (let pause = 5; ; pause = Math.min(100, pause * 1.5)) {
    const newest = newestGeneration(path);
    const holder = newest === 0 ? null : holderOf(lockFile(path, newest));
    if (holder === null || isAlive(holder) === false) {
      const held = takeOver(path, newest + 1);
      if (held) return held;
      continue;
    }
    options.onWait?.({ holder, file: lockFile(path, newest), waitedMs: performance.now() - began });
    await sleep(pause);
  }
}

/**
 * Gives the lock back. A holder that ends without this is found dead by the next contender.
 *
 * @param {HeldLock} held
 */
export function release(held) {
  writeWhole(held.file, '', renameSync);
}

/**
 * Creates generation n for this process; null if another was quicker.
 *
 * @param {string} path
 * @param {number} generation
 * @returns {HeldLock | null}
 */
function takeOver(path, generation) {
  const file = lockFile(path, generation);
  try {
    writeWhole(file, processIdentity(), linkSync);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return null;
    throw error;
  }
  // Our look may have been old: if others have come and gone since and one of them removed this number, a higher one exists.
  if (newestGeneration(path) !== generation) {
    rmSync(file, { force: true });
    return null;
  }
  for (const older of generations(path)) {
    if (older < generation) rmSync(lockFile(path, older), { force: true });
  }
  return { path, generation, file };
}

/**
 * @param {string} file
 * @returns {string | null} the identity in a lock file; null if it was released, or is gone because a newer one exists
 */
function holderOf(file) {
  try {
    return readFileSync(file, 'utf8') || null;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {string} text
 * @param {(from: string, to: string) => void} publish linkSync (fails if the file exists) or renameSync
 */
function writeWhole(file, text, publish) {
  const temporary = `${file}.${process.pid}.${temporaryFiles++}.tmp`;
  try {
    writeFileSync(temporary, text);
    publish(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param {string} path @param {number} generation */
function lockFile(path, generation) {
  return `${path}.lock.${generation}`;
}

/** @param {string} path @returns {number} 0 if there is none */
function newestGeneration(path) {
  return Math.max(0, ...generations(path));
}

/** @param {string} path @returns {number[]} */
function generations(path) {
  const prefix = `${basename(path)}.lock.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((rest) => /^\d+$/.test(rest))
    .map(Number);
}
