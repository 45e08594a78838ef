import type { DenseOutput } from '../numerics/denseOutput.js';
import { type CollisionEnergies, type EnergyRow, energySums, integratedSums } from './energy.js';

/**
 * Nodes and weights on [0, 1] of the Gauss-Legendre rule of five points. A quadratic form of the dense output is a polynomial of degree 8 in
 * time, which the rule integrates exactly: the account does not depend on where rows lie in a step.
 */
const nodes = [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.9530899229693319];
const weights = [
  0.11846344252809454,
  0.23931433524968324,
  64 / 225,
  0.23931433524968324,
  0.11846344252809454,
];

/** Energies and collisions since the start of the run, J m-2 and m-2. Observes the solution; steps do not know of it. */
export class EnergyAccount implements EnergyRow {
  /** Rates at the last row. */
  readonly rates = new Float64Array(energySums.length);
  /** Amounts since the start at the last row, and those of them that belong to the step in which it lies. */
  readonly since: Float64Array = new Float64Array(integratedSums);
  readonly inStep: Float64Array = new Float64Array(integratedSums);
  private readonly sums = new Float64Array(energySums.length);
  private readonly between: Float64Array;

  /** @param kept amounts up to the step under way: a part of the run's state, which `close` changes */
  constructor(
    private readonly energies: CollisionEnergies,
    private readonly kept: Float64Array,
    unknowns: number,
  ) {
    this.between = new Float64Array(unknowns);
  }

  /** Sets the rates and amounts of a row. @param theta place of the row in a step of `length` s; @param y solution there */
  row(theta: number, length: number, inside: DenseOutput, y: Float64Array): void {
    this.energies.rates(y, this.rates);
    this.integrate(theta, length, inside, this.inStep);
    for (let x = 0; x < integratedSums; x++) this.since[x] = this.kept[x] + this.inStep[x];
  }

  /** Adds a whole step to the amounts. */
  close(length: number, inside: DenseOutput): void {
    this.integrate(1, length, inside, this.inStep);
    for (let x = 0; x < integratedSums; x++) this.kept[x] += this.inStep[x];
  }

  /** Integrals from the start of the step to theta. */
  private integrate(theta: number, length: number, inside: DenseOutput, out: Float64Array): void {
    out.fill(0);
    if (length === 0) return;
    for (let p = 0; p < nodes.length; p++) {
      inside.at(theta * nodes[p], this.between);
      this.energies.rates(this.between, this.sums);
      for (let x = 0; x < integratedSums; x++) out[x] += theta * length * weights[p] * this.sums[x];
    }
  }
}
