import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readHashedJson, sortedJson } from './documents.js';
import { sha256, writeDurably } from './durable.js';
import { DamagedData } from './error.js';
import { makeFolderWithin } from './folders.js';
import type { PartRecord } from './parts.js';

/** One accepted segment: where it started, what it wrote, and the hashes that tie it to its neighbours. */
export interface SegmentRecord {
  /** 0 for the first segment of the run */
  readonly index: number;
  /** s of model time */
  readonly fromTime: number;
  readonly toTime: number;
  /** Accepted steps of the run behind this segment. */
  readonly steps: number;
  /** Encoded state in front of the segment, or a reference to it, base64; null where nobody knows it any more. */
  readonly startState: string | null;
  readonly startHash: string;
  readonly endHash: string;
  readonly parts: readonly PartRecord[];
}

/** The newest manifest file of a run; `file` is relative to the manifest folder, `segments` counts the whole chain. */
export interface ManifestRef {
  readonly file: string;
  readonly sha256: string;
  readonly segments: number;
}

interface ManifestFile {
  readonly previous: ManifestRef | null;
  readonly segments: readonly SegmentRecord[];
}

const CURE = 'Restore it from a copy, or use --restart to begin the run again.';

/**
 * Adds segments behind those of `previous` in a file of their own, which names its predecessor and its hash. Nothing is ever
 * changed: the name contains the hash, so the same content appended again gives the same file.
 * @throws Error if the segments do not continue the chain
 */
export function appendManifest(
  folder: string,
  previous: ManifestRef | null,
  segments: readonly SegmentRecord[],
): ManifestRef {
  if (segments.length === 0) throw new Error('a manifest needs at least one segment');
  const before = previous === null ? [] : readOne(folder, previous).segments.slice(-1);
  const gap = chainGap([...before, ...segments], (previous?.segments ?? 0) - before.length);
  if (gap !== null) throw new Error(`segments cannot be appended to the manifest: ${gap}`);

  const content: ManifestFile = { previous, segments };
  const text = sortedJson(content, 0);
  const hash = sha256(text);
  const count = (previous?.segments ?? 0) + segments.length;
  const file = `segments-${String(count).padStart(8, '0')}-${hash.slice(0, 16)}.json`;
  makeFolderWithin(folder);
  writeDurably(path.join(folder, file), text);
  return { file, sha256: hash, segments: count };
}

/**
 * Every segment up to `ref`, in order. Their start states stay on disk until they are asked for, which reads them again: those of a hundred
 * thousand segments would take half a gigabyte, and only a repair wants one.
 * @throws DamagedData if a file is missing or changed, or the segments do not form one chain
 */
export async function readManifest(folder: string, ref: ManifestRef): Promise<SegmentRecord[]> {
  const files: StoredSegment[][] = [];
  for (let at: ManifestRef | null = ref; at !== null; ) {
    const file: ManifestFile = readOne(folder, at);
    files.push(stored(folder, at, file.segments));
    at = file.previous;
    await setImmediate(); // whoever merges must heartbeat meanwhile
  }
  const segments = files.reverse().flat();
  const gap = chainGap(segments, 0);
  if (gap !== null) throw new DamagedData(path.join(folder, ref.file), gap, CURE);
  return segments;
}

function stored(folder: string, ref: ManifestRef, records: readonly SegmentRecord[]): StoredSegment[] {
  return records.map(
    (record, place) => new StoredSegment(record, records[place - 1]?.endHash, folder, ref, place),
  );
}

/** A segment whose start state lies in its manifest file. Equal hashes are held once. */
class StoredSegment implements SegmentRecord {
  readonly index: number;
  readonly fromTime: number;
  readonly toTime: number;
  readonly steps: number;
  readonly startHash: string;
  readonly endHash: string;
  readonly parts: readonly PartRecord[];

  constructor(
    record: SegmentRecord,
    hashBefore: string | undefined,
    private readonly folder: string,
    private readonly ref: ManifestRef,
    private readonly place: number,
  ) {
    this.index = record.index;
    this.fromTime = record.fromTime;
    this.toTime = record.toTime;
    this.steps = record.steps;
    this.startHash = record.startHash === hashBefore ? hashBefore : record.startHash;
    this.endHash = record.endHash;
    this.parts = record.parts.map((part) =>
      part.endHash === record.endHash ? { ...part, endHash: record.endHash } : part,
    );
  }

  get startState(): string | null {
    return readOne(this.folder, this.ref).segments[this.place]!.startState;
  }
}

/** Says where segments fail to continue each other from index `first` on, or null if they do. */
export function chainGap(segments: readonly SegmentRecord[], first: number): string | null {
  for (const [i, segment] of segments.entries()) {
    if (segment.index !== first + i) return `segment ${segment.index} stands where ${first + i} belongs`;
    const before = segments[i - 1];
    if (before !== undefined && before.endHash !== segment.startHash) {
      return `segment ${segment.index} starts from state ${segment.startHash}, but segment ${before.index} ended in ${before.endHash}`;
    }
  }
  return null;
}

function readOne(folder: string, ref: ManifestRef): ManifestFile {
  const file = path.join(folder, ref.file);
  const value = readHashedJson(file, ref.sha256, CURE);
  if (value === null) throw new DamagedData(file, 'is missing, although the history names it', CURE);
  return value as ManifestFile;
}
