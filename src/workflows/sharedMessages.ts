/** What passes between a sweep and the workflow of a shared beginning: types and names, as in messages.ts. */
import type { Carry, RunPolicy } from './messages.js';

/** A run that takes part in a shared beginning. */
export interface SharedMember {
  /** Of its case. */
  readonly index: number;
  readonly outdir: string;
  readonly specHash: string;
  /** Between the ends of its segments, s of model time. */
  readonly interval: number;
  /** Model time up to which it is the first member's run, s; null: the first member itself. */
  readonly until: number | null;
  readonly carry: Carry;
}

/** A run that has left a shared beginning, with its books and the number of binary arguments that belong to them. */
export interface LeftMember {
  readonly index: number;
  readonly carry: Carry;
  readonly blobs: number;
}

export interface SharedInput {
  readonly title: string;
  readonly policy: RunPolicy;
  /** Those that still take part: all with the same state. */
  readonly members: readonly SharedMember[];
  /** Those that have left in an earlier history; their binary arguments follow the state. */
  readonly left: readonly LeftMember[];
  readonly paused?: boolean;
}

export const sharedWorkflowType = 'sharedBeginning';
