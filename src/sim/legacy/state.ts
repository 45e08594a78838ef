import { integratedSums } from '../mars/energy.js';
import { startCourse } from './course.js';
import type { LegacyDisk } from './disk.js';

/** Order of the running extrema: minimum and maximum of each. */
export const extremaNames = ['T_M', 'a_blow', 'beta_at_smin'] as const;

/** Samples that a median is taken of; when they are full, every second one is dropped and the distance between them doubles. */
export const mostSamples = 1024;

/** Time of something that has not happened. */
export const never = -1;

/** Why a run has ended; the numbers are what a state stores. */
export const legacyStops = [
  null,
  't_end',
  'blowout_below_smin',
  'tau_exceeded',
  'loss_rate_below_threshold',
  'mass_budget_exceeded',
] as const;
export type LegacyStop = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * All that a bit-exact continuation needs, also what the original's checkpoints lacked (physics.md a). The clock is the number of steps:
 * t = steps dt.
 */
export interface LegacyState {
  /** Completed steps. */
  steps: number;
  /** 1 once the tables that stand at the start of a run are written: its first segment may take no step. */
  begun: number;
  stop: LegacyStop;
  /** Surface density and deep buffer, kg m-2. */
  sigma: number;
  deep: number;
  /** Smallest sizes, m: of the distribution, effective, and the floor that moves. */
  smallest: number;
  effective: number;
  floor: number;
  /** Opacity that the previous step left, m2/kg: the phase test of the next one uses it. */
  opacity: number;
  /** Accounts since the start, Mars masses. */
  blown: number;
  sunk: number;
  sublimed: number;
  escaped: number;
  /** Scale of the supply by feedback; what is left in its reservoir, kg, and when that was used up, s. */
  feedback: number;
  reservoir: number;
  emptiedAt: number;
  /** What really happened to the state, kg m-2: rates times the time that the state has moved on. */
  movedIn: number;
  movedOut: number;
  /** s that the state has moved on, and sum of the steps as the original adds them up. */
  covered: number;
  elapsed: number;
  /** Orbit under way: s, and Mars masses blown out and sunk; orbits completed. */
  orbitTime: number;
  orbitBlown: number;
  orbitSunk: number;
  orbits: number;
  /** Last finite Sigma at tau = 1, kg m-2. */
  lastTau1: number;
  /** Largest mass error of a step. */
  largestError: number;
  /** s with: solid grains, blow-out acting. */
  solidTime: number;
  blowoutTime: number;
  /** Rows of `run` written. */
  rows: number;
  /** Samples of the medians: how many of each there are, and every how many steps one is taken. */
  samples: number;
  sampleStride: number;
  /** Sizes of the bins, m, and relative numbers per metre in a scale of their own. */
  readonly sizes: Float64Array;
  readonly number: Float64Array;
  readonly extrema: Float64Array;
  /** `mostSamples` of each of `extremaNames`. */
  readonly sampled: Float64Array;
  /** Energies and collisions since the start, J m-2 and m-2, where they are accounted for; else empty. */
  readonly energy: Float64Array;
  /** What the summary says about all steps and the last one (`followCourse`); empty if a program has begun the run that did not keep it. */
  readonly course: Float64Array;
}

export function startState(disk: LegacyDisk): LegacyState {
  const { supply } = disk.params;
  const extrema = new Float64Array(2 * extremaNames.length);
  for (let i = 0; i < extrema.length; i += 2) {
    extrema[i] = Number.POSITIVE_INFINITY;
    extrema[i + 1] = Number.NEGATIVE_INFINITY;
  }
  return {
    steps: 0,
    begun: 0,
    stop: 0,
    sigma: disk.sigma0,
    deep: 0,
    smallest: disk.smallest0,
    effective: disk.smallest0,
    floor: disk.smallest0,
    opacity: disk.opacity0,
    blown: 0,
    sunk: 0,
    sublimed: 0,
    escaped: 0,
    feedback: supply?.feedback?.initial ?? 1,
    reservoir: supply?.reservoir?.mass ?? 0,
    emptiedAt: never,
    movedIn: 0,
    movedOut: 0,
    covered: 0,
    elapsed: 0,
    orbitTime: 0,
    orbitBlown: 0,
    orbitSunk: 0,
    orbits: 0,
    lastTau1: Number.NaN,
    largestError: 0,
    solidTime: 0,
    blowoutTime: 0,
    rows: 0,
    samples: 0,
    sampleStride: 1,
    sizes: disk.grid.sizes.slice(),
    number: disk.number0.slice(),
    extrema,
    sampled: new Float64Array(extremaNames.length * mostSamples),
    energy: new Float64Array(disk.params.energy === undefined ? 0 : integratedSums),
    course: startCourse(),
  };
}

export function copyState(state: LegacyState): LegacyState {
  return {
    ...state,
    sizes: state.sizes.slice(),
    number: state.number.slice(),
    extrema: state.extrema.slice(),
    sampled: state.sampled.slice(),
    energy: state.energy.slice(),
    course: state.course.slice(),
  };
}
