import type { Disk } from './disk.js';
import type { PhaseBranch } from './interval.js';
import { allVapourFrom, liquidFrom, pressureDamping, vapourFraction, vapourFrom } from './phase.js';
import { escapeStrength } from './sinkTimes.js';
import type { Openings } from './sizeScheme.js';

/** Everything that phase and optical depth open and close: shares of the full rates, and the rate of hydrodynamic escape, 1/s. */
export interface Gates extends Openings {
  supply: number;
  escape: number;
}

const open = (): Gates => ({ collisions: 1, blowout: 1, sublimation: 1, supply: 1, escape: 0 });
const unmoved = (): Gates => ({ collisions: 0, blowout: 0, sublimation: 0, supply: 0, escape: 0 });

/**
 * Where a switch depends on the state, it goes over so much of f, and so much of tau_max, in front of its limit. A switch at a point has no
 * solution where both sides push against each other: solid grains are blown out, tau falls, the grains count as vapour, tau rises again, without
 * end. The narrow ramp has the same course in its limit (Filippov), and the solver steps over it.
 */
export const rampOfFraction = 0.01;
export const rampOfDepth = 0.01;

/** How far something has gone over, and what is left of it; their sum is 1. */
export interface Passage {
  readonly value: number;
  readonly rest: number;
  /** Derivative of `value`. */
  readonly slope: number;
}

const before: Passage = { value: 0, rest: 1, slope: 0 };
const behind: Passage = { value: 1, rest: 0, slope: 0 };

/**
 * 0 below the ramp that ends at `limit`, 1 from the limit on, 3u^2 - 2u^3 between; `slope` by x. The rest has a formula of its own: where a
 * supply opens into an empty ring, 1 - value is rounding, and all that flows in is made of it.
 */
export function ramp(x: number, limit: number, width: number): Passage {
  const v = (limit - x) / width;
  if (v >= 1) return before;
  if (v <= 0) return behind;
  const u = 1 - v;
  return { value: u * u * (3 - 2 * u), rest: v * v * (3 - 2 * v), slope: (6 * u * v) / width };
}

/** What a disk has of phases, a gate by optical depth, and escape. */
export type Regulated = Pick<Disk, 'params' | 'cooling' | 'measures'>;

/** Whether anything in a run is opened and closed. */
export function isRegulated({ phase, blowout, escape: escaping }: Disk['params']): boolean {
  return phase !== undefined || blowout.tauGate !== undefined || escaping !== undefined;
}

/**
 * How far each process goes on at a time and state (physics.md h and j): collisions end in melt, blow-out and supply need solid grains,
 * sublimation ends in melt unless it is allowed there, vapour escapes; blow-out waits behind too much dust.
 */
export class Regime {
  readonly gates = open();
  /** Partial derivatives of `gates` by optical depth and by time. */
  readonly byDepth = unmoved();
  readonly byTime = unmoved();
  /** Vapour fraction. */
  fraction = 0;
  private fractionByDepth = 0;
  private fractionByTime = 0;
  private branch: PhaseBranch = 'solid';

  constructor(private readonly disk: Regulated) {}

  /** Whether the gates depend on the optical depth. */
  get dependsOnState(): boolean {
    return this.branch === 'by optical depth' || this.disk.params.blowout.tauGate !== undefined;
  }

  enter(branch: PhaseBranch): void {
    this.branch = branch;
  }

  set(t: number, y: Float64Array): void {
    const { measures, params } = this.disk;
    const tau = params.lineOfSight * measures.opticalDepth(y);
    this.setFraction(t, tau);
    this.setPhase(t);
    this.setTauGate(tau);
  }

  /** f and its derivatives; constant where the branch says so. */
  private setFraction(t: number, tau: number): void {
    const { phase } = this.disk.params;
    this.fraction = this.branch === 'all vapour' ? 1 : 0;
    this.fractionByDepth = 0;
    this.fractionByTime = 0;
    if (phase === undefined || this.branch === 'all solid' || this.branch === 'all vapour') return;
    const T = this.disk.cooling.at(t) * phase.temperatureRatio;
    // Rounding at the ends of an interval must not pick the law of the next one.
    const top = allVapourFrom(phase);
    const inside = Math.min(Math.max(T, phase.condense * (1 + 1e-15)), top * (1 - 1e-15));
    this.fraction = vapourFraction(phase, inside, phase.pressure, tau);
    const perKelvin = this.fraction / (inside - phase.condense);
    this.fractionByTime = perKelvin * phase.temperatureRatio * this.disk.cooling.slope(t);
    if (phase.referenceTau !== null) this.fractionByDepth = -this.fraction / (phase.referenceTau + tau);
  }

  private setPhase(t: number): void {
    const { params } = this.disk;
    const { gates, byDepth, byTime } = this;
    const vapour = this.share(vapourFrom, ['vapour', 'melt', 'all vapour']);
    const melt = this.share(liquidFrom, ['melt', 'all vapour']);
    this.put('supply', vapour.rest, -vapour.slope);
    this.put('collisions', melt.rest, -melt.slope);
    if (params.blowout.anyPhase) this.put('blowout', melt.rest, -melt.slope);
    else this.put('blowout', vapour.rest, -vapour.slope);
    if (params.phase?.sublimesAsMelt === false) this.put('sublimation', melt.rest, -melt.slope);
    if (params.escape === undefined) return;
    const T = this.disk.cooling.at(t);
    const strength = escapeStrength(params.escape, T);
    const { leastFraction, exponent } = params.escape;
    const above = this.fraction > leastFraction;
    const f = above ? this.fraction : leastFraction;
    gates.escape = strength * vapour.value * f;
    const slope = strength * (vapour.slope * f + (above ? vapour.value : 0));
    byDepth.escape = slope * this.fractionByDepth;
    byTime.escape = slope * this.fractionByTime + (gates.escape * exponent * this.disk.cooling.slope(t)) / T;
  }

  /** Whether f has reached a limit, as a share, with its derivative by f; a known answer where time alone decides. */
  private share(limit: number, reached: readonly PhaseBranch[]): Passage {
    if (this.branch === 'by optical depth') return ramp(this.fraction, limit, rampOfFraction);
    return reached.includes(this.branch) ? behind : before;
  }

  private put(gate: keyof Gates, value: number, byFraction: number): void {
    this.gates[gate] = value;
    this.byDepth[gate] = byFraction * this.fractionByDepth;
    this.byTime[gate] = byFraction * this.fractionByTime;
  }

  private setTauGate(tau: number): void {
    const { tauGate } = this.disk.params.blowout;
    if (tauGate === undefined) return;
    const { gates, byDepth, byTime } = this;
    const closed = ramp(tau, tauGate, rampOfDepth * tauGate);
    byDepth.blowout = byDepth.blowout * closed.rest - gates.blowout * closed.slope;
    byTime.blowout *= closed.rest;
    gates.blowout *= closed.rest;
  }
}

/** Branch of the phase where time alone decides, or 'by optical depth'. @param T of Mars, K, in the middle of an interval */
export function phaseBranch(phase: Disk['params']['phase'], T: number): PhaseBranch {
  if (phase === undefined) return 'all solid';
  const input = T * phase.temperatureRatio;
  if (input <= phase.condense) return 'all solid';
  if (input >= allVapourFrom(phase)) return 'all vapour';
  if (phase.referenceTau !== null) return 'by optical depth';
  const f = vapourFraction(phase, input, phase.pressure, 0);
  return f >= liquidFrom ? 'melt' : f >= vapourFrom ? 'vapour' : 'solid';
}

/** Temperatures of Mars, K, at which the phase has a kink or jumps whatever the state. */
export function phaseTemperatures(phase: Disk['params']['phase']): number[] {
  if (phase === undefined) return [];
  const top = allVapourFrom(phase);
  const found = [phase.condense, top];
  // An empty ring damps nothing, and what then flows into it starts with the ramp: no step may run over that.
  const ramps = phase.referenceTau === null ? [0] : [0, rampOfFraction];
  for (const limit of [vapourFrom, liquidFrom].flatMap((end) => ramps.map((width) => end - width))) {
    const share = limit * pressureDamping(phase, phase.pressure);
    if (share < 1) found.push(phase.condense + share * (top - phase.condense));
  }
  return found.map((T) => T / phase.temperatureRatio);
}
