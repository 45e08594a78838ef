import { PhysicsError } from '../model.js';
import { type MonotoneCubic, pchip } from '../numerics/pchip.js';
import { bisect } from '../numerics/root.js';
import { onceFor } from '../onceFor.js';
import { gasConstant, marsRadius } from './constants.js';
import type { SizeGrid } from './grid.js';
import type { MarsParams } from './params.js';
import type { PressureLine } from './vapourLaws.js';

type Sublimation = NonNullable<MarsParams['sublimation']>;
/** The Hertz-Knudsen-Langmuir flux from a vapour pressure. */
export type EvaporationLaw = Extract<Sublimation, { A: number }>;
/** The mass flux itself as an exponential of temperature. */
export type ExponentialLaw = Extract<Sublimation, { kind: 'exponential' }>;
export type SublimationLaw = EvaporationLaw | ExponentialLaw;

/** T_grain/T_M of a black grain at radius r: sqrt(R_M/(2 r)) (eq. 26 of docs/physics.md). */
export function grainTemperatureRatio(r: number): number {
  return Math.sqrt(marsRadius / (2 * r));
}

/** What gives the vapour pressure: a formula below or above the liquid switch, or a table, or what stands for it beyond its ends. */
export type VapourBranch = 'solid' | 'liquid' | 'table' | 'below table' | 'above table';

/** The branch that holds at a grain temperature, K. */
export function vapourBranch(law: SublimationLaw, T: number): VapourBranch {
  if (isExponential(law)) return 'solid';
  const { pressureTable, liquid } = law;
  if (pressureTable !== undefined) {
    const { temperatures } = pressureTable;
    if (T < temperatures[0]) return 'below table';
    return T > temperatures[temperatures.length - 1] ? 'above table' : 'table';
  }
  return liquid !== null && T >= liquid.switch ? 'liquid' : 'solid';
}

export function isExponential(law: SublimationLaw): law is ExponentialLaw {
  return 'kind' in law;
}

/** The line log10 P = A - B/T of a branch; null inside a table. */
function lineOf(law: EvaporationLaw, branch: VapourBranch): PressureLine | null {
  const { pressureTable, liquid } = law;
  switch (branch) {
    case 'table':
      return null;
    case 'below table':
      return pressureTable?.cold ?? law;
    case 'above table':
      return pressureTable?.hot ?? law;
    case 'liquid':
      return liquid ?? law;
    case 'solid':
      return law;
  }
}

const interpolated = onceFor(({ temperatures, logPressures }: NonNullable<EvaporationLaw['pressureTable']>) =>
  pchip(Float64Array.from(temperatures), Float64Array.from(logPressures)),
);

/** log10 P over T of a table. */
function tableOf({ pressureTable }: EvaporationLaw): MonotoneCubic {
  if (pressureTable === undefined)
    throw new PhysicsError('sublimation: there is no table of vapour pressures');
  return interpolated(pressureTable);
}

/** P_sat, Pa: log10 P = A - B/T, or monotone cubic through the logarithms of a table (eq. 28 of docs/physics.md). */
export function vapourPressure(law: EvaporationLaw, T: number, branch: VapourBranch): number {
  const line = lineOf(law, branch);
  return Math.exp(Math.LN10 * (line === null ? tableOf(law).value(T) : line.A - line.B / T));
}

/** dP/dT at a pressure P, Pa/K. */
function pressureSlope(law: EvaporationLaw, T: number, branch: VapourBranch, P: number): number {
  const line = lineOf(law, branch);
  return line === null ? P * Math.LN10 * tableOf(law).slope(T) : (P * Math.LN10 * line.B) / (T * T);
}

/** Mass flux and its derivative by grain temperature. */
export interface Flux {
  /** kg m-2 s-1 */
  J: number;
  slope: number;
}

/**
 * Mass flux of a grain at temperature T into `out` (eq. 29 of docs/physics.md): Hertz-Knudsen-Langmuir, J = alpha max(P_sat - P_gas, 0)
 * sqrt(mu/(2 pi R T)), or exp((T - T_ref)/width) kg m-2 s-1.
 */
export function sublimationFlux(law: SublimationLaw, T: number, branch: VapourBranch, out: Flux): void {
  if (isExponential(law)) {
    out.J = Math.exp((T - law.reference) / law.width);
    out.slope = out.J / law.width;
    return;
  }
  const P = vapourPressure(law, T, branch);
  const excess = P - law.gasPressure;
  if (excess <= 0) {
    out.J = 0;
    out.slope = 0;
    return;
  }
  const perPressure = law.alphaEvap * Math.sqrt(law.molarMass / (2 * Math.PI * gasConstant * T));
  out.J = perPressure * excess;
  out.slope = perPressure * (pressureSlope(law, T, branch, P) - excess / (2 * T));
}

/** Grain temperatures [K] at which the flux jumps or has a kink. */
export function vapourSwitches(law: SublimationLaw): number[] {
  if (isExponential(law)) return [];
  const { pressureTable, liquid } = law;
  const switches: number[] = [];
  if (pressureTable !== undefined) {
    switches.push(
      pressureTable.temperatures[0],
      pressureTable.temperatures[pressureTable.temperatures.length - 1],
    );
  } else if (liquid !== null) switches.push(liquid.switch);
  return law.gasPressure > 0 ? [...switches, ...starts(law)] : switches;
}

/** Grain temperatures at which the vapour pressure passes that of the ambient gas, one on each branch at most. */
function starts(law: EvaporationLaw): number[] {
  const target = Math.log10(law.gasPressure);
  const branches: readonly VapourBranch[] =
    law.pressureTable === undefined ? ['solid', 'liquid'] : ['below table', 'table', 'above table'];
  return branches.flatMap((branch) => {
    const line = lineOf(law, branch);
    const T = line === null ? passing(tableOf(law), target) : line.B / (line.A - target);
    return T !== null && T > 0 && vapourBranch(law, T) === branch ? [T] : [];
  });
}

/** Where a cubic passes a value between its ends, or null. */
function passing(cubic: MonotoneCubic, value: number): number | null {
  const { nodes } = cubic;
  const above = (T: number) => cubic.value(T) - value;
  const [first, last] = [nodes[0], nodes[nodes.length - 1]];
  return above(first) > 0 === above(last) > 0 ? null : bisect(above, first, last, 0);
}

/** Coefficients of the upwind flux through the bins, per unit J and bin mass (eq. 30 of docs/physics.md). */
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
