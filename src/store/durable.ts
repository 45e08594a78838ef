import { createHash } from 'node:crypto';
import path from 'node:path';
import { OutputFile } from './outputFile.js';

export { makeFolder } from './folders.js';

/** SHA-256 as 64 hex digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
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
