import { type OpticalFit, type RefractiveIndex, refractiveIndex } from './material.js';
import { pressureEfficiency } from './sphere.js';

/** hc/k_B, m K (CODATA 2018). */
export const secondRadiation = 1.438776877e-2;

/** How a sphere is treated. */
export interface SphereOptions {
  /** Least k of the material: no real grain is perfectly transparent. */
  readonly kFloor: number;
  /** Size parameter beyond which Q_pr is set to 1; Infinity: the physical sphere. */
  readonly cut: number;
}

/** The sphere as it is. Its k_floor is not constrained by data and governs Q_pr of sizes above 0.1 mm. */
export const physicalSphere: SphereOptions = { kFloor: 1e-6, cut: Number.POSITIVE_INFINITY };

/** As in the original table: transparent where no absorption is measured, and Q_pr = 1 beyond x = 1e4. */
export const compatibleSphere: SphereOptions = { kFloor: 0, cut: 1e4 };

const index: RefractiveIndex = { n: 0, k: 0 };

/** Q_pr at one wavelength, mean over the axes. @param wavelength um @param s radius, m @param T temperature of the radiation, K */
export function spectralEfficiency(
  fit: OpticalFit,
  wavelength: number,
  s: number,
  T: number,
  options: SphereOptions,
): number {
  const x = (2e6 * Math.PI * s) / wavelength;
  if (x > options.cut) return 1;
  let sum = 0;
  for (const axis of fit.axes) {
    refractiveIndex(fit, axis, wavelength, T, options.kFloor, index);
    sum += pressureEfficiency(x, index.n, index.k, options.cut);
  }
  return sum / fit.axes.length;
}

/** Weight of a point equally spaced in ln y: y^4/(e^y - 1), y = hc/(lambda k_B T). */
export function planckWeight(y: number): number {
  const square = y * y;
  return y > 709 ? 0 : (square * square) / Math.expm1(y);
}

/**
 * <Q_pr>(s, T): mean of Q_pr over the Planck spectrum, `points` equally spaced in ln y on [0.02, 50] (eq. 15 of docs/physics.md). 600 points err by
 * up to 0.4 %, 2400 by 0.07 %.
 *
 * @param s radius, m
 * @param T temperature of Mars, K
 */
export function planckMean(
  fit: OpticalFit,
  s: number,
  T: number,
  options: SphereOptions,
  points: number,
): number {
  let sum = 0;
  let weights = 0;
  for (let i = 0; i < points; i++) {
    const y = 0.02 * Math.exp((Math.log(2500) * i) / (points - 1));
    const weight = planckWeight(y);
    sum += weight * spectralEfficiency(fit, (1e6 * secondRadiation) / (y * T), s, T, options);
    weights += weight;
  }
  return sum / weights;
}
