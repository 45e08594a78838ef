/** Speed of the gas molecules that grains are dragged by, m/s (physics.md g). */
const gasSpeed = 500;

/** Size of the grains whose drag time the original gives to all sizes, m. */
export const dragReferenceSize = 1e-6;

/** Time in which gas of density rho_g stops a grain, rho s/(rho_g 500 m/s) (Epstein drag, eq. 40 of docs/physics.md), s. @param gasDensity kg m-3 */
export function gasDragTime(density: number, gasDensity: number, size: number): number {
  return (density * size) / (gasDensity * gasSpeed);
}

/** Hydrodynamic escape of vapour (physics.md g). */
export interface HydrodynamicEscape {
  /** Rate at the reference temperature in pure vapour, 1/s. */
  readonly strength: number;
  /** Exponent of T_M/T_ref. */
  readonly exponent: number;
  /** K */
  readonly reference: number;
  /** The vapour fraction counts as at least this. */
  readonly leastFraction: number;
}

/** strength (T_M/T_ref)^p, 1/s; exp and log because engines differ in the last bit of powers. */
export function escapeStrength({ strength, exponent, reference }: HydrodynamicEscape, T: number): number {
  return strength * Math.exp(exponent * Math.log(T / reference));
}

/** Rate of hydrodynamic escape where the grains are vapour, strength (T_M/T_ref)^p max(f_vap, floor), 1/s (eq. 41 of docs/physics.md). */
export function escapeRate(law: HydrodynamicEscape, T: number, vapourFraction: number): number {
  return escapeStrength(law, T) * Math.max(vapourFraction, law.leastFraction);
}

/** Sublimation times of the original: of a grain of one micron, and the size that is lost at once (physics.md g). */
export interface SublimationTime {
  /** eta t_ref J/rho, m */
  readonly instantSize: number;
  /** eta t_ref 1e-6 m/s_sink, s; Infinity without flux. */
  readonly time: number;
}

/** @param referenceTime 1/Omega, s; @param flux J, kg m-2 s-1 */
export function sublimationTime(
  eta: number,
  referenceTime: number,
  flux: number,
  density: number,
): SublimationTime {
  const instantSize = (eta * referenceTime * flux) / density;
  return { instantSize, time: (eta * referenceTime * dragReferenceSize) / instantSize };
}

/** Factor t_solid/(t_solid + t_blow) of `blowout.gate_mode` in the accounts of the original (physics.md k16). */
export function accountingGate(solidTime: number, blowoutTime: number): number {
  if (solidTime === Number.POSITIVE_INFINITY) return 1;
  return solidTime / (solidTime + blowoutTime);
}
