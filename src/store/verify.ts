import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { DamagedData, hasCode } from './error.js';

const BLOCK = 1 << 20;

interface FileRecord {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Compares a file's size and hash with its record. Takes as long as reading it does, so a thread that must answer meanwhile uses
 * `verifyInTurns`.
 * @throws DamagedData
 */
export function verifyFile(file: string, record: FileRecord, cure: string): void {
  requireSize(file, record, cure);
  requireHash(file, fileHash(file), record, cure);
}

/** Whether `verifyFile` would let it pass. */
export function isIntact(file: string, record: FileRecord): boolean {
  try {
    verifyFile(file, record, '');
    return true;
  } catch (error) {
    if (error instanceof DamagedData) return false;
    throw error;
  }
}

/**
 * The bytes of a file that fits into memory, compared with its record on the way.
 * @throws DamagedData
 */
export function readVerified(file: string, record: FileRecord, cure: string): Uint8Array {
  requireSize(file, record, cure);
  const bytes = fs.readFileSync(file);
  requireHash(file, createHash('sha256').update(bytes).digest('hex'), record, cure);
  return bytes;
}

/**
 * As `verifyFile`, letting the event loop turn after every block.
 * @param known files of which this process knows that they are as recorded
 * @throws DamagedData
 */
export async function verifyInTurns(
  file: string,
  record: FileRecord,
  cure: string,
  known?: VerifiedFiles,
): Promise<void> {
  requireSize(file, record, cure);
  if (known?.holds(file, record)) return;
  const stamp = stampOf(file);
  requireHash(file, await hashInTurns(file), record, cure);
  known?.add(file, record, stamp);
}

/** What a smaller file is worth remembering for is less than what it costs to read. */
const LARGE = 32 * BLOCK;

/** More files than the runs have that a worker finishes at a time. */
const MOST = 256;

/**
 * Large files that a process has read and found as recorded. One that nobody has touched since is not read again: the clock of a file
 * system may stand still for some milliseconds, but not for as long as it takes to read a large file.
 */
export class VerifiedFiles {
  private readonly stamps = new Map<string, string>();

  holds(file: string, { sha256 }: FileRecord): boolean {
    const stamp = this.stamps.get(file);
    return stamp !== undefined && stamp === `${stampOf(file)} ${sha256}`;
  }

  /** @param stamp of before the file was read */
  add(file: string, { bytes, sha256 }: FileRecord, stamp: string): void {
    if (bytes < LARGE || stamp !== stampOf(file)) return;
    this.stamps.delete(file);
    this.stamps.set(file, `${stamp} ${sha256}`);
    for (const oldest of this.stamps.keys()) {
      if (this.stamps.size <= MOST) return;
      this.stamps.delete(oldest);
    }
  }
}

/** Changes with every write to the file and with every file that takes its place. */
function stampOf(file: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = fs.statSync(file, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

function requireSize(file: string, { bytes }: FileRecord, cure: string): void {
  const size = sizeOf(file);
  if (size === null) throw new DamagedData(file, 'is missing', cure);
  if (size !== bytes) throw new DamagedData(file, `has ${size} bytes, recorded were ${bytes}`, cure);
}

function requireHash(file: string, found: string, { sha256 }: FileRecord, cure: string): void {
  if (found === sha256) return;
  throw new DamagedData(file, `has changed: its SHA-256 is ${found}, recorded was ${sha256}`, cure);
}

function sizeOf(file: string): number | null {
  try {
    return fs.statSync(file).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** SHA-256 of a file as 64 hex digits, read block by block. */
export function fileHash(file: string): string {
  const hashing = hashBlocks(file);
  for (;;) {
    const { done, value } = hashing.next();
    if (done) return value;
  }
}

/** SHA-256 of a file, letting the event loop turn after every block. */
export async function hashInTurns(file: string): Promise<string> {
  const hashing = hashBlocks(file);
  for (;;) {
    const { done, value } = hashing.next();
    if (done) return value;
    await setImmediate();
  }
}

/** Yields behind every block. */
function* hashBlocks(file: string): Generator<undefined, string> {
  const hash = createHash('sha256');
  const fd = fs.openSync(file, 'r');
  try {
    // Most files of a sweep are small: a whole block for each would be cleared and collected for nothing.
    const block = new Uint8Array(Math.min(Math.max(fs.fstatSync(fd).size, 1), BLOCK));
    let bytes = 0;
    for (;;) {
      const count = fs.readSync(fd, block, 0, block.length, bytes);
      if (count === 0) return hash.digest('hex');
      hash.update(block.subarray(0, count));
      bytes += count;
      yield;
    }
  } finally {
    fs.closeSync(fd);
  }
}
