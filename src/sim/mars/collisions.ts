import { dot } from '../numerics/lu.js';
import type { NetCollisions } from './netCoefficients.js';

/** Rates of change by collisions, and their derivatives, from the net coefficients: O(n^2), no allocation. */
export class Collisions {
  private readonly remnantMass: Float64Array;
  private readonly remnantSlopes: Float64Array;
  private readonly carried: Float64Array;

  constructor(readonly net: NetCollisions) {
    this.remnantMass = new Float64Array(net.bins);
    this.remnantSlopes = new Float64Array(net.bins * net.bins);
    this.carried = new Float64Array(net.bins);
  }

  /** dM_k/dt by collisions -> out[0..n-1]. */
  rates(M: Float64Array, out: Float64Array): void {
    const { bins, own, sent, others } = this.net;
    const R = this.remnantMass;
    for (let k = 0; k < bins; k++) {
      out[k] = M[k] * dot(own, k * bins, M, 0, bins);
      R[k] = M[k] * dot(sent, k * bins, M, 0, k + 1);
    }
    const { i, j, q, gainI, gainJ, gainQ } = others;
    for (let p = 0; p < others.count; p++) {
      const product = M[i[p]] * M[j[p]];
      out[i[p]] += gainI[p] * product;
      out[j[p]] += gainJ[p] * product;
      out[q[p]] += gainQ[p] * product;
      R[q[p]] += others.sent[p] * product;
    }
    this.spread(R, out);
  }

  /** Hands the fragments of all remnants down to the bins below, in one sweep from the top (eq. 25 of docs/physics.md). */
  private spread(R: Float64Array, out: Float64Array): void {
    const { weights, cumulative } = this.net.fragments;
    let z = 0;
    for (let k = this.net.bins - 1; k > 0; k--) {
      out[k] += weights[k] * z;
      z += R[k] / cumulative[k - 1];
    }
    out[0] += weights[0] * z;
  }

  /** d(dM_k/dt)/dM_l -> out, row-major n x n. */
  jacobian(M: Float64Array, out: Float64Array): void {
    const { bins, own, sent } = this.net;
    const dR = this.remnantSlopes;
    for (let k = 0; k < bins; k++) {
      const row = k * bins;
      const m = M[k];
      for (let l = 0; l < bins; l++) out[row + l] = m * own[row + l];
      for (let l = 0; l <= k; l++) dR[row + l] = m * sent[row + l];
      for (let l = k + 1; l < bins; l++) dR[row + l] = 0;
      out[row + k] += dot(own, row, M, 0, bins);
      dR[row + k] += dot(sent, row, M, 0, k + 1);
    }
    this.addOthers(M, out);
    this.spreadSlopes(out);
  }

  private addOthers(M: Float64Array, out: Float64Array): void {
    const { bins, others } = this.net;
    const { i, j, q, gainI, gainJ, gainQ } = others;
    const dR = this.remnantSlopes;
    for (let p = 0; p < others.count; p++) {
      const a = i[p];
      const b = j[p];
      const c = q[p] * bins;
      const ma = M[a];
      const mb = M[b];
      out[a * bins + a] += gainI[p] * mb;
      out[a * bins + b] += gainI[p] * ma;
      out[b * bins + a] += gainJ[p] * mb;
      out[b * bins + b] += gainJ[p] * ma;
      out[c + a] += gainQ[p] * mb;
      out[c + b] += gainQ[p] * ma;
      dR[c + a] += others.sent[p] * mb;
      dR[c + b] += others.sent[p] * ma;
    }
  }

  private spreadSlopes(out: Float64Array): void {
    const { bins, fragments } = this.net;
    const { weights, cumulative } = fragments;
    const dR = this.remnantSlopes;
    const z = this.carried;
    z.fill(0);
    for (let k = bins - 1; k > 0; k--) {
      const row = k * bins;
      const share = 1 / cumulative[k - 1];
      for (let l = 0; l < bins; l++) {
        out[row + l] += weights[k] * z[l];
        z[l] += dR[row + l] * share;
      }
    }
    for (let l = 0; l < bins; l++) out[l] += weights[0] * z[l];
  }
}
