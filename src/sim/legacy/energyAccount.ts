import {
  CollisionEnergies,
  type EnergyRow,
  energySums,
  integratedSums,
  type KeptShares,
} from '../mars/energy.js';
import { type CollisionTables, type Grains, remnantShare } from './collisionTables.js';
import type { LegacyParams } from './params.js';

/**
 * Energy of the collisions (physics.md f). Rates are those of the start of a step, with which its fragments come out too; amounts are these
 * times the time by which the state moves on, not by which the clock does (Z1, Z9): what never collided has no energy.
 */
export class LegacyEnergy implements EnergyRow {
  readonly rates = new Float64Array(energySums.length);
  readonly inStep = new Float64Array(integratedSums);
  private readonly energies: CollisionEnergies;
  private readonly kernel: Float64Array;
  private readonly remnant: Float64Array;
  private readonly binMasses: Float64Array;

  /** @param since amounts since the start: a part of the run's state, to which `add` adds */
  constructor(
    { sizes: { bins } }: LegacyParams,
    shares: KeptShares,
    readonly since: Float64Array,
  ) {
    this.energies = new CollisionEnergies(bins, shares);
    this.kernel = new Float64Array(bins * bins);
    this.remnant = new Float64Array(bins * bins);
    this.binMasses = new Float64Array(bins);
  }

  /** Takes other sizes, reach or speed. @param tables made for them; @param v impact speed, m/s */
  set(grains: Grains, { reach, thresholds }: CollisionTables, v: number): void {
    const { kernel, remnant } = this;
    const { sizes, masses } = grains;
    const bins = sizes.length;
    for (let i = 0; i < bins; i++) {
      for (let j = i; j < bins; j++) {
        const wide = sizes[i] + sizes[j];
        kernel[i * bins + j] = reach * wide * wide;
        remnant[i * bins + j] = remnantShare(thresholds, grains, i, j, v);
      }
    }
    this.energies.set({ masses, kernel, remnant, speed: v });
  }

  /** Rates of a step that begins. @param numbers m-2 */
  meet(numbers: Float64Array, masses: Float64Array): void {
    const { binMasses } = this;
    for (let k = 0; k < binMasses.length; k++) binMasses[k] = masses[k] * numbers[k];
    this.energies.rates(binMasses, this.rates);
  }

  /** Amounts of the step. @param covered s by which the state has moved on */
  add(covered: number): void {
    const { rates, inStep, since } = this;
    for (let x = 0; x < integratedSums; x++) {
      inStep[x] = covered * rates[x];
      since[x] += inStep[x];
    }
  }

  /** A step without collisions. */
  rest(): void {
    this.rates.fill(0);
    this.inStep.fill(0);
  }
}

/** The account of a run, or null where none is asked for. */
export function legacyEnergy(params: LegacyParams, since: Float64Array): LegacyEnergy | null {
  return params.energy === undefined ? null : new LegacyEnergy(params, params.energy, since);
}
