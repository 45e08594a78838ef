/** What the tolerance of a vector of bins and ledgers refers to (spec/resolved.md 2.3). */
export interface ToleranceScales {
  /** Weight of each bin in the second total (opacity in the line of sight, m2/kg). */
  readonly weights: Float64Array;
  readonly rtol: number;
  /** Absolute floor as a share of the current totals. */
  readonly eta: number;
  /** Totals (sum, weighted sum) below which nothing is resolved any more: keeps the norm finite for an empty ring. */
  readonly leastTotal: number;
  readonly leastWeighted: number;
  /** Position of an unknown that is a logarithm: its error is a relative one already; -1 if there is none. */
  readonly logarithm?: number;
}

/** A total that a step multiplies by this has grown from nothing. */
const fromNothing = 1e3;

/** What a bin has below zero may grow by so little in a step. */
const leftOver = 1.001;

/**
 * Root mean square of the scaled errors of all bins, of the ledgers and of the weighted total (eq. 45 of docs/physics.md). The floors follow the CURRENT totals,
 * which may fall by many decades; floors fixed at the start would lose the optical depth at late times.
 */
export class ErrorNorm {
  /** Absolute tolerance of each bin at the start of the step. */
  readonly floors: Float64Array;
  private total = 0;
  private weighted = 0;
  /** Whether the floors are those of the end of a step. */
  private grown = false;

  constructor(private readonly scales: ToleranceScales) {
    this.floors = new Float64Array(scales.weights.length);
  }

  /** Fixes the floors from the solution at the start of a step. */
  start(y: Float64Array): void {
    this.grown = false;
    this.setFloors(y);
  }

  private setFloors(y: Float64Array): void {
    const { weights, rtol, eta, leastTotal, leastWeighted } = this.scales;
    const bins = weights.length;
    let total = 0;
    let weighted = 0;
    for (let k = 0; k < bins; k++) {
      total += y[k];
      weighted += weights[k] * y[k];
    }
    this.total = Math.max(total, leastTotal);
    this.weighted = Math.max(weighted, leastWeighted);
    const share = rtol * eta;
    for (let k = 0; k < bins; k++) this.floors[k] = share * Math.min(this.total, this.weighted / weights[k]);
  }

  /**
   * Nothing can be resolved relative to an empty ring: where a step makes a multiple of what there was (a supply sets in), the totals at its
   * end decide.
   */
  private follow(before: Float64Array, after: Float64Array): void {
    if (this.grown) this.start(before);
    let total = 0;
    for (let k = 0; k < this.floors.length; k++) total += after[k];
    if (!(total > fromNothing * this.total)) return;
    this.setFloors(after);
    this.grown = true;
  }

  /** @returns the norm of `error`; 1 is exactly at tolerance */
  of(before: Float64Array, after: Float64Array, error: Float64Array): number {
    const { weights, rtol, logarithm } = this.scales;
    const bins = weights.length;
    this.follow(before, after);
    let sum = 0;
    let weightedError = 0;
    for (let k = 0; k < bins; k++) {
      const size = Math.max(Math.abs(before[k]), Math.abs(after[k]));
      const e = error[k] / (this.floors[k] + rtol * size);
      sum += e * e;
      weightedError += weights[k] * error[k];
    }
    for (let x = bins; x < after.length; x++) {
      const size = x === logarithm ? 1 : Math.abs(after[x]) + 1e-6 * this.total;
      const e = error[x] / (rtol * size);
      sum += e * e;
    }
    const e = weightedError / (rtol * this.weighted);
    return Math.sqrt((sum + e * e) / (after.length + 1));
  }

  /** True when a bin lies below zero by more than its floor, and not only because it was there before and the floor has fallen since. */
  negative(before: Float64Array, after: Float64Array): boolean {
    for (let k = 0; k < this.floors.length; k++) {
      if (after[k] < -this.floors[k] && after[k] < leftOver * before[k]) return true;
    }
    return false;
  }
}
