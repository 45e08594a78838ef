import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { OutputFile } from './outputFile.js';

export { makeFolder } from './folders.js';

const BLOCK = 1 << 20;

/** SHA-256 as 64 hex digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Size and SHA-256 of a file, read block by block. */
export function hashFile(file: string): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  const block = new Uint8Array(BLOCK);
  const fd = fs.openSync(file, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const count = fs.readSync(fd, block, 0, BLOCK, bytes);
      if (count === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(block.subarray(0, count));
      bytes += count;
    }
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Writes a whole file so that a reader, also after a crash at any point, sees the old content or the new one and nothing between.
 * @param options.createOnly fail with code EEXIST instead of replacing a file
 */
export function writeDurably(
  file: string,
  data: Uint8Array | string,
  options: { createOnly?: boolean } = {},
): void {
  const output = OutputFile.create(path.dirname(file));
  try {
    output.write(typeof data === 'string' ? Buffer.from(data) : data);
    output.seal();
    if (options.createOnly) output.publishNew(path.basename(file));
    else output.publish(path.basename(file));
  } finally {
    output.discard();
  }
}
