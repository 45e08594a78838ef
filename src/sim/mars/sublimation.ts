import { gasConstant, marsRadius } from './constants.js';
import type { SizeGrid } from './grid.js';
import type { MarsParams } from './params.js';

export type SublimationLaw = NonNullable<MarsParams['sublimation']>;

/** T_grain/T_M of a black grain at radius r: sqrt(R_M/(2 r)). */
export function grainTemperatureRatio(r: number): number {
  return Math.sqrt(marsRadius / (2 * r));
}

/** Whether the liquid branch of the vapour pressure holds at a grain temperature, K. */
export function isLiquid(law: SublimationLaw, T: number): boolean {
  return law.liquid !== null && T >= law.liquid.switch;
}

/** log10 P = A - B/T; P in Pa. */
export function vapourPressure(law: SublimationLaw, T: number, liquid: boolean): number {
  const { A, B } = liquid && law.liquid !== null ? law.liquid : law;
  return Math.exp(Math.LN10 * (A - B / T));
}

/** Mass flux and its derivative by grain temperature. */
export interface Flux {
  /** kg m-2 s-1 */
  J: number;
  slope: number;
}

/** Hertz-Knudsen-Langmuir flux J = alpha max(P_sat - P_gas, 0) sqrt(mu/(2 pi R T)) into `out` (physics.md g). */
export function sublimationFlux(law: SublimationLaw, T: number, liquid: boolean, out: Flux): void {
  const P = vapourPressure(law, T, liquid);
  const excess = P - law.gasPressure;
  if (excess <= 0) {
    out.J = 0;
    out.slope = 0;
    return;
  }
  const { B } = liquid && law.liquid !== null ? law.liquid : law;
  const perPressure = law.alphaEvap * Math.sqrt(law.molarMass / (2 * Math.PI * gasConstant * T));
  out.J = perPressure * excess;
  out.slope = perPressure * ((P * Math.LN10 * B) / (T * T) - excess / (2 * T));
}

/** Coefficients of the upwind flux through the bins, per unit J and bin mass (spec/resolved.md 1.5). */
export interface ShrinkCoefficients {
  /** a_k: mass that leaves bin k, m2/kg. */
  readonly leaving: Float64Array;
  /** g_k: what arrives in bin k from bin k + 1, per mass of that bin. */
  readonly arriving: Float64Array;
  /** h_k: mass turned into vapour, per mass of bin k. */
  readonly vapour: Float64Array;
}

export function shrinkCoefficients(grid: SizeGrid): ShrinkCoefficients {
  const { bins, sizes, masses } = grid;
  const surface = sizes.map((s) => 4 * Math.PI * s * s);
  const leaving = surface.map((area, k) => area / (masses[k] - (k > 0 ? masses[k - 1] : 0)));
  const arriving = surface.map((_, k) => (k + 1 < bins ? (leaving[k + 1] * masses[k]) / masses[k + 1] : 0));
  const vapour = surface.map((area, k) => area / masses[k]);
  return { leaving, arriving, vapour };
}
