import {
  dependsOnTemperature,
  type OpticalFit,
  opticalTemperature,
  type RefractiveIndex,
  refractiveIndex,
} from './material.js';
import { planckWeight, type SphereOptions, secondRadiation } from './planckMean.js';
import { pressureEfficiency } from './sphere.js';

/** Equally spaced in ln lambda, um. */
export interface Spectrum {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** Of the shipped tables: one spectrum for all temperatures, so that Q_pr(lambda, s) is shared between them (spec/optics.md 7). */
export const tableSpectrum: Spectrum = { from: 0.06, to: 1000, points: 2400 };

/** n and k of each axis at each wavelength, for one state of the material. */
interface Indices {
  readonly n: Float64Array;
  readonly k: Float64Array;
}

/**
 * <Q_pr>(s, T) for many sizes at the same temperatures: optical constants are made once, and Q_pr at wavelengths where they do not depend on
 * temperature is computed once for each size.
 */
export class PlanckTable {
  private readonly wavelengths: Float64Array;
  private readonly efficiencies: Float64Array;
  private readonly states = new Map<number, Indices>();
  /** Planck weights by temperature, and their sums. */
  private readonly weights: readonly Float64Array[];
  private readonly sums: readonly number[];

  /** @param temperatures of Mars, K, ascending */
  constructor(
    private readonly fit: OpticalFit,
    private readonly temperatures: readonly number[],
    private readonly options: SphereOptions,
    { from, to, points }: Spectrum = tableSpectrum,
  ) {
    this.wavelengths = new Float64Array(points).map(
      (_, i) => from * Math.exp((Math.log(to / from) * i) / (points - 1)),
    );
    this.efficiencies = new Float64Array(points);
    this.weights = temperatures.map((T) =>
      this.wavelengths.map((wavelength) => planckWeight((1e6 * secondRadiation) / (wavelength * T))),
    );
    this.sums = this.weights.map((weights) => weights.reduce((sum, weight) => sum + weight, 0));
  }

  /** <Q_pr> of spheres of radius s (m) at all temperatures. */
  means(s: number): Float64Array {
    let last: number | null = null;
    return Float64Array.from(this.temperatures, (T, j) => {
      const state = opticalTemperature(this.fit, T);
      if (state !== last) this.setEfficiencies(s, state, last !== null);
      last = state;
      const weights = this.weights[j];
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * this.efficiencies[i];
      return sum / this.sums[j];
    });
  }

  /** @param onlyChanging only where they depend on the state of the material */
  private setEfficiencies(s: number, state: number, onlyChanging: boolean): void {
    const { fit, wavelengths, efficiencies, options } = this;
    const { n, k } = this.indices(state);
    const axes = fit.axes.length;
    for (let i = 0; i < wavelengths.length; i++) {
      if (onlyChanging && !dependsOnTemperature(fit, wavelengths[i])) continue;
      const x = (2e6 * Math.PI * s) / wavelengths[i];
      let sum = 0;
      for (let p = axes * i; p < axes * (i + 1); p++) sum += pressureEfficiency(x, n[p], k[p], options.cut);
      efficiencies[i] = sum / axes;
    }
  }

  private indices(state: number): Indices {
    const known = this.states.get(state);
    if (known !== undefined) return known;
    const { fit, wavelengths, options } = this;
    const axes = fit.axes.length;
    const n = new Float64Array(axes * wavelengths.length);
    const k = new Float64Array(axes * wavelengths.length);
    const out: RefractiveIndex = { n: 0, k: 0 };
    for (const [p] of n.entries()) {
      const wavelength = wavelengths[Math.floor(p / axes)];
      refractiveIndex(fit, fit.axes[p % axes], wavelength, state, options.kFloor, out);
      n[p] = out.n;
      k[p] = out.k;
    }
    this.states.set(state, { n, k });
    return { n, k };
  }
}
