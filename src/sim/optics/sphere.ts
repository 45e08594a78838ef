import { geometricPressure } from './geometricOptics.js';
import { mieSeries } from './mieSeries.js';
import { tinySphere } from './tinySphere.js';

/** Efficiencies of a homogeneous sphere: cross sections over pi s^2, and the asymmetry g = <cos theta> of what it scatters. */
export interface SphereEfficiencies {
  extinction: number;
  scattering: number;
  asymmetry: number;
  /** Radiation pressure, Q_ext - g Q_sca. */
  pressure: number;
}

/** Size parameter from which geometric optics with an edge term replaces the series (spec/optics.md 4.3). */
export const geometricFrom = 1500;

/**
 * Mie efficiencies by whichever form of the exact solution is accurate at this size (spec/optics.md 4.1, 4.2).
 *
 * @param x size parameter 2 pi s/lambda
 * @param n real part of the refractive index
 * @param k imaginary part, >= 0
 */
export function sphereEfficiencies(x: number, n: number, k: number, out: SphereEfficiencies): void {
  if (x < 0.01 && x * Math.hypot(n, k) < 0.1) tinySphere(x, n, k, out);
  else mieSeries(x, n, k, out);
}

const scratch: SphereEfficiencies = { extinction: 0, scattering: 0, asymmetry: 0, pressure: 0 };

/**
 * Q_pr of a sphere of any size.
 * @param cut size parameter beyond which it is set to 1, as the original table does; Infinity: the physical sphere
 */
export function pressureEfficiency(x: number, n: number, k: number, cut: number): number {
  if (x > cut) return 1;
  if (x > geometricFrom) return geometricPressure(x, n, k);
  sphereEfficiencies(x, n, k, scratch);
  return scratch.pressure;
}
