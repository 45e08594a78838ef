/** Which cases of a sweep are one and the same run for a while, so that it need not be computed for each of them. */
import type { Sharing, Stretch } from '../../sim/model.js';
import { modelNamed } from '../../sim/models.js';
import { identityOf } from '../identity.js';
import type { SweepCase } from './sweepSpec.js';

/** A case that can begin with a state of its leader. */
export interface Fork {
  /** Of the case. */
  readonly index: number;
  /** Model time up to which it is the leader's run, s. The last state of the leader behind untouched steps alone begins it. */
  readonly until: number;
}

/** A case that is computed from its start, and those that begin with its states. */
export interface SharedBeginning {
  /** Index of the case. */
  readonly leader: number;
  /** In the order in which the leader comes to their beginnings. */
  readonly forks: readonly Fork[];
}

/** Cases that begin with states of one leader: their parts are written side by side, and the books of all travel in one message. */
const mostForks = 31;

interface Candidate {
  readonly index: number;
  readonly params: unknown;
}

/**
 * Groups of cases with a common beginning, each led by the one that lasts longest: whatever the others share among themselves they share
 * with it. A case is in one group at the most; cases of models that say nothing of sharing are in none.
 */
export function planSharing(cases: readonly Pick<SweepCase, 'index' | 'spec'>[]): SharedBeginning[] {
  const groups = new Map<string, { sharing: Sharing<unknown, unknown>; members: Candidate[] }>();
  for (const { index, spec } of cases) {
    const { sharing } = modelNamed(spec.model);
    if (sharing === undefined) continue;
    const key = identityOf(spec.model, sharing.early(spec.params));
    const group = groups.get(key) ?? { sharing, members: [] };
    group.members.push({ index, params: spec.params });
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ members }) => members.length > 1)
    .flatMap(({ sharing, members }) => ledBeginnings(sharing, members))
    .sort((a, b) => a.leader - b.leader);
}

function ledBeginnings(sharing: Sharing<unknown, unknown>, members: readonly Candidate[]): SharedBeginning[] {
  const ends = new Map(members.map(({ index, params }) => [index, sharing.plannedEnd(params)]));
  const beginnings: SharedBeginning[] = [];
  let left = members.toSorted((a, b) => ends.get(b.index)! - ends.get(a.index)! || a.index - b.index);
  while (left.length > 1) {
    const [leader, ...others] = left as [Candidate, ...Candidate[]];
    const forks = others.map(({ index, params }) => ({
      index,
      until: sharing.divergence(leader.params, params),
    }));
    const shared = forks
      .filter(({ until }) => until > 0)
      .sort((a, b) => a.until - b.until || a.index - b.index)
      .slice(-mostForks);
    if (shared.length > 0) {
      beginnings.push({ leader: leader.index, forks: shared });
    }
    const taken = new Set(shared.map(({ index }) => index));
    left = others.filter(({ index }) => !taken.has(index));
  }
  return beginnings;
}

/** Steps that a run takes up to a time, by the estimate of its pace: what a fork there saves. */
export function stepsUntil(pace: readonly Stretch[], time: number): number {
  let from = 0;
  let total = 0;
  for (const { until, steps } of pace) {
    const share = until > from ? (Math.min(time, until) - from) / (until - from) : 1;
    if (share <= 0) break;
    total += steps * share;
    from = until;
  }
  return Math.floor(total);
}
