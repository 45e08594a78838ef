import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../store/durable.js';

/** Bytes of one attempt's output that are kept: its beginning, and its end. */
export const keptAtStart = 1 << 20;
const keptAtEnd = 1 << 16;

/** The log of a hook: what its attempts have written, each within bounds. Not a result: nothing relies on it. */
export class HookLog {
  readonly #fd: number;
  #start = 0;
  #end: Buffer = Buffer.alloc(0);
  #lost = 0;

  /** @param fresh begins a new file. @throws when the file cannot be written, e.g. on a full disk */
  constructor(file: string, fresh: boolean, title: string) {
    makeFolder(path.dirname(file));
    this.#fd = fs.openSync(file, fresh ? 'w' : 'a');
    fs.writeSync(this.#fd, `${title}\n`);
  }

  write(bytes: Uint8Array): void {
    const room = Math.max(0, keptAtStart - this.#start);
    const [first, rest] = [bytes.subarray(0, room), bytes.subarray(room)];
    this.#start += first.length;
    if (first.length > 0) this.#put(first);
    if (rest.length === 0) return;
    const end = Buffer.concat([this.#end, rest]);
    const over = Math.max(0, end.length - keptAtEnd);
    this.#lost += over;
    this.#end = Buffer.from(end.subarray(over));
  }

  close(lastLine: string): void {
    if (this.#lost > 0) this.#put(`\n[${this.#lost} bytes left out]\n`);
    this.#put(this.#end);
    this.#put(`\n${lastLine}\n`);
    fs.closeSync(this.#fd);
  }

  /** A disk that fills up meanwhile must not end the command. */
  #put(bytes: Uint8Array | string): void {
    try {
      fs.writeSync(this.#fd, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    } catch {
      this.#lost += bytes.length;
    }
  }
}
