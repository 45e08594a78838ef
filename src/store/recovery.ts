/**
 * Recovery files: how far a segment has come, so that a killed attempt costs less than a segment (design.md section 5). The next attempt
 * finds them through the folder; what a heartbeat says of them would be lost in a server outage.
 *
 * Content: header (one line of JSON) | state | SHA-256 of both (32 bytes).
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { writeDurably } from './durable.js';
import { hasCode } from './error.js';
import { makeFolderWithin, namesIn } from './folders.js';
import type { RunLayout } from './layout.js';
import type { PartRecord } from './parts.js';
import { isIntact } from './verify.js';

/** A place within a segment from which it can go on. */
export interface Recovery {
  readonly identity: string;
  readonly segment: number;
  /** SHA-256 of the state in front of the segment. */
  readonly startHash: string;
  /** s of model time, and accepted steps of the run, in front of the segment. */
  readonly fromTime: number;
  readonly fromSteps: number;
  /** Accepted steps of the run, and s of model time, at this place. */
  readonly steps: number;
  readonly time: number;
  /** What the segment has written up to here. */
  readonly parts: readonly PartRecord[];
}

const HASH_BYTES = 32;

/** Writes a recovery file durably. @returns its path, for whoever replaces it by a newer one */
export function writeRecovery(layout: RunLayout, recovery: Recovery, state: Uint8Array): string {
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(recovery)}\n`), state]);
  const hash = createHash('sha256').update(content).digest();
  const name = `${prefixOf(recovery)}${String(recovery.steps).padStart(10, '0')}-${hash.toString('hex', 0, 8)}.recovery`;
  const file = path.join(layout.recovery, name);
  makeFolderWithin(layout.recovery);
  writeDurably(file, Buffer.concat([content, hash]));
  return file;
}

/**
 * The furthest place of this segment whose file and parts are intact; null if there is none. Damaged ones are passed over: the segment
 * can always be computed from its start.
 * @param wanted.boundary s of model time. Places behind it are passed over, too: the segment ends at its first step there, which in an
 * attempt of a configuration with another interval it did not.
 */
export function newestRecovery(
  layout: RunLayout,
  wanted: Pick<Recovery, 'identity' | 'segment' | 'startHash'> & { readonly boundary: number },
): { recovery: Recovery; state: Uint8Array } | null {
  const names = namesIn(layout.recovery).filter((name) => name.startsWith(prefixOf(wanted)));
  for (const name of names.sort().reverse()) {
    const found = read(path.join(layout.recovery, name));
    if (found === null || found.recovery.identity !== wanted.identity) continue;
    const { time, parts } = found.recovery;
    if (time >= wanted.boundary) continue;
    if (parts.every((part) => isIntact(path.join(layout.parts, part.file), part))) return found;
  }
  return null;
}

/** Removes the files of segments before this one: they are accepted. */
export function sweepRecoveries(layout: RunLayout, segment: number): void {
  for (const name of namesIn(layout.recovery)) {
    if (Number(/^s(\d+)-/.exec(name)?.[1]) < segment)
      fs.rmSync(path.join(layout.recovery, name), { force: true });
  }
}

/** Steps stand behind it with leading zeros, so that names sort by how far they are. */
function prefixOf({ segment, startHash }: Pick<Recovery, 'segment' | 'startHash'>): string {
  return `s${String(segment).padStart(6, '0')}-${startHash.slice(0, 16)}-`;
}

function read(file: string): { recovery: Recovery; state: Uint8Array } | null {
  try {
    const bytes = fs.readFileSync(file);
    const content = bytes.subarray(0, Math.max(0, bytes.length - HASH_BYTES));
    if (!createHash('sha256').update(content).digest().equals(bytes.subarray(content.length))) return null;
    const end = content.indexOf('\n');
    return { recovery: JSON.parse(content.toString('utf8', 0, end)), state: content.subarray(end + 1) };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null; // its segment was accepted meanwhile
    throw error;
  }
}
