import { PhysicsError } from '../model.js';
import type { CollisionTables, Grains } from './collisionTables.js';
import { sumOfProducts } from './sums.js';

/** Share of the shortest collision time that a step may cover, and mass error at which it is halved (physics.md f). */
const ofCollisionTime = 0.1;
const largestError = 0.005;
/** After so many halvings nothing is left of a step. */
const mostHalvings = 1000;

/** Rates of a step besides the collisions; per bin and second. */
export interface Sinks {
  readonly blowout: Float64Array;
  readonly sublimation: Float64Array;
  /** Of all bins. */
  external: number;
  /** Grains supplied, m-2 s-1, and their mass, kg m-2 s-1. */
  readonly source: Float64Array;
  supply: number;
}

/**
 * One implicit-explicit step of the bin numbers (eq. 50 of docs/physics.md):
 *
 *     N' = (N + dt (G + F - S N))/(1 + dt L)
 *
 * with gains and losses of its start. The step is cut to a tenth of the shortest collision time and nobody does the rest
 * (Z1; eq. 49 of docs/physics.md).
 */
export class CollisionStep {
  /** s that the state has moved on. */
  covered = 0;
  /** Largest loss rate of a bin, 1/s. */
  fastest = 0;
  /** Mass error of the step as the original measures it. */
  massError = 0;
  /** Mass rates, kg m-2 s-1. */
  gain = 0;
  loss = 0;
  blown = 0;
  external = 0;
  sublimed = 0;
  source = 0;
  /** Surface density behind the step, kg m-2. */
  sigma = 0;
  private readonly losses: Float64Array;
  private readonly gains: Float64Array;
  private readonly fragments: Float64Array;
  private readonly next: Float64Array;

  /** @param bins of the arrays given to `take`, whose numbers must be padded by one 0 */
  constructor(private readonly bins: number) {
    this.losses = new Float64Array(bins);
    // One more than there are bins: rows come in couples.
    this.gains = new Float64Array(bins + 1);
    this.fragments = new Float64Array(bins + 1);
    this.next = new Float64Array(bins);
  }

  /** @param numbers m-2, replaced by those behind the step; @throws PhysicsError when no length is accepted */
  take(numbers: Float64Array, grains: Grains, tables: CollisionTables, sinks: Sinks, dt: number): void {
    this.lossRates(numbers, grains.sizes, tables.reach);
    this.gainRates(numbers, grains.masses, tables);
    const before = this.massRates(numbers, grains.masses, sinks);
    const shortest = 1 / Math.max(this.fastest, 1e-30);
    let step = Math.min(dt, ofCollisionTime * shortest);
    for (let halvings = 0; ; halvings++) {
      if (this.tryStep(numbers, grains.masses, sinks, step, before)) break;
      if (halvings === mostHalvings) {
        throw new PhysicsError(
          `no step down to ${step} s is accepted; the rates of this state are not finite`,
        );
      }
      step /= 2;
    }
    this.covered = step;
    let loss = 0;
    for (let k = 0; k < this.bins; k++) {
      numbers[k] = this.next[k];
      loss += grains.masses[k] * this.losses[k] * numbers[k];
    }
    this.loss = loss;
  }

  /** L_i = sum_j C_ij/N_i with the full diagonal. The kernel (s_i + s_j)^2 falls into three sums. */
  private lossRates(numbers: Float64Array, sizes: Float64Array, reach: number): void {
    const { bins, losses } = this;
    let count = 0;
    let length = 0;
    let surface = 0;
    for (let k = 0; k < bins; k++) {
      const s = sizes[k];
      const sN = s * numbers[k];
      count += numbers[k];
      length += sN;
      surface += s * sN;
    }
    let fastest = 0;
    for (let k = 0; k < bins; k++) {
      const s = sizes[k];
      const rate = numbers[k] > 0 ? reach * (surface + s * (2 * length + s * count)) : 0;
      losses[k] = rate;
      if (rate > fastest) fastest = rate;
    }
    this.fastest = fastest;
  }

  /** m_k G_k: remnants that arrive, and fragments of all remnants at or above the bin. */
  private gainRates(numbers: Float64Array, masses: Float64Array, tables: CollisionTables): void {
    const { bins, gains, fragments } = this;
    const { rows, pairs, pairRates, others, weights, inverseSums } = tables;
    for (let j = 0, p = 0; j < bins; j += 2) {
      let remnant = 0;
      let dust = 0;
      let remnantNext = 0;
      let dustNext = 0;
      for (let i = 0; i < j + 2; i++, p += 4) {
        const N = numbers[i];
        remnant += rows[p] * N;
        dust += rows[p + 1] * N;
        remnantNext += rows[p + 2] * N;
        dustNext += rows[p + 3] * N;
      }
      gains[j] = numbers[j] * remnant;
      fragments[j] = numbers[j] * dust;
      gains[j + 1] = numbers[j + 1] * remnantNext;
      fragments[j + 1] = numbers[j + 1] * dustNext;
    }
    for (let at = 0, p = 0, q = 0; at < others; at++, p += 3, q += 2) {
      const both = numbers[pairs[p]] * numbers[pairs[p + 1]];
      const bin = pairs[p + 2];
      gains[bin] += pairRates[q] * both;
      fragments[bin] += pairRates[q + 1] * both;
    }
    let above = 0;
    let gain = 0;
    for (let k = bins - 1; k >= 0; k--) {
      above += fragments[k] * inverseSums[k];
      const arriving = gains[k] + weights[k] * above;
      gain += arriving;
      gains[k] = arriving / masses[k];
    }
    this.gain = gain;
  }

  /** Rates that the accounts take, with the numbers of the start; returns the mass of the start. */
  private massRates(numbers: Float64Array, masses: Float64Array, sinks: Sinks): number {
    const { blowout, sublimation, external, source } = sinks;
    let mass = 0;
    let blown = 0;
    let sublimed = 0;
    let arriving = 0;
    for (let k = 0; k < this.bins; k++) {
      const mN = masses[k] * numbers[k];
      mass += mN;
      blown += blowout[k] * mN;
      sublimed += sublimation[k] * mN;
      arriving += masses[k] * source[k];
    }
    this.blown = blown;
    this.sublimed = sublimed;
    this.external = external * mass;
    this.source = arriving;
    return mass;
  }

  private tryStep(
    numbers: Float64Array,
    masses: Float64Array,
    { blowout, sublimation, external, source, supply }: Sinks,
    step: number,
    before: number,
  ): boolean {
    const { bins, next, gains, losses } = this;
    let sigma = 0;
    let least = 0;
    for (let k = 0; k < bins; k++) {
      const N = numbers[k];
      const sink = blowout[k] + sublimation[k] + external;
      const after = (N + step * (gains[k] + source[k] - sink * N)) / (1 + step * losses[k]);
      next[k] = after;
      sigma += masses[k] * after;
      if (after < least) least = after;
    }
    if (least < 0) return false;
    const lost = this.blown + this.sublimed + this.external;
    const expected = before + step * supply;
    const scale = before === 0 ? Math.max(expected, 1e-30) : before;
    sigma = sumOfProducts(masses, next, bins);
    this.sigma = sigma;
    this.massError = Math.abs(sigma + step * lost - expected) / scale;
    return this.massError <= largestError;
  }
}
