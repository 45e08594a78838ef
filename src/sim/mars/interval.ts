import type { BlowoutCell } from './blowout.js';
import type { Schedule } from './disk.js';
import { binOf } from './grid.js';
import { phaseBranch } from './regime.js';
import type { MarsState } from './state.js';
import { type VapourBranch, vapourBranch } from './sublimation.js';

/**
 * Phase between two break times. Where it depends on time alone: all solid or all vapour beyond the thresholds, else vapour fraction below
 * 1/2 (solid), below 0.95 (vapour), or more (melt).
 */
export type PhaseBranch = 'all solid' | 'solid' | 'vapour' | 'melt' | 'all vapour' | 'by optical depth';

/**
 * Which branch every piecewise law is on between two break times. Chosen once, from the middle of the interval, so that rounding at its
 * ends cannot pick the wrong side (spec/resolved.md 1.6).
 */
export interface Interval {
  readonly cell: BlowoutCell;
  /** Bin that holds the blow-out size; -1 below the grid, n above it. */
  readonly straddled: number;
  readonly vapour: VapourBranch;
  readonly phase: PhaseBranch;
}

/** Index of the interval between break times that starts at or before t. */
export function intervalIndex(breaks: Float64Array, t: number): number {
  let index = 0;
  while (index < breaks.length && breaks[index] <= t) index++;
  return index;
}

/** The next time that the step from a state must end on exactly. @param index of the interval that the state's time lies in */
export function nextTarget(
  { breaks, end, params, output }: Schedule,
  index: number,
  { nextOutput }: Pick<MarsState, 'nextOutput'>,
): number {
  const fixed = index < breaks.length ? breaks[index] : end.time;
  return params.output.mode === 'land' ? Math.min(fixed, output.at(nextOutput)) : fixed;
}

/** Beginning and end of the interval between break times index - 1 and index, s. */
export function intervalEnds({ breaks, end }: Pick<Schedule, 'breaks' | 'end'>, index: number) {
  const from = index === 0 ? 0 : breaks[index - 1];
  const to = index < breaks.length ? breaks[index] : Math.max(end.time, from);
  return { from, to };
}

/** The branches between break times index - 1 and index (0 = from the start, last = to the end). */
export function intervalBranches(disk: Schedule, index: number): Interval {
  const { grid } = disk;
  const { from, to } = intervalEnds(disk, index);
  const T = disk.cooling.at(from + (to - from) / 2);
  const cell = disk.blowoutRoot.cell(T);
  const a = disk.blowoutRoot.at(T);
  const below = a < grid.edges[0];
  const above = a >= grid.edges[grid.bins];
  const { sublimation, phase } = disk.params;
  return {
    cell,
    straddled: below ? -1 : above ? grid.bins : binOf(grid.edges, a),
    vapour: sublimation === null ? 'solid' : vapourBranch(sublimation, T * disk.grainRatio),
    phase: phaseBranch(phase, T),
  };
}
