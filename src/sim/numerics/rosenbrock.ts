import { factorize, solve } from './lu.js';
import type { Tableau } from './rodas5p.js';

/**
 * A stiff system y' = f(t, y). y holds `coupled` unknowns that feed back, then `ledgers`: integrals that do not. The total `weights . y`
 * changes only by a known source: weights . f = supply(t, y). The solver keeps that to rounding.
 */
export interface LedgerSystem {
  readonly coupled: number;
  readonly ledgers: number;
  /** 1 for every unknown that is in the total, the first among them; 0 for the others. */
  readonly weights: Float64Array;
  /** f(t, y) -> out, coupled unknowns and ledgers. */
  rates(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivative of f by t -> out, coupled unknowns and ledgers. */
  timeDerivative(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivatives of the coupled unknowns' rates by themselves -> out, row-major coupled x coupled. */
  jacobian(t: number, y: Float64Array, out: Float64Array): void;
  /** Partial derivatives of the ledgers' rates by the coupled unknowns -> out, ledgers x coupled. */
  ledgerJacobian(t: number, y: Float64Array, out: Float64Array): void;
  supply(t: number, y: Float64Array): number;
  /** Partial derivative of the supply by t. */
  supplyDerivative(t: number, y: Float64Array): number;
  /** Partial derivatives of the supply by the coupled unknowns -> out, where it depends on any. */
  readonly supplyGradient?: ((t: number, y: Float64Array, out: Float64Array) => void) | undefined;
}

/**
 * One step of a linearly implicit Runge-Kutta method (eq. 43 of docs/physics.md) whose stages keep the system's total exactly (spec/resolved.md 2.2).
 * All work space is allocated here, none in the loop. Use: `prepare` once per step, then `attempt` with one or more step lengths.
 */
export class Rosenbrock {
  /** Solution and error estimate of the last successful attempt, all unknowns. */
  readonly solution: Float64Array;
  readonly error: Float64Array;
  /** Stage increments k_i of the last attempt, stages x size. */
  readonly increments: Float64Array;
  private readonly size: number;
  /** Whether every unknown counts fully in the total. */
  private readonly plain: boolean;
  private readonly rates0: Float64Array;
  private readonly timeRates: Float64Array;
  private readonly jacobian: Float64Array;
  private readonly ledgerRows: Float64Array;
  private readonly columnLoss: Float64Array;
  /** Derivatives of the supply by the coupled unknowns; null where it depends on none. */
  private readonly gradient: Float64Array | null;
  private supplySlope = 0;
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
    const { coupled, ledgers, weights } = system;
    const size = coupled + ledgers;
    this.size = size;
    this.plain = weights.every((weight) => weight === 1);
    this.solution = new Float64Array(size);
    this.error = new Float64Array(size);
    this.increments = new Float64Array(tableau.stages * size);
    this.rates0 = new Float64Array(size);
    this.timeRates = new Float64Array(size);
    this.jacobian = new Float64Array(coupled * coupled);
    this.ledgerRows = new Float64Array(ledgers * coupled);
    this.columnLoss = new Float64Array(coupled);
    this.gradient = system.supplyGradient === undefined ? null : new Float64Array(coupled);
    this.matrix = new Float64Array(coupled * coupled);
    this.pivots = new Int32Array(coupled);
    this.stageValue = new Float64Array(size);
    this.stageRates = new Float64Array(size);
    this.rhs = new Float64Array(size);
    this.stageTotals = new Float64Array(tableau.stages);
  }

  /** Rates and derivatives at the start of a step; they serve every attempt at it. */
  prepare(t: number, y: Float64Array): void {
    const { system, columnLoss, ledgerRows } = this;
    const { coupled, ledgers, weights } = system;
    system.rates(t, y, this.rates0);
    system.timeDerivative(t, y, this.timeRates);
    system.jacobian(t, y, this.jacobian);
    system.ledgerJacobian(t, y, ledgerRows);
    this.supplySlope = system.supplyDerivative(t, y);
    columnLoss.fill(0);
    for (let l = 0, p = 0; l < ledgers; l++) {
      const weight = weights[coupled + l];
      for (let k = 0; k < coupled; k++, p++) columnLoss[k] += weight * ledgerRows[p];
    }
    if (this.gradient === null) return;
    system.supplyGradient!(t, y, this.gradient);
    for (let k = 0; k < coupled; k++) columnLoss[k] -= this.gradient[k];
  }

  /**
   * Computes `solution` and `error` for a step of length h from (t, y), which `prepare` has seen.
   * @returns false when the matrix is singular or a stage is not finite
   */
  attempt(t: number, y: Float64Array, h: number): boolean {
    const { stages } = this.tableau;
    this.formMatrix(h);
    if (!factorize(this.matrix, this.system.coupled, this.pivots)) return false;
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
   * W = I/(h gamma) - J, with row 0 replaced by the exact column sums, weighted as the total is. Where next to nothing leaves the system, the columns of J sum to
   * about zero, W is nearly singular and the LU would lose the total; the sums are known without rounding (spec/resolved.md 2.2).
   */
  private formMatrix(h: number): void {
    const { matrix, jacobian, columnLoss } = this;
    const { coupled: n, weights } = this.system;
    const diagonal = 1 / (h * this.tableau.gamma);
    for (let k = 0; k < n; k++) matrix[k] = weights[k] * diagonal + columnLoss[k];
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

  /** Solves for k_i: coupled unknowns by the LU, ledgers by substitution, then the projection onto the exact total of the stage. */
  private solveStage(i: number, t: number, h: number): boolean {
    const { size, rhs, increments, ledgerRows, system, stageTotals, gradient } = this;
    const { coupled: n, weights } = system;
    const hg = h * this.tableau.gamma;
    const rates = i === 0 ? this.rates0 : this.stageRates;
    for (let x = 0; x < size; x++) rhs[x] += rates[x];
    let total = this.totalRate(i, t, h);
    let coupledTotal = total;
    for (let x = n; x < size; x++) coupledTotal -= weights[x] * rhs[x];
    rhs[0] = coupledTotal;
    solve(this.matrix, n, this.pivots, rhs);
    if (gradient !== null) for (let k = 0; k < n; k++) total += gradient[k] * rhs[k];
    for (let l = 0, p = 0; l < system.ledgers; l++) {
      let sum = rhs[n + l];
      for (let k = 0; k < n; k++, p++) sum += ledgerRows[p] * rhs[k];
      rhs[n + l] = hg * sum;
    }
    stageTotals[i] = hg * total;
    return this.plain
      ? project(rhs, increments, i * size, size, hg * total)
      : projectWeighted(rhs, weights, increments, i * size, hg * total);
  }

  /** Exact weighted sum of the right-hand sides of stage i over all unknowns. */
  private totalRate(i: number, t: number, h: number): number {
    const { stages, c, alpha, gammaSum } = this.tableau;
    let total = this.system.supply(t + alpha[i] * h, this.stageValue) + h * gammaSum[i] * this.supplySlope;
    for (let j = 0; j < i; j++) total += (c[i * stages + j] / h) * this.stageTotals[j];
    return total;
  }
}

/** Copies k into place, shifted in proportion to |k| so that it sums to `total` (eq. 44 of docs/physics.md). @returns false if not finite */
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

/** As `project` for a total that not all unknowns are in; the others stay as they are. */
export function projectWeighted(
  k: Float64Array,
  weights: Float64Array,
  into: Float64Array,
  at: number,
  total: number,
): boolean {
  let sum = 0;
  let gross = 0;
  let all = 0;
  for (let x = 0; x < k.length; x++) {
    const size = Math.abs(k[x]);
    sum += weights[x] * k[x];
    gross += weights[x] * size;
    all += size;
  }
  if (!(all < Number.POSITIVE_INFINITY)) return false;
  const shift = gross > 0 ? (total - sum) / gross : 0;
  for (let x = 0; x < k.length; x++) into[at + x] = k[x] + shift * weights[x] * Math.abs(k[x]);
  return true;
}
