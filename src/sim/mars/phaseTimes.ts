import { bisect } from '../numerics/root.js';
import type { Disk } from './disk.js';
import { intervalBranches } from './interval.js';
import { liquidFrom, solidUpTo, vapourFrom } from './phase.js';
import type { DiskRates } from './rates.js';
import { isRegulated } from './regime.js';
import { opticalDepth } from './totals.js';

/**
 * What a run with phases or gates keeps the time of, s: phase of the grains, that of the bulk, blow-out acting, vapour escaping, neither of
 * both.
 */
export const phaseDurations = [
  'solid',
  'vapor',
  'solid_dominated',
  'mixed',
  'liquid_dominated',
  'blowout',
  'hydro_escape',
  'no_sink',
] as const;

/** Where in a step the phase is looked at; between two looks it changes at most once. */
const looks = [0, 0.25, 0.5, 0.75, 1];

/** Width of the bracket of a change, as a share of the step. */
const sharpness = 1e-12;

/** Positive while something holds. */
type Condition = (fraction: number, tau: number) => number;

const solid: Condition = (f) => vapourFrom - f;
const notSolidThroughout: Condition = (f) => f - solidUpTo;
const notLiquid: Condition = (f) => liquidFrom - f;

/** Numbers that a run keeps for it. */
export function phaseMemory(params: Disk['params']): number {
  return isRegulated(params) ? phaseDurations.length : 0;
}

/**
 * How long each phase and each sink has lasted. Observes accepted steps alone, so it knows nothing of cuts; where a phase changes within a
 * step, the moment is found on the dense output.
 */
export class PhaseTimes {
  private readonly fractions = new Float64Array(looks.length);
  private readonly depths = new Float64Array(looks.length);
  private index = -1;
  private hasUnbound = false;
  private readonly blowout: Condition;

  /** @param kept a part of the run's state, which `step` changes */
  constructor(
    private readonly disk: Disk,
    private readonly rates: DiskRates,
    private readonly kept: Float64Array,
  ) {
    const { anyPhase, tauGate = Number.POSITIVE_INFINITY } = disk.params.blowout;
    const limit = anyPhase ? liquidFrom : vapourFrom;
    this.blowout = (f, tau) => (this.hasUnbound ? Math.min(limit - f, tauGate - tau) : -1);
  }

  /** Whether the solution inside the step is looked at. */
  get looksInside(): boolean {
    return this.rates.regulation?.dependsOnState === true;
  }

  /** Adds a step. @param index of the interval between breaks that it lies in; @param solutionAt the solution at a time within it */
  step(index: number, from: number, to: number, solutionAt: (t: number) => Float64Array): void {
    this.enter(index);
    const length = to - from;
    const look = (theta: number): [number, number] => {
      const t = from + theta * length;
      const y = solutionAt(t);
      return [this.rates.vapourFraction(t, y), opticalDepth(this.disk, y)];
    };
    for (let i = 0; i < looks.length; i++) [this.fractions[i], this.depths[i]] = look(looks[i]);
    this.add(length, (condition) => this.shareOf(condition, look));
  }

  private enter(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.hasUnbound = this.disk.params.blowout.enabled && intervalBranches(this.disk, index).straddled >= 0;
  }

  private add(length: number, shareOf: (condition: Condition) => number): void {
    const { kept, blowout } = this;
    const escapes = this.disk.params.escape !== undefined;
    const asSolid = shareOf(solid);
    const solidThroughout = 1 - shareOf(notSolidThroughout);
    const liquid = 1 - shareOf(notLiquid);
    const blown = shareOf(blowout);
    const blownAsSolid = shareOf((f, tau) => Math.min(blowout(f, tau), solid(f, tau)));
    const shares = [
      asSolid,
      1 - asSolid,
      solidThroughout,
      1 - solidThroughout - liquid,
      liquid,
      blown,
      escapes ? 1 - asSolid : 0,
      escapes ? asSolid - blownAsSolid : 1 - blown,
    ];
    for (let x = 0; x < kept.length; x++) kept[x] += shares[x] * length;
  }

  /** The share of the step in which a condition holds. */
  private shareOf(condition: Condition, look: (theta: number) => [number, number]): number {
    const holds = (i: number) => condition(this.fractions[i], this.depths[i]) > 0;
    let sum = 0;
    for (let i = 1; i < looks.length; i++) {
      const [a, b] = [looks[i - 1], looks[i]];
      if (holds(i - 1) === holds(i)) sum += holds(i) ? b - a : 0;
      else {
        const change = bisect((theta) => condition(...look(theta)), a, b, sharpness);
        sum += holds(i) ? b - change : change - a;
      }
    }
    return sum;
  }
}
