import { firstStep } from '../numerics/stepControl.js';
import { accountsSize } from './accounts.js';
import type { Disk } from './disk.js';
import type { StopCode } from './stops.js';

/** Order of the running extrema in `MarsState.extrema`: minimum and maximum of each. */
export const extremaNames = ['T_M', 'a_blow', 'beta', 'tau'] as const;

/** Time of something that has not happened. */
export const never = -1;

/**
 * All that a bit-exact continuation of a run needs, and nothing that the parameters already say (spec/resolved.md 2.7).
 */
export interface MarsState {
  /** Time reached, s. */
  time: number;
  /** Proposed length of the next step, before it is fitted to a break, s. */
  step: number;
  /** Accepted and rejected steps. */
  steps: number;
  rejected: number;
  /** Index of the next output time. */
  nextOutput: number;
  /** Rows of `run` written. */
  rows: number;
  /** Index into `stopReasons`; 0 while the run goes on. */
  stop: StopCode;
  /** When tau_bound and tau first exceeded 1 at the end of a step, s; -1 = not yet. */
  thickBoundAt: number;
  thickAt: number;
  /** Largest relative error of the mass budget at the end of a step. */
  largestMassError: number;
  /** All unknowns of the disk, in the order of `Unknowns`; masses in kg m-2. */
  readonly y: Float64Array;
  /** Running minimum and maximum of each of `extremaNames`. */
  readonly extrema: Float64Array;
  /** What the accounts that the run keeps on request have summed up (`accountsSize`). */
  readonly accounts: Float64Array;
}

export function startState(disk: Disk): MarsState {
  const y = new Float64Array(disk.unknowns.size);
  y.set(disk.initialMasses);
  if (disk.supply.feedback !== null) y[disk.unknowns.logScale] = disk.supply.feedback.start;
  const extrema = new Float64Array(2 * extremaNames.length);
  for (let i = 0; i < extrema.length; i += 2) {
    extrema[i] = Number.POSITIVE_INFINITY;
    extrema[i + 1] = Number.NEGATIVE_INFINITY;
  }
  return {
    time: 0,
    step: firstStep,
    steps: 0,
    rejected: 0,
    nextOutput: 0,
    rows: 0,
    stop: 0,
    thickBoundAt: never,
    thickAt: never,
    largestMassError: 0,
    y,
    extrema,
    accounts: new Float64Array(accountsSize(disk.params)),
  };
}

export function copyState(state: MarsState): MarsState {
  return { ...state, y: state.y.slice(), extrema: state.extrema.slice(), accounts: state.accounts.slice() };
}
