import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { DamagedData, hasCode } from './error.js';

const BLOCK = 1 << 20;

/**
 * Compares a file's size and hash with its record.
 * @throws DamagedData
 */
export function verifyFile(file: string, record: { bytes: number; sha256: string }, cure: string): void {
  const size = sizeOf(file);
  if (size === null) throw new DamagedData(file, 'is missing', cure);
  if (size !== record.bytes) {
    throw new DamagedData(file, `has ${size} bytes, recorded were ${record.bytes}`, cure);
  }
  const found = fileHash(file);
  if (found !== record.sha256) {
    throw new DamagedData(file, `has changed: its SHA-256 is ${found}, recorded was ${record.sha256}`, cure);
  }
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
  const hash = createHash('sha256');
  const block = new Uint8Array(BLOCK);
  const fd = fs.openSync(file, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const count = fs.readSync(fd, block, 0, BLOCK, bytes);
      if (count === 0) return hash.digest('hex');
      hash.update(block.subarray(0, count));
      bytes += count;
    }
  } finally {
    fs.closeSync(fd);
  }
}
