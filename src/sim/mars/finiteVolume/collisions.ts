import { fold } from './fold.js';
import type { SlopeSet } from './slopes.js';
import {
  largerRow,
  type PairTables,
  perLarger,
  perRemnant,
  perSlope,
  perSmaller,
  smallerRow,
} from './tables.js';

/**
 * Rates of change of the cells' masses by collisions, and their derivatives (spec/sizes.md 1.4): bilinear in masses M and slopes L. Fragments
 * are handed down from the top in one sweep. No allocation.
 */
export class CellCollisions {
  private readonly sent: Float64Array;
  /** Derivatives by the slopes, of the cells' rates and of the mass sent below each; of the latter by the masses. */
  private readonly bySlope: Float64Array;
  private readonly sentByMass: Float64Array;
  private readonly sentBySlope: Float64Array;
  private readonly carried: Float64Array;

  constructor(readonly tables: PairTables) {
    const size = tables.count + 1;
    this.sent = new Float64Array(size);
    this.bySlope = new Float64Array(size * size);
    this.sentByMass = new Float64Array(size * size);
    this.sentBySlope = new Float64Array(size * size);
    this.carried = new Float64Array(size);
  }

  /** dM_k/dt by collisions -> out[0..n]. @param M masses first; @param L slopes */
  rates(M: Float64Array, L: Float64Array, out: Float64Array): void {
    const { sent } = this;
    const { count, band, smaller, larger, smallerSlope, largerSlope } = this.tables;
    for (let k = 0; k <= count; k++) {
      let a = 0;
      let aOwn = 0;
      let o = 0;
      let oOwn = 0;
      let d = 0;
      let dOwn = 0;
      for (let i = 0, p = smallerRow(k); i <= k; i++, p += perSmaller) {
        const m = M[i];
        a += smaller[p] * m;
        aOwn += smaller[p + 1] * m;
        o += smaller[p + 2] * m;
        oOwn += smaller[p + 3] * m;
        d += smaller[p + 4] * m;
        dOwn += smaller[p + 5] * m;
      }
      for (
        let i = Math.max(k - band, 0), p = perSlope * (band * k + i - k + band);
        i < k;
        i++, p += perSlope
      ) {
        const l = L[i];
        a += smallerSlope[p] * l;
        o += smallerSlope[p + 1] * l;
        d += smallerSlope[p + 2] * l;
      }
      let aPartner = 0;
      for (let j = k + 1, p = largerRow(count, k); j <= count; j++, p += perLarger) {
        a += larger[p] * M[j];
        aPartner += larger[p + 1] * L[j];
      }
      const last = Math.min(k + band, count);
      for (let j = k + 1, p = band * k; j <= last; j++, p++) aOwn += largerSlope[p] * M[j];
      const m = M[k];
      const l = L[k];
      out[k] = m * (a + aPartner) + l * aOwn;
      sent[k] = m * o + l * oOwn;
      if (k > 0) out[k - 1] += m * d + l * dOwn;
    }
    this.addRemnants(M, L, out);
    const { weights } = this.tables.fragments;
    let falling = 0;
    for (let k = count; k > 0; k--) {
      out[k] += weights[k] * falling;
      falling += sent[k];
    }
  }

  private addRemnants(M: Float64Array, L: Float64Array, out: Float64Array): void {
    const { sent } = this;
    const { cells, values, count } = this.tables.remnants;
    for (let e = 0, c = 0, p = 0; e < count; e++, c += 3, p += perRemnant) {
      const i = cells[c];
      const j = cells[c + 1];
      const q = cells[c + 2];
      const both = M[i] * M[j];
      const bySmaller = L[i] * M[j];
      const byLarger = M[i] * L[j];
      out[q] += values[p] * both + values[p + 1] * bySmaller + values[p + 2] * byLarger;
      sent[q] += values[p + 3] * both + values[p + 4] * bySmaller + values[p + 5] * byLarger;
    }
  }

  /** d(dM_k/dt)/dM_l -> out, row-major (n+1) x (n+1), the slopes' own derivatives included. */
  jacobian(M: Float64Array, slopes: SlopeSet, out: Float64Array): void {
    const { bySlope, sentByMass, sentBySlope, tables } = this;
    const size = tables.count + 1;
    bySlope.fill(0);
    sentByMass.fill(0);
    sentBySlope.fill(0);
    for (let k = 0; k < size; k++) {
      this.smallerPartners(k, M, slopes.values, out);
      this.largerPartners(k, M, slopes.values, out);
    }
    this.remnantSlopes(M, slopes.values, out);
    fold(out, bySlope, slopes, size);
    fold(sentByMass, sentBySlope, slopes, size);
    this.handDown(out);
  }

  /** Row k by the partners below it, and by its own mass and slope as far as they meet those. */
  private smallerPartners(k: number, M: Float64Array, L: Float64Array, out: Float64Array): void {
    const { bySlope, sentByMass, sentBySlope } = this;
    const { count, band, smaller, smallerSlope } = this.tables;
    const row = k * (count + 1);
    const below = row - (count + 1);
    const m = M[k];
    const l = L[k];
    let a = 0;
    let aOwn = 0;
    let o = 0;
    let oOwn = 0;
    let d = 0;
    let dOwn = 0;
    for (let i = 0, p = smallerRow(k); i <= k; i++, p += perSmaller) {
      const x = M[i];
      const A = smaller[p];
      const A1 = smaller[p + 1];
      const O = smaller[p + 2];
      const O1 = smaller[p + 3];
      const D = smaller[p + 4];
      const D1 = smaller[p + 5];
      a += A * x;
      aOwn += A1 * x;
      o += O * x;
      oOwn += O1 * x;
      d += D * x;
      dOwn += D1 * x;
      out[row + i] = m * A + l * A1;
      sentByMass[row + i] = m * O + l * O1;
      if (k > 0) out[below + i] += m * D + l * D1;
    }
    for (let i = Math.max(k - band, 0), p = perSlope * (band * k + i - k + band); i < k; i++, p += perSlope) {
      const x = L[i];
      a += smallerSlope[p] * x;
      o += smallerSlope[p + 1] * x;
      d += smallerSlope[p + 2] * x;
      bySlope[row + i] += m * smallerSlope[p];
      sentBySlope[row + i] += m * smallerSlope[p + 1];
      if (k > 0) bySlope[below + i] += m * smallerSlope[p + 2];
    }
    out[row + k] += a;
    bySlope[row + k] += aOwn;
    sentByMass[row + k] += o;
    sentBySlope[row + k] += oOwn;
    if (k === 0) return;
    out[below + k] += d;
    bySlope[below + k] += dOwn;
  }

  private largerPartners(k: number, M: Float64Array, L: Float64Array, out: Float64Array): void {
    const { bySlope } = this;
    const { count, band, larger, largerSlope } = this.tables;
    const row = k * (count + 1);
    const m = M[k];
    const l = L[k];
    let a = 0;
    for (let j = k + 1, p = largerRow(count, k); j <= count; j++, p += perLarger) {
      a += larger[p] * M[j] + larger[p + 1] * L[j];
      out[row + j] = m * larger[p];
      bySlope[row + j] += m * larger[p + 1];
    }
    let aOwn = 0;
    const last = Math.min(k + band, count);
    for (let j = k + 1, p = band * k; j <= last; j++, p++) {
      aOwn += largerSlope[p] * M[j];
      out[row + j] += l * largerSlope[p];
    }
    out[row + k] += a;
    bySlope[row + k] += aOwn;
  }

  private remnantSlopes(M: Float64Array, L: Float64Array, out: Float64Array): void {
    const { bySlope, sentByMass, sentBySlope } = this;
    const size = this.tables.count + 1;
    const { cells, values, count } = this.tables.remnants;
    for (let e = 0, c = 0, p = 0; e < count; e++, c += 3, p += perRemnant) {
      const i = cells[c];
      const j = cells[c + 1];
      const row = cells[c + 2] * size;
      const Mi = M[i];
      const Mj = M[j];
      const Li = L[i];
      const Lj = L[j];
      out[row + i] += values[p] * Mj + values[p + 2] * Lj;
      out[row + j] += values[p] * Mi + values[p + 1] * Li;
      bySlope[row + i] += values[p + 1] * Mj;
      bySlope[row + j] += values[p + 2] * Mi;
      sentByMass[row + i] += values[p + 3] * Mj + values[p + 5] * Lj;
      sentByMass[row + j] += values[p + 3] * Mi + values[p + 4] * Li;
      sentBySlope[row + i] += values[p + 4] * Mj;
      sentBySlope[row + j] += values[p + 5] * Mi;
    }
  }

  /** The sweep of the fragments from the top, column by column. */
  private handDown(out: Float64Array): void {
    const { sentByMass, carried, tables } = this;
    const { weights } = tables.fragments;
    const size = tables.count + 1;
    carried.fill(0);
    for (let k = size - 1; k > 0; k--) {
      const row = k * size;
      const weight = weights[k];
      for (let l = 0; l < size; l++) {
        out[row + l] += weight * carried[l];
        carried[l] += sentByMass[row + l];
      }
    }
  }
}
