/**
 * States that are too large for the history (design.md section 5): they lie in the run's folder under their hash, and a reference takes
 * their place wherever a state travels. A reference is bytes like a state, so nobody who only passes states on needs to know.
 */
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder, sha256, writeDurably } from './durable.js';
import { namesIn, syncFolder } from './folders.js';
import type { RunLayout } from './layout.js';
import { isIntact, readVerified } from './verify.js';

const MAGIC = 'marsdisk state ';

interface Reference {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

const CURE =
  'Restore it from a copy; else begin anew at a checkpoint with --restart --resume-from FILE, or at the start with --restart.';

/**
 * Stores the state in front of a segment durably. The same state gives the same file.
 * @returns the reference that takes its place
 */
export function storeState(layout: RunLayout, segment: number, state: Uint8Array): Uint8Array {
  const hash = sha256(state);
  const reference = { file: fileName(segment, hash), bytes: state.length, sha256: hash };
  const file = path.join(layout.states, reference.file);
  makeFolder(layout.states);
  // A file that an attempt killed just now has left may not have its name on disk yet.
  if (isIntact(file, reference)) syncFolder(layout.states);
  else writeDurably(file, state);
  return Buffer.from(MAGIC + JSON.stringify(reference));
}

/** What goes into the history for a state: itself while it is small enough, else a reference to where it lies. */
export function historyState(
  layout: RunLayout,
  segment: number,
  state: Uint8Array,
  inlineLimit: number,
): Uint8Array {
  return state.length <= inlineLimit ? state : storeState(layout, segment, state);
}

/** Whether these bytes stand for a stored state. No encoded state begins like a reference: its first byte is not ASCII. */
export function isReference(bytes: Uint8Array): boolean {
  return (
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAGIC.length)).toString() === MAGIC
  );
}

/**
 * The encoded state: these bytes themselves, or what they stand for.
 * @throws DamagedData when the stored state is missing or changed
 */
export function stateOf(layout: RunLayout, bytes: Uint8Array): Uint8Array {
  if (!isReference(bytes)) return bytes;
  const reference = parse(bytes);
  return readVerified(path.join(layout.states, reference.file), reference, CURE);
}

/** Whether `stateOf` would find the state. */
export function hasState(layout: RunLayout, bytes: Uint8Array): boolean {
  if (!isReference(bytes)) return true;
  const reference = parse(bytes);
  return isIntact(path.join(layout.states, reference.file), reference);
}

/** SHA-256 of the encoded state, also where only a reference to it is at hand. */
export function stateHash(bytes: Uint8Array): string {
  return isReference(bytes) ? parse(bytes).sha256 : sha256(bytes);
}

/** States of this many latest segments stay: an attempt, its zombie and a repair may still ask for them. */
const LATEST = 4;

/** So many before them go. Those further back went when their turn came, or are of a run that has gone on from there since. */
const SWEPT = 8;

/**
 * Removes the states that nothing but a repair would ask for, and keeps every `every`-th, from which a repair computes the way to any lost
 * part again: a thousand segments shall not leave a thousand states.
 * @param segment the newest segment whose state is stored
 */
export function thinStates(layout: RunLayout, segment: number, every: number): void {
  for (const name of namesIn(layout.states)) {
    const index = Number(/^s(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    const old = segment - LATEST - index;
    if (old >= 0 && old < SWEPT && index % every !== 0)
      fs.rmSync(path.join(layout.states, name), { force: true });
  }
}

/** Removes all stored states of a run that has ended. */
export function removeStates(layout: RunLayout): void {
  fs.rmSync(layout.states, { recursive: true, force: true });
}

function fileName(segment: number, hash: string): string {
  return `s${String(segment).padStart(6, '0')}-${hash}.state`;
}

function parse(bytes: Uint8Array): Reference {
  return JSON.parse(Buffer.from(bytes).toString('utf8', MAGIC.length));
}
