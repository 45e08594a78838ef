import { blowoutScale } from '../mars/blowout.js';
import type { QprTable } from '../mars/efficiency.js';
import { EfficiencyAtTemperature } from './efficiency.js';

/** Smallest size that the iteration may reach, m. */
const least = 1e-12;

/** Radiation pressure at one temperature, function RAD of physics.md d. */
export class LegacyRadiation {
  /** Blow-out size after six iterations, m: close to the root, not on it. */
  blowoutSize = 0;
  private scale = 0;
  private readonly efficiency: EfficiencyAtTemperature;

  constructor(
    table: QprTable,
    private readonly density: number,
  ) {
    this.efficiency = new EfficiencyAtTemperature(table);
  }

  /** @param T of Mars, K; @param start size with which the iteration begins, m */
  evaluate(T: number, start: number): void {
    const { efficiency } = this;
    efficiency.setTemperature(T);
    const K = blowoutScale(T, this.density);
    this.scale = K;
    let s = Math.max(start, least);
    for (let i = 0; i < 6; i++) s = Math.max(K * efficiency.at(s), least);
    this.blowoutSize = K * efficiency.at(s);
  }

  /** <Q_pr> at the temperature of the last evaluation. */
  Q(s: number): number {
    return this.efficiency.at(s);
  }

  /** beta of a grain of this size and efficiency. */
  beta(s: number, Q: number): number {
    return (this.scale * Q) / (2 * s);
  }
}
