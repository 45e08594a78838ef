/** What the slopes of a run depend on besides the masses. */
export interface SlopeRules {
  /** Last cell, n; the masses are numbered from 0, the floor. */
  readonly count: number;
  /** Mass below which a cell counts as empty, constants of the run, kg m-2. */
  readonly empty: Float64Array;
  /** Cells at whose lower edge two equal grains grow when they meet; indexed like the masses. */
  readonly growing: readonly boolean[];
}

/** Slopes L_k and their derivatives by the masses of the cell below, the cell itself and the cell above. */
export class SlopeSet {
  readonly values: Float64Array;
  readonly below: Float64Array;
  readonly here: Float64Array;
  readonly above: Float64Array;

  constructor(count: number) {
    this.values = new Float64Array(count + 1);
    this.below = new Float64Array(count + 1);
    this.here = new Float64Array(count + 1);
    this.above = new Float64Array(count + 1);
  }
}

/** E(z) = 2: the density falls to zero at the upper edge. Steeper in growing cells, which otherwise overshoot (spec/sizes.md 5.3). */
const steepest = -1.5936242600400401;
const steepestGrowing = -3;

/** s_max is a sharp end that moves down through the last cell: its slope may be this many times its mass. */
const topLimit = 5;

/** Below this size of z the quotients are replaced by their series. */
const small = 1e-3;

/**
 * Slopes L_k = sigma_k M_k of the mass profile (M_k/h)(1 + sigma_k xi) in every cell, from the masses of the neighbours
 * (eq. 52 of docs/physics.md):
 * an exponential profile is reproduced, an extremum is flat. A function of the masses alone, without history.
 */
export class Slopes {
  /** L itself: sublimation, tau. */
  readonly full: SlopeSet;
  /** Not beyond +-M/2 in growing cells, where pairs of steep profiles would count negative: collisions. */
  readonly colliding: SlopeSet;
  /** Not below -M: blow-out, tau_bound. */
  readonly leaving: SlopeSet;

  /** The masses of the last call: rates, their derivatives and the measures ask for the same ones, one after the other. */
  private readonly last: Float64Array;

  constructor(private readonly rules: SlopeRules) {
    this.last = new Float64Array(rules.count + 1).fill(Number.NaN);
    this.full = new SlopeSet(rules.count);
    this.colliding = new SlopeSet(rules.count);
    this.leaving = new SlopeSet(rules.count);
  }

  /** All three sets at these masses. @param y masses first */
  set(y: Float64Array): void {
    const { count } = this.rules;
    if (this.known(y)) return;
    for (let k = 1; k < count; k++) this.interior(y, k);
    this.top(y);
    for (let k = 1; k <= count; k++) this.limit(y[k], k);
  }

  private known(y: Float64Array): boolean {
    const { last } = this;
    let same = true;
    for (let k = 0; k < last.length; k++) {
      // Zeros of either sign are equal, what is made of them is not.
      if (last[k] !== y[k] || y[k] === 0) same = false;
      last[k] = y[k];
    }
    return same;
  }

  /** Harmonic mean of the logarithmic rises on both sides; the first cell knows only the one above it. */
  private interior(y: Float64Array, k: number): void {
    const { empty } = this.rules;
    const low = k > 1 ? Math.max(y[k - 1], 0) + empty[k] : 0;
    const mid = Math.max(y[k], 0) + empty[k];
    const high = Math.max(y[k + 1], 0) + empty[k];
    const U = Math.log(high / mid);
    const W = k > 1 ? Math.log(mid / low) : U;
    if (k > 1 && U * W <= 0) {
      this.flat(k);
      return;
    }
    const z = k > 1 ? (2 * U * W) / (U + W) : U;
    const dU = k > 1 ? (2 * W * W) / ((U + W) * (U + W)) : 1;
    const dW = k > 1 ? (2 * U * U) / ((U + W) * (U + W)) : 0;
    const zBelow = y[k - 1] > 0 && k > 1 ? -dW / low : 0;
    const zHere = y[k] > 0 ? (dW - dU) / mid : 0;
    const zAbove = y[k + 1] > 0 ? dU / high : 0;
    this.exponential(y[k], k, z, zBelow, zHere, zAbove);
  }

  private top(y: Float64Array): void {
    const { count: n, empty } = this.rules;
    const { full } = this;
    const own = y[n];
    const next = y[n - 1];
    if (next > own) {
      const free = own - next >= -topLimit * own;
      full.values[n] = free ? own - next : own > 0 ? -topLimit * own : 0;
      full.below[n] = free ? -1 : 0;
      full.here[n] = free ? 1 : own > 0 ? -topLimit : 0;
      full.above[n] = 0;
      return;
    }
    const low = Math.max(next, 0) + empty[n];
    const mid = Math.max(own, 0) + empty[n];
    this.exponential(own, n, Math.log(mid / low), next > 0 ? -1 / low : 0, own > 0 ? 1 / mid : 0, 0);
  }

  private flat(k: number): void {
    const { full } = this;
    full.values[k] = 0;
    full.below[k] = 0;
    full.here[k] = 0;
    full.above[k] = 0;
  }

  /** L = M (1 - E(z)), E(z) = z/(e^z - 1): density at the lower edge of an exponential profile over its mean. */
  private exponential(
    M: number,
    k: number,
    free: number,
    zBelow: number,
    zHere: number,
    zAbove: number,
  ): void {
    const { full } = this;
    const lowest = this.rules.growing[k] ? steepestGrowing : steepest;
    const z = Math.max(free, lowest);
    const e = Math.exp(z) - 1;
    const E = Math.abs(z) < small ? 1 - z / 2 + (z * z) / 12 : z / e;
    full.values[k] = M * (1 - E);
    if (z !== free) {
      full.below[k] = 0;
      full.here[k] = 1 - E;
      full.above[k] = 0;
      return;
    }
    const slope = Math.abs(z) < small ? z / 6 - 0.5 : (e - z * (e + 1)) / (e * e);
    full.below[k] = -M * slope * zBelow;
    full.here[k] = 1 - E - M * slope * zHere;
    full.above[k] = -M * slope * zAbove;
  }

  /** The two limited sets. A mass slightly below zero, which the tolerance allows, is limited by its size. */
  private limit(M: number, k: number): void {
    const { full, colliding, leaving } = this;
    const L = full.values[k];
    const size = Math.abs(M);
    if (this.rules.growing[k] && Math.abs(L) > size / 2) clip(colliding, k, M, L > 0 ? 0.5 : -0.5);
    else take(full, colliding, k);
    if (L < -size) clip(leaving, k, M, -1);
    else take(full, leaving, k);
  }
}

function clip(set: SlopeSet, k: number, M: number, share: number): void {
  set.values[k] = share * Math.abs(M);
  set.below[k] = 0;
  set.here[k] = M < 0 ? -share : share;
  set.above[k] = 0;
}

function take(from: SlopeSet, into: SlopeSet, k: number): void {
  into.values[k] = from.values[k];
  into.below[k] = from.below[k];
  into.here[k] = from.here[k];
  into.above[k] = from.above[k];
}
