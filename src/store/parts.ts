export { readPart } from './partReader.js';
export { closeParts, openPart, type PartOptions, PartWriter } from './partWriter.js';

/** Rows of one segment (or a piece of it) in one file. What no accepted record names does not exist. */
export interface PartRecord {
  readonly table: string;
  /** Relative to the folder of the parts. */
  readonly file: string;
  /** Number of rows of this table in front of this part. */
  readonly firstRow: number;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}
