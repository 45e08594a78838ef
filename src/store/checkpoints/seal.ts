import { CheckpointRefused } from './refusal.js';

/** The end of a file, which vouches for every byte in front of it. */
export interface Seal {
  readonly length: number;
  of(head: Uint8Array): Uint8Array;
  /** Whether these are the fixed bytes of a seal, whatever hash stands between them. */
  marks(tail: Uint8Array): boolean;
}

/** So few wrong bytes in a seal that it must have been one. */
const damageOfASeal = 2;

/**
 * @returns the bytes that the seal vouches for
 * @throws CheckpointRefused `truncated` or `changed`
 */
export function sealed(file: string, bytes: Uint8Array, seal: Seal): Uint8Array {
  const head = bytes.subarray(0, Math.max(0, bytes.length - seal.length));
  const tail = bytes.subarray(head.length);
  const expected = seal.of(head);
  let wrong = expected.length - tail.length;
  for (const [i, byte] of tail.entries()) if (byte !== expected[i]) wrong += 1;
  if (wrong === 0) return head;
  if (tail.length === seal.length && (wrong <= damageOfASeal || seal.marks(tail))) {
    throw new CheckpointRefused(file, 'changed', 'is damaged: its bytes do not fit its SHA-256');
  }
  throw new CheckpointRefused(
    file,
    'truncated',
    `is cut off: after ${bytes.length} bytes its closing hash is missing`,
  );
}
