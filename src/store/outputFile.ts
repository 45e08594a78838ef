import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { syncFolder } from './folders.js';
import { temporaryName } from './temporary.js';

const BUFFER_BYTES = 1 << 16;

/**
 * A file under construction: a temporary file in the target's folder, hashed while it is written.
 *
 * `write`s, then `seal` (bytes are on disk), then `publish` or `publishNew` (the name is on disk); `discard` in a `finally`, which does
 * nothing after success. Memory: one buffer of 64 KiB.
 */
export class OutputFile {
  readonly #hash = createHash('sha256');
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #filled = 0;
  #bytes = 0;
  #fd: number | null;
  #temporary: string | null;

  private constructor(readonly folder: string) {
    this.#temporary = path.join(folder, temporaryName());
    this.#fd = fs.openSync(this.#temporary, 'wx');
  }

  /** @param folder folder of the later target; must exist */
  static create(folder: string): OutputFile {
    return new OutputFile(folder);
  }

  /** Takes a copy of the bytes; the caller may reuse them at once. */
  write(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (bytes.length > BUFFER_BYTES - this.#filled) this.#flush();
    if (bytes.length > BUFFER_BYTES) {
      this.#put(bytes);
    } else {
      this.#buffer.set(bytes, this.#filled);
      this.#filled += bytes.length;
    }
  }

  /** Brings every byte to the disk and closes the file. */
  seal(): { bytes: number; sha256: string } {
    this.#flush();
    fs.fsyncSync(this.#open());
    this.#close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Gives the sealed file its name, replacing what has it. */
  publish(name: string): void {
    fs.renameSync(this.#sealed(), path.join(this.folder, name));
    this.#temporary = null;
    syncFolder(this.folder);
  }

  /** Gives the sealed file its name; throws with code EEXIST if it is taken. Of two racing callers one wins. */
  publishNew(name: string): void {
    fs.linkSync(this.#sealed(), path.join(this.folder, name));
    this.discard();
    syncFolder(this.folder);
  }

  /** Removes what has not been published. */
  discard(): void {
    this.#close();
    if (this.#temporary !== null) fs.rmSync(this.#temporary, { force: true });
    this.#temporary = null;
  }

  #flush(): void {
    if (this.#filled > 0) this.#put(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #put(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    // A write may be cut short, by a full disk for one.
    for (let done = 0; done < bytes.length; ) {
      done += fs.writeSync(this.#open(), bytes, done, bytes.length - done);
    }
  }

  #open(): number {
    if (this.#fd === null) throw new Error(`output file in ${this.folder} is closed already`);
    return this.#fd;
  }

  #sealed(): string {
    if (this.#temporary === null || this.#fd !== null) {
      throw new Error(`output file in ${this.folder} must be sealed, and published once`);
    }
    return this.#temporary;
  }

  #close(): void {
    if (this.#fd !== null) fs.closeSync(this.#fd);
    this.#fd = null;
  }
}
