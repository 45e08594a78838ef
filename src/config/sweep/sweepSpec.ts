import type { RunSpec } from '../runSpec.js';

/** A value on an axis, as it stands in the configuration. */
export type AxisValue = string | number | boolean | null;

/** A run of a sweep. */
export interface SweepCase {
  /** Place in the list, from 0. */
  readonly index: number;
  /** Name of its folder in the batch; unique there, also where file systems ignore case. */
  readonly title: string;
  /** What tells it from the other cases, by the names that the title uses (`T`, `eps`, or the key itself). */
  readonly values: Readonly<Record<string, AxisValue>>;
  /** Of its random numbers: derived from the sweep's seed and the case. */
  readonly seed: number;
  /** Resolved and validated; its outdir is `title` below `unplaced` until the batch's folder is known. */
  readonly spec: RunSpec;
}

/** Cases that several lines of the sweep file describe; they are computed once. */
export interface DuplicateCase {
  readonly title: string;
  /** How often it was asked for. */
  readonly times: number;
}

/** What a user's command runs behind cases and batches (`sweep.hooks`). */
export interface Hook {
  /** Run by the shell. */
  readonly command: string;
  /** s */
  readonly timeout: number;
  /** Attempts at the most. */
  readonly attempts: number;
  /** A failed hook fails the case, or the sweep. */
  readonly strict: boolean;
}

export interface Hooks {
  readonly afterCase: Hook | null;
  readonly afterBatch: Hook | null;
}

/** What a user's sweep file becomes: frozen, complete, every case validated. */
export interface SweepSpec {
  /** Readable name; the folder above its batches. */
  readonly tag: string;
  /** Absolute path of the folder above the tag's. */
  readonly root: string;
  /** SHA-256 (hex) over titles and identities of the cases, in order: two sweeps with the same one compute the same. */
  readonly identity: string;
  readonly seed: number;
  readonly cases: readonly SweepCase[];
  readonly duplicates: readonly DuplicateCase[];
  /** Cases at a time at the most; null: as many as cores and memory allow. */
  readonly jobs: number | null;
  readonly hooks: Hooks;
  readonly warnings: readonly string[];
}

/** Folder in which a case's specification stands before its batch has one. */
export const unplaced = '/batch';
