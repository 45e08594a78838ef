import { endianness } from 'node:os';
import { canonicalJson } from '../../config/identity.js';
import type { StateFields } from '../../sim/model.js';
import { sha256 } from '../durable.js';

/** Arrays are hashed, and stored, in pieces of this many bytes, so that what changed in a large state can be found. */
export const blockBytes = 4 * 2 ** 20;

/** A piece of an array: where it lies in the array, and the SHA-256 of its bytes. */
export interface Block {
  readonly off: number;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/** Names of arrays in the order of hash and file. */
export function arrayNames(fields: StateFields): string[] {
  return Object.keys(fields.arrays).sort();
}

/** The bytes of an array, little-endian, cut into blocks; an empty array has none. */
export function blocksOf(array: Float64Array): Block[] {
  const bytes = littleEndian(Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  const blocks: Block[] = [];
  for (let off = 0; off < bytes.length; off += blockBytes) {
    const piece = bytes.subarray(off, off + blockBytes);
    blocks.push({ off, bytes: piece, hash: sha256(piece) });
  }
  return blocks;
}

/** Bytes of doubles from this machine's order to little-endian, or back. */
export function littleEndian(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap64();
}

/** The bits of a double as 16 hex digits, sign first. */
export function hexOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString('hex');
}

export function fromHex(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

/** SHA-256 over names, types, shapes and block hashes of a state: its identity in every format and on every machine. */
export function stateHashOf(fields: StateFields): string {
  const arrays = arrayNames(fields).map((name) => ({
    name,
    dtype: 'f64le',
    shape: [fields.arrays[name]!.length],
    blocks: blocksOf(fields.arrays[name]!).map(({ hash }) => hash),
  }));
  const scalars = Object.fromEntries(
    Object.entries(fields.scalars).map(([name, value]) => [name, hexOf(value)]),
  );
  return sha256(canonicalJson({ arrays, scalars }));
}
