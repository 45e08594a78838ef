import { factorize, solve } from './lu.js';
import type { Tableau } from './rodas5p.js';

/**
 * A stiff system y' = f(t, y) of `bins` unknowns that feed back and `ledgers` integrals that do not; y holds the bins first. Its total,
 * bins and ledgers together, changes only by a known source: sum f = supply(t). The solver keeps that to rounding.
 */
export interface LedgerSystem {
  readonly bins: number;
  readonly ledgers: number;
  /** f(t, y) -> out, bins and ledgers. */
  rates(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivative of f by t -> out, bins and ledgers. */
  timeDerivative(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivatives of the bins' rates by the bins -> out, row-major bins x bins. */
  jacobian(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivatives of the ledgers' rates by the bins -> out, ledgers x bins. */
  ledgerJacobian(t: number, out: Float64Array): void;
  supply(t: number): number;
  supplyDerivative(t: number): number;
}

/**
 * One step of a linearly implicit Runge-Kutta method (spec/resolved.md 2.1) whose stages keep the system's total exactly (2.2).
 * All work space is allocated here, none in the loop. Use: `prepare` once per step, then `attempt` with one or more step lengths.
 */
export class Rosenbrock {
  /** Solution and error estimate of the last successful attempt, bins and ledgers. */
  readonly solution: Float64Array;
  readonly error: Float64Array;
  /** Stage increments k_i of the last attempt, stages x size. */
  readonly increments: Float64Array;
  private readonly size: number;
  private readonly rates0: Float64Array;
  private readonly timeRates: Float64Array;
  private readonly jacobian: Float64Array;
  private readonly ledgerRows: Float64Array;
  private readonly columnLoss: Float64Array;
  private readonly matrix: Float64Array;
  private readonly pivots: Int32Array;
  private readonly stageValue: Float64Array;
  private readonly stageRates: Float64Array;
  private readonly rhs: Float64Array;
  private readonly stageTotals: Float64Array;

  constructor(
    private readonly system: LedgerSystem,
    readonly tableau: Tableau,
  ) {
    const { bins, ledgers } = system;
    const size = bins + ledgers;
    this.size = size;
    this.solution = new Float64Array(size);
    this.error = new Float64Array(size);
    this.increments = new Float64Array(tableau.stages * size);
    this.rates0 = new Float64Array(size);
    this.timeRates = new Float64Array(size);
    this.jacobian = new Float64Array(bins * bins);
    this.ledgerRows = new Float64Array(ledgers * bins);
    this.columnLoss = new Float64Array(bins);
    this.matrix = new Float64Array(bins * bins);
    this.pivots = new Int32Array(bins);
    this.stageValue = new Float64Array(size);
    this.stageRates = new Float64Array(size);
    this.rhs = new Float64Array(size);
    this.stageTotals = new Float64Array(tableau.stages);
  }

  /** Rates and derivatives at the start of a step; they serve every attempt at it. */
  prepare(t: number, y: Float64Array): void {
    const { system, columnLoss, ledgerRows } = this;
    const { bins, ledgers } = system;
    system.rates(t, y, this.rates0);
    system.timeDerivative(t, y, this.timeRates);
    system.jacobian(t, y, this.jacobian);
    system.ledgerJacobian(t, ledgerRows);
    columnLoss.fill(0);
    for (let l = 0, p = 0; l < ledgers; l++) {
      for (let k = 0; k < bins; k++, p++) columnLoss[k] += ledgerRows[p];
    }
  }

  /**
   * Computes `solution` and `error` for a step of length h from (t, y), which `prepare` has seen.
   * @returns false when the matrix is singular or a stage is not finite
   */
  attempt(t: number, y: Float64Array, h: number): boolean {
    const { stages } = this.tableau;
    this.formMatrix(h);
    if (!factorize(this.matrix, this.system.bins, this.pivots)) return false;
    for (let i = 0; i < stages; i++) {
      this.combine(i, y, h);
      if (i > 0) this.system.rates(t + this.tableau.alpha[i] * h, this.stageValue, this.stageRates);
      if (!this.solveStage(i, t, h)) return false;
    }
    const last = (stages - 1) * this.size;
    for (let x = 0; x < this.size; x++) {
      const k = this.increments[last + x];
      this.solution[x] = this.stageValue[x] + k;
      this.error[x] = k;
    }
    return true;
  }

  /**
   * W = I/(h gamma) - J, with row 0 replaced by the exact column sums. Where next to nothing leaves the system, the columns of J sum to
   * about zero, W is nearly singular and the LU would lose the total; the sums are known without rounding (spec/resolved.md 2.2).
   */
  private formMatrix(h: number): void {
    const { matrix, jacobian, columnLoss } = this;
    const n = this.system.bins;
    const diagonal = 1 / (h * this.tableau.gamma);
    for (let k = 0; k < n; k++) matrix[k] = diagonal + columnLoss[k];
    for (let p = n; p < n * n; p++) matrix[p] = -jacobian[p];
    for (let k = 1; k < n; k++) matrix[k * n + k] += diagonal;
  }

  /** stageValue = y + sum a_ij k_j and rhs = sum (c_ij/h) k_j + h gamma_i f_t. */
  private combine(i: number, y: Float64Array, h: number): void {
    const { size, increments, stageValue, rhs, timeRates } = this;
    const { stages, a, c, gammaSum } = this.tableau;
    const g = h * gammaSum[i];
    for (let x = 0; x < size; x++) {
      stageValue[x] = y[x];
      rhs[x] = g * timeRates[x];
    }
    for (let j = 0; j < i; j++) {
      const aij = a[i * stages + j];
      const cij = c[i * stages + j] / h;
      const p = j * size;
      for (let x = 0; x < size; x++) {
        const k = increments[p + x];
        stageValue[x] += aij * k;
        rhs[x] += cij * k;
      }
    }
  }

  /** Solves for k_i: bins by the LU, ledgers by substitution, then the projection onto the exact total of the stage. */
  private solveStage(i: number, t: number, h: number): boolean {
    const { size, rhs, increments, ledgerRows, system, stageTotals } = this;
    const n = system.bins;
    const hg = h * this.tableau.gamma;
    const rates = i === 0 ? this.rates0 : this.stageRates;
    for (let x = 0; x < size; x++) rhs[x] += rates[x];
    const total = this.totalRate(i, t, h);
    let binsTotal = total;
    for (let x = n; x < size; x++) binsTotal -= rhs[x];
    rhs[0] = binsTotal;
    solve(this.matrix, n, this.pivots, rhs);
    for (let l = 0, p = 0; l < system.ledgers; l++) {
      let sum = rhs[n + l];
      for (let k = 0; k < n; k++, p++) sum += ledgerRows[p] * rhs[k];
      rhs[n + l] = hg * sum;
    }
    stageTotals[i] = hg * total;
    return project(rhs, increments, i * size, size, hg * total);
  }

  /** Exact sum of the right-hand sides of stage i over bins and ledgers. */
  private totalRate(i: number, t: number, h: number): number {
    const { stages, c, alpha, gammaSum } = this.tableau;
    let total = this.system.supply(t + alpha[i] * h) + h * gammaSum[i] * this.system.supplyDerivative(t);
    for (let j = 0; j < i; j++) total += (c[i * stages + j] / h) * this.stageTotals[j];
    return total;
  }
}

/** Copies k into place, shifted in proportion to |k| so that it sums to `total`. @returns false if not finite */
export function project(
  k: Float64Array,
  into: Float64Array,
  at: number,
  size: number,
  total: number,
): boolean {
  let sum = 0;
  let gross = 0;
  for (let x = 0; x < size; x++) {
    sum += k[x];
    gross += Math.abs(k[x]);
  }
  if (!(gross < Number.POSITIVE_INFINITY)) return false;
  const shift = gross > 0 ? (total - sum) / gross : 0;
  for (let x = 0; x < size; x++) into[at + x] = k[x] + shift * Math.abs(k[x]);
  return true;
}
