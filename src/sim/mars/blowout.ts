import { cellOf, clip } from './cells.js';
import { G, marsMass, marsRadius, speedOfLight, stefanBoltzmann } from './constants.js';
import type { QprTable } from './efficiency.js';

/** Radiation pressure over gravity at which a grain released on a circular orbit is unbound (Burns, Lamy & Soter 1979). */
export const betaThreshold = 0.5;

/** K [m] of a = K Q, the radius at which beta = 1/2: 3 sigma T^4 R_M^2/(2 G M c rho) (eq. 14 of docs/physics.md). */
export function blowoutScale(T: number, density: number): number {
  const T2 = T * T;
  return (
    (3 * stefanBoltzmann * T2 * T2 * marsRadius * marsRadius) / (2 * G * marsMass * speedOfLight * density)
  );
}

/** beta(s) = 3 sigma T^4 R_M^2 Q/(4 G M c rho s) (eq. 13 of docs/physics.md). */
export function beta(s: number, T: number, Q: number, density: number): number {
  return (blowoutScale(T, density) * Q) / (2 * s);
}

/** chi of t_blow = chi/Omega when it is not given: from beta and <Q_pr> of the smallest grain at the start (eq. 17 of docs/physics.md). */
export function automaticChi(betaSmallest: number, Qsmallest: number): number {
  const b = Number.isFinite(betaSmallest) && betaSmallest > 0 ? betaSmallest : 0.5;
  const q = Number.isFinite(Qsmallest) && Qsmallest > 0 ? Qsmallest : 1;
  const byBeta = Math.max(0.1, 1 / (1 + 0.5 * (b / 0.5 - 1)));
  return limitChi(byBeta * clip(q, 0.5, 1.5));
}

export const limitChi = (chi: number) => clip(chi, 0.5, 2);

/** The cell of the Q_pr table in which the blow-out size lies; fixed between two break times. */
export interface BlowoutCell {
  /** Temperature cell; -1 below and last index above the axis (values held there, no dependence on T). */
  readonly temperature: number;
  /** Size cell [s_j, s_j+1]; -1 below the first node, last index from the last node on (values held). */
  readonly size: number;
}

/** Blow-out size and its derivative by temperature. */
export interface BlowoutSize {
  /** m */
  a: number;
  /** m/K */
  slope: number;
}

/** The root of a = K(T) Q(a, T), the largest if there are several (spec/resolved.md 1.3). */
export interface BlowoutSizes {
  /** The cell of the root at temperature T: from the largest size down, the first node that is itself blown out. */
  cell(T: number): BlowoutCell;
  /** The root at temperature T, on the branch that it is on elsewhere in an interval between break times, into `out`. */
  inCell(T: number, cell: BlowoutCell, out: BlowoutSize): void;
  /** The root at temperature T, m. */
  at(T: number): number;
}

/** The exact root. At fixed T the table is piecewise linear in size, so the root is found in closed form once its cell is known. */
export class BlowoutRoot implements BlowoutSizes {
  constructor(
    private readonly table: QprTable,
    private readonly density: number,
  ) {}

  cell(T: number): BlowoutCell {
    const { temperatures, sizes } = this.table;
    const last = temperatures.length - 1;
    if (last < 0) return { temperature: -1, size: -1 };
    const K = blowoutScale(T, this.density);
    const temperature = T < temperatures[0] ? -1 : T > temperatures[last] ? last : cellOf(temperatures, T);
    let size = sizes.length - 1;
    while (size >= 0 && K * this.nodeValue(temperature, size, T) < sizes[size]) size--;
    return { temperature, size };
  }

  inCell(T: number, cell: BlowoutCell, out: BlowoutSize): void {
    const { sizes, values } = this.table;
    const K = blowoutScale(T, this.density);
    if (sizes.length === 0) {
      out.a = K * values[0];
      out.slope = (4 * out.a) / T;
      return;
    }
    const j = Math.max(cell.size, 0);
    const Q = this.nodeValue(cell.temperature, j, T);
    const dQ = this.nodeSlope(cell.temperature, j);
    if (cell.size < 0 || cell.size === sizes.length - 1) {
      out.a = K * Q;
      out.slope = (4 * K * Q) / T + K * dQ;
      return;
    }
    const width = sizes[j + 1] - sizes[j];
    const perSize = (this.nodeValue(cell.temperature, j + 1, T) - Q) / width;
    const a = (K * (Q - perSize * sizes[j])) / (1 - K * perSize);
    const w = (a - sizes[j]) / width;
    const dQatRoot = dQ + (this.nodeSlope(cell.temperature, j + 1) - dQ) * w;
    out.a = a;
    out.slope = ((4 * a) / T + K * dQatRoot) / (1 - K * perSize);
  }

  at(T: number): number {
    this.inCell(T, this.cell(T), scratch);
    return scratch.a;
  }

  private nodeValue(cell: number, size: number, T: number): number {
    const { temperatures, sizes, values } = this.table;
    if (cell < 0) return values[size];
    if (cell === temperatures.length - 1) return values[cell * sizes.length + size];
    return values[cell * sizes.length + size] + this.nodeSlope(cell, size) * (T - temperatures[cell]);
  }

  private nodeSlope(cell: number, size: number): number {
    const { temperatures, sizes, values } = this.table;
    if (cell < 0 || cell === temperatures.length - 1) return 0;
    const p = cell * sizes.length + size;
    return (values[p + sizes.length] - values[p]) / (temperatures[cell + 1] - temperatures[cell]);
  }
}

const scratch: BlowoutSize = { a: 0, slope: 0 };
