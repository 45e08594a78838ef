import type { Tableau } from './rodas5p.js';

/**
 * The solution inside the last step, y(t + theta h) = (1-theta) y + theta (y_new + (1-theta)(H_1 + theta (H_2 + theta H_3))) with
 * H_r = sum_j h_rj k_j (Steinebach 2023; order 4; eq. 47 of docs/physics.md). Linear in the stages, so the total is kept between steps too.
 */
export class DenseOutput {
  private readonly terms: Float64Array;
  private before: Float64Array;
  private after: Float64Array;

  constructor(
    private readonly tableau: Tableau,
    private readonly size: number,
  ) {
    this.terms = new Float64Array(tableau.denseTerms * size);
    this.before = new Float64Array(size);
    this.after = this.before;
  }

  /** Takes over an accepted step. Both solutions are referenced, not copied: evaluate before they change. */
  set(before: Float64Array, after: Float64Array, increments: Float64Array): void {
    const { tableau, size, terms } = this;
    this.before = before;
    this.after = after;
    terms.fill(0);
    for (let r = 0; r < tableau.denseTerms; r++) {
      for (let j = 0; j < tableau.stages; j++) {
        const weight = tableau.dense[r * tableau.stages + j];
        for (let x = 0; x < size; x++) terms[r * size + x] += weight * increments[j * size + x];
      }
    }
  }

  /** @param theta 0 at the start of the step, 1 at its end (where the value is the solution itself, exactly) */
  at(theta: number, out: Float64Array): void {
    const { size, terms, tableau, before, after } = this;
    const rest = 1 - theta;
    for (let x = 0; x < size; x++) {
      let bend = 0;
      for (let r = tableau.denseTerms - 1; r >= 0; r--) bend = bend * theta + terms[r * size + x];
      out[x] = rest * before[x] + theta * (after[x] + rest * bend);
    }
  }
}
