import { onceFor } from '../onceFor.js';
import { diskOf, type Schedule, scheduleOf } from './disk.js';
import { intervalBranches, intervalIndex, nextTarget } from './interval.js';
import type { MarsParams } from './params.js';
import type { MarsState } from './state.js';
import { hasStateStops } from './stops.js';
import { earlySupply, supplyDifference } from './supply/sharing.js';

/** Times this close are one for breaks, output and stops: a divergence keeps clear of them. */
const clear = 1 - 4e-12;

/** All but the stops, a list of output times and the later course of the supply: they act when their time comes. */
export function early({ stops: _, ...params }: MarsParams): unknown {
  const { every } = params.output;
  const kept = every.kind === 'times' ? { kind: every.kind } : every;
  const supply = earlySupply(params.supply, params.phase !== undefined);
  return { ...params, supply, output: { ...params.output, every: kept } };
}

const scheduled = onceFor(scheduleOf);

/**
 * The first of: a time that only one of the runs must end a step on, a recorded time that only one of them has, the time from which on stops
 * act that only one of them has, a change of the supply that only one of them has, the start of an interval in which they would take different branches (spec/resolved.md 2.7).
 */
export function divergence(a: MarsParams, b: MarsParams): number {
  const [first, second] = [scheduled(a), scheduled(b)];
  const targets = firstDifference([...first.breaks, first.end.time], [...second.breaks, second.end.time]);
  const shared = Math.min(
    targets,
    outputDifference(a, b),
    stopDifference(first, second),
    supplyDifference(suppliedBy(first), suppliedBy(second)),
    first.end.time,
  );
  for (let index = 0; index <= intervalIndex(first.breaks, shared); index++) {
    if (sameBranches(first, second, index)) continue;
    return index === 0 ? 0 : Math.min(shared, first.breaks[index - 1]) * clear;
  }
  return shared * clear;
}

const suppliedBy = ({ supply, params }: Schedule) => ({ law: supply.law, supply: params.supply });

/** The smaller one of the first two entries that differ; Infinity when none do. Both ascend. */
function firstDifference(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at >= 0) return Math.min(a[at], b[at] ?? Number.POSITIVE_INFINITY);
  return b[a.length] ?? Number.POSITIVE_INFINITY;
}

function outputDifference({ output: a }: MarsParams, { output: b }: MarsParams): number {
  if (a.every.kind !== 'times' || b.every.kind !== 'times') return Number.POSITIVE_INFINITY;
  const ascending = (times: readonly number[]) => [...times].sort((x, y) => x - y);
  return firstDifference(ascending(a.every.times), ascending(b.every.times));
}

/** Stops that depend on the state act from `minDuration` on. */
function stopDifference(a: Schedule, b: Schedule): number {
  const [one, other] = [a.params.stops, b.params.stops];
  const names = ['tau', 'tauTolerance', 'lossRate', 'minDuration'] as const;
  if (names.every((name) => one[name] === other[name])) return Number.POSITIVE_INFINITY;
  const acting = [a, b].filter(hasStateStops).map(({ params }) => params.stops.minDuration);
  return Math.min(Number.POSITIVE_INFINITY, ...acting);
}

function sameBranches(a: Schedule, b: Schedule, index: number): boolean {
  const [one, other] = [intervalBranches(a, index), intervalBranches(b, index)];
  return (
    one.cell.temperature === other.cell.temperature &&
    one.cell.size === other.cell.size &&
    one.straddled === other.straddled &&
    one.vapour === other.vapour &&
    one.phase === other.phase
  );
}

/**
 * A step is fitted to the time that it must end on next, and is not aware of any other: it is the same in both runs when that time is
 * shared, or when it is too far away to be noticed. The length that is tried first is the longest one.
 */
export function untouched(state: MarsState, params: MarsParams, until: number): boolean {
  const disk = diskOf(params);
  if (state.stop !== 0) return false;
  const target = nextTarget(disk, intervalIndex(disk.breaks, state.time), state);
  if (target < until) return true;
  return 2 * Math.min(state.step, disk.longestStep) <= until - state.time;
}
