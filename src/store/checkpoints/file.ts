import fs from 'node:fs';
import path from 'node:path';
import { writeDurably } from '../durable.js';
import { hasCode } from '../error.js';
import { sweepTemporary } from '../temporary.js';
import { contradiction, decodeBinary, encodeBinary, magic } from './binary.js';
import type { Checkpoint, CheckpointFormat, StoredCheckpoint } from './checkpoint.js';
import { decodeJson, encodeJson, opening } from './json.js';
import { CheckpointRefused } from './refusal.js';
import { stateHashOf } from './stateHash.js';

const endings: Record<CheckpointFormat, string> = { binary: 'bin', json: 'json' };
const pattern = /^ckpt_(\d{9,})_([0-9a-f]{12})\.(bin|json)$/;

/** What the name of a checkpoint file says. */
export interface CheckpointName {
  readonly step: number;
  /** First twelve digits of the state's hash. */
  readonly hash: string;
}

/** `ckpt_000000123_0123456789ab.bin` */
export function nameOf(step: number, stateHash: string, format: CheckpointFormat): string {
  return `ckpt_${String(step).padStart(9, '0')}_${stateHash.slice(0, 12)}.${endings[format]}`;
}

/** Null for any other file. */
export function parseName(name: string): CheckpointName | null {
  const match = pattern.exec(name);
  return match === null ? null : { step: Number(match[1]), hash: match[2]! };
}

/**
 * Reads a checkpoint of either format, whatever the file is called, and verifies every byte of it.
 * @throws CheckpointRefused
 */
export function readCheckpoint(file: string): StoredCheckpoint {
  return parseCheckpoint(file, bytesOf(file));
}

/** As `readCheckpoint`, from the bytes of the file. */
export function parseCheckpoint(file: string, bytes: Buffer): StoredCheckpoint {
  const found = decode(file, bytes);
  const hash = stateHashOf(found.fields);
  if (hash !== found.stateHash) {
    throw contradiction(file, `its state has the hash ${hash}, not ${found.stateHash}`);
  }
  const name = parseName(path.basename(file));
  if (name !== null && (name.step !== found.step || !hash.startsWith(name.hash))) {
    throw contradiction(
      file,
      `its name belongs to step ${name.step} and state ${name.hash}, it holds step ${found.step} and state ${hash.slice(0, 12)}`,
    );
  }
  return found;
}

function bytesOf(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new CheckpointRefused(file, 'missing', 'there is no such file');
    if (hasCode(error, 'EISDIR'))
      throw new CheckpointRefused(file, 'foreign', 'is a folder, not a checkpoint');
    throw error;
  }
}

/** The contents decide about the format: a file may have been renamed. */
function decode(file: string, bytes: Buffer): StoredCheckpoint {
  for (const [start, read] of [
    [magic, decodeBinary],
    [opening, decodeJson],
  ] as const) {
    if (start.equals(bytes.subarray(0, start.length))) return read(file, bytes);
    if (start.subarray(0, bytes.length).equals(bytes)) {
      throw new CheckpointRefused(file, 'truncated', `is cut off after ${bytes.length} bytes`);
    }
  }
  throw new CheckpointRefused(
    file,
    'foreign',
    `is not a checkpoint, or its first bytes are damaged: it begins neither with ${magic} nor with ${opening.toString().replaceAll(/\s+/g, ' ')}`,
  );
}

/**
 * Writes a checkpoint durably into an existing folder and reads it back. A file that has the name already stays when it is whole: the same
 * state gives the same bytes, whoever writes it, and however often.
 * @returns path of the file
 * @throws CheckpointRefused when what has been written cannot be read back
 */
export function writeCheckpoint(folder: string, checkpoint: Checkpoint, format: CheckpointFormat): string {
  const bytes = format === 'binary' ? encodeBinary(checkpoint) : encodeJson(checkpoint);
  const file = path.join(folder, nameOf(checkpoint.step, stateHashOf(checkpoint.fields), format));
  sweepTemporary(folder);
  if (!holds(file, bytes)) writeDurably(file, bytes);
  const written = bytesOf(file);
  if (parseCheckpoint(file, written).step !== checkpoint.step || !written.equals(bytes)) {
    throw new CheckpointRefused(file, 'changed', 'does not read back as it was written');
  }
  return file;
}

function holds(file: string, bytes: Uint8Array): boolean {
  return fs.existsSync(file) && fs.readFileSync(file).equals(bytes);
}
