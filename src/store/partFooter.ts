import { sortedJson } from './documents.js';
import type { PartEdge, PartRows } from './parts.js';

/**
 * A part is a row of Arrow IPC streams, each with one batch of one table, and behind them a footer that says what they are:
 *
 *     stream … stream | footer (UTF-8 JSON) | u32le length of the footer | "MDPART01"
 *
 * One file for all tables, because a short segment waits for the disk longer than it computes; a footer, because a part that is found
 * without its history must say where it belongs.
 */
export interface PartFooter {
  readonly format: 1;
  readonly identity: string;
  readonly segment: number;
  readonly start: PartEdge;
  readonly end: PartEdge;
  /** The state at its end, or a reference to it (store/states.ts), base64; null within a segment. A run can go on from here. */
  readonly endState: string | null;
  readonly batchRows: number;
  readonly tables: readonly (PartRows & { readonly sections: readonly Section[] })[];
}

/** Place of a stream: offset in the file, length in bytes, rows. */
export type Section = readonly [offset: number, bytes: number, rows: number];

const MAGIC = 'MDPART01';

/** Bytes behind the footer. */
export const TAIL_BYTES = 4 + MAGIC.length;

export function encodeFooter(footer: PartFooter): Uint8Array {
  const json = Buffer.from(sortedJson(footer, 0)); // sorted: a part that is computed again must have the same bytes
  const tail = Buffer.alloc(TAIL_BYTES);
  tail.writeUInt32LE(json.length, 0);
  tail.write(MAGIC, 4, 'latin1');
  return Buffer.concat([json, tail]);
}

/** Length of the footer, or null if these are not the last bytes of a part. */
export function footerBytes(tail: Uint8Array): number | null {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength);
  return bytes.length === TAIL_BYTES && bytes.toString('latin1', 4) === MAGIC ? bytes.readUInt32LE(0) : null;
}
