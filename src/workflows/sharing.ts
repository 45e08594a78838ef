/** Cases with a common beginning: who is prepared together, and how the beginning becomes cases that go on by themselves. */
import {
  type ChildWorkflowHandle,
  type ChildWorkflowOptions,
  ParentClosePolicy,
  startChild,
} from '@temporalio/workflow';
import type { ReadyCase, WholeCase } from '../activities/contract.js';
import type { SharedBeginning } from '../config/sweep/sharing.js';
import { emptyBooks } from './books.js';
import { unpack } from './envelope.js';
import type { sharedBeginning } from './sharedBeginning.js';
import {
  type LeftMember,
  type SharedInput,
  type SharedMember,
  sharedWorkflowType,
} from './sharedMessages.js';
import type { SweepInput } from './sweepMessages.js';

/** A prepared case with its binary arguments. */
export interface Ready extends ReadyCase {
  readonly states: readonly Uint8Array[];
  /** It leads these: their beginning is computed before any of them starts. */
  readonly forks?: readonly ReadyFork[];
  /** It comes from a shared beginning, whose result only this history has. */
  readonly forked?: true;
}

/** A case that only waits for its hook. */
export interface Whole extends WholeCase {
  readonly forks?: undefined;
  readonly forked?: undefined;
}

interface ReadyFork {
  readonly ready: Ready;
  /** s of model time */
  readonly until: number;
}

/** The groups of a sweep by their cases. */
export class Groups {
  private readonly of = new Map<number, SharedBeginning>();

  constructor(groups: readonly SharedBeginning[] = []) {
    for (const group of groups) {
      for (const index of [group.leader, ...group.forks.map((fork) => fork.index)]) this.of.set(index, group);
    }
  }

  /** These cases, each with those that begin with it; about `most` of them, for they are prepared in one go. */
  gathered(cases: readonly number[], most: number, isFree: (index: number) => boolean): number[] {
    const chosen = new Set<number>();
    for (const index of cases) {
      if (chosen.size >= most) break;
      const { leader, forks } = this.of.get(index) ?? { leader: index, forks: [] };
      for (const one of [leader, ...forks.map((fork) => fork.index)]) if (isFree(one)) chosen.add(one);
    }
    return [...chosen].sort((a, b) => a - b);
  }

  /** Hangs cases on the leaders that they begin with. Only those that have not begun yet: what has begun goes on by itself. */
  folded(prepared: readonly Ready[]): Ready[] {
    const fresh = new Map(prepared.filter(isFresh).map((ready) => [ready.index, ready]));
    const hanging = new Set<number>();
    const leading = prepared.map((ready): Ready => {
      const group = this.of.get(ready.index);
      if (group?.leader !== ready.index || !fresh.has(ready.index)) return ready;
      const forks = group.forks.flatMap(({ index, until }) => {
        const fork = fresh.get(index);
        return fork === undefined ? [] : [{ ready: fork, until }];
      });
      for (const fork of forks) hanging.add(fork.ready.index);
      return forks.length === 0 ? ready : { ...ready, forks };
    });
    return leading.filter(({ index }) => !hanging.has(index));
  }
}

function isFresh({ carry, restart }: Ready): boolean {
  return carry === null && restart === null;
}

/** The cases that a prepared one stands for. */
export function casesOf(ready: Ready): Ready[];
export function casesOf(ready: Ready | Whole): (Ready | Whole)[];
export function casesOf(ready: Ready | Whole): (Ready | Whole)[] {
  if (ready.state === 'whole') return [ready];
  const { forks = [], ...alone } = ready;
  return [alone, ...forks.map((fork) => fork.ready)];
}

export function sharedWorkflowId({ workflowId }: Ready): string {
  return `${workflowId}-beginning`;
}

/**
 * Computes the beginning of the cases.
 * @param onStarted told when there is somebody to whom one can speak
 * @returns the cases with the books and states that they go on with
 */
export async function begunTogether(
  sweep: SweepInput,
  leader: Ready,
  onStarted: (child: ChildWorkflowHandle<typeof sharedBeginning>) => void,
): Promise<Ready[]> {
  const cases = casesOf(leader);
  const untils = [null, ...leader.forks!.map(({ until }) => until)];
  const input: SharedInput = {
    title: leader.spec.title,
    policy: sweep.run,
    members: cases.map((ready, i) => memberOf(ready, untils[i]!)),
    left: [],
  };
  const child = await startChild<typeof sharedBeginning>(sharedWorkflowType, {
    ...sharedOptions(sweep, leader, cases.length),
    args: [input, new Uint8Array(0)],
  });
  onStarted(child);
  const { header, blobs } = unpack<LeftMember[]>(await child.result());
  let taken = 0;
  return header.map(({ index, carry, blobs: count }) => {
    const states = blobs.slice(taken, taken + count);
    taken += count;
    return { ...cases.find((ready) => ready.index === index)!, carry, states, forked: true };
  });
}

function memberOf({ index, spec, specHash }: Ready, until: number | null): SharedMember {
  const { outdir, segments } = spec;
  return { index, outdir, specHash, until, interval: segments.interval, carry: emptyBooks };
}

/** Nobody else takes its result, so it ends with the sweep. */
function sharedOptions({ policy }: SweepInput, leader: Ready, cases: number): ChildWorkflowOptions {
  return {
    workflowId: sharedWorkflowId(leader),
    workflowTaskTimeout: policy.workflowTaskTimeout * 1000,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    parentClosePolicy: ParentClosePolicy.TERMINATE,
    staticSummary: `beginning of ${cases} cases, led by ${leader.spec.title}`,
    staticDetails: `Output folder of the first: ${leader.spec.outdir}`,
  };
}
