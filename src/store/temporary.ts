import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hasCode } from './error.js';
import { namesIn } from './folders.js';

const PATTERN = /^\.tmp-(\d+)-([0-9a-f]{8})[0-9a-f]{12}$/;
const FOREIGN_GRACE_MS = 24 * 3600 * 1000;
/** A file server's clock may be behind ours. */
const CLOCK_SKEW_MS = 60_000;

/** Marks the machine in a temporary name: a folder may be shared, and a pid says nothing on another machine. */
const machine = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);

/** A fresh name `.tmp-<pid>-<random>`; the random part starts with a mark of the machine. */
export function temporaryName(): string {
  return `.tmp-${process.pid}-${machine}${randomBytes(6).toString('hex')}`;
}

/**
 * Removes temporary files and folders that no living process can still be writing. A missing folder has none.
 *
 * Those of another machine go only after a day without change, since its processes cannot be asked.
 * @param kept names that stay, whoever has left them
 * @returns the names removed
 */
export function sweepTemporary(folder: string, kept: ReadonlySet<string> = new Set()): string[] {
  const removed: string[] = [];
  for (const name of namesIn(folder)) {
    const match = PATTERN.exec(name);
    const file = path.join(folder, name);
    if (match && !kept.has(name) && isAbandoned(file, Number(match[1]), match[2]!)) {
      fs.rmSync(file, { force: true, recursive: true });
      removed.push(name);
    }
  }
  return removed;
}

function isAbandoned(file: string, pid: number, owner: string): boolean {
  const changed = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return false;
  if (owner !== machine) return Date.now() - changed > FOREIGN_GRACE_MS;
  // A container often gives the next process the same pid: older than this process means left by its predecessor.
  if (pid === process.pid) return changed < Date.now() - process.uptime() * 1000 - CLOCK_SKEW_MS;
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
