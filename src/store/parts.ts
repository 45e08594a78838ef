import { randomBytes } from 'node:crypto';
import type { Status } from '../sim/model.js';

export { readPart, readPartFooter, rowsInPart } from './partReader.js';
export { openPart, type PartOptions, PartWriter } from './partWriter.js';

/** A state of the run at the edge of a part. */
export interface PartEdge {
  /** SHA-256 of the encoded state; of no bytes at the beginning of a run. */
  readonly hash: string;
  /** Accepted steps of the run so far. */
  readonly steps: number;
  /** s of model time */
  readonly time: number;
}

/** The edge at a state, by its hash and by what the model says of it. */
export function edgeAt(hash: string, { steps, time }: Status): PartEdge {
  return { hash, steps, time };
}

/** Rows of one table in a part. */
export interface PartRows {
  readonly name: string;
  /** Number of rows of this table in front of this part. */
  readonly firstRow: number;
  readonly rows: number;
}

/** Rows of one segment (or a piece of it), all tables in one file. What no accepted record names does not exist. */
export interface PartRecord {
  /** Relative to the folder of the parts. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Rows of a table that were written at once: with it, the same rows give the same bytes again. */
  readonly batchRows: number;
  readonly endHash: string;
  readonly endSteps: number;
  readonly tables: readonly PartRows[];
}

/**
 * The segment that a part says in its footer it is of: its name begins with it (`attemptName`). In the books of a run whose
 * history was lost the segments have other numbers.
 */
export function segmentNamed({ file }: PartRecord): number {
  return Number(/^s(\d+)\./.exec(file)![1]);
}

/** Begin of the names of the parts of an attempt. @param shared of a segment that several runs share */
export function attemptName(segment: number, attempt: number, shared = false): string {
  const kind = shared ? 't' : 'a';
  return `s${String(segment).padStart(6, '0')}.${kind}${attempt}.${randomBytes(4).toString('hex')}`;
}

export function isOfSharedSegment(name: string): boolean {
  return /^s\d+\.t/.test(name);
}
