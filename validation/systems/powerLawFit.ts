/** Least-squares line through the points of a size distribution. */
export interface Fit {
  /** p of dN/ds ~ s^-p. */
  readonly slope: number;
  /** Largest minus smallest residual, dex: the height of the waves about the line, peak to peak. */
  readonly wave: number;
}

/** Weights that turn values y at points 0 .. n-1 into their regression line at x: line(x) = sum_l weight_l y_l. */
export function lineWeights(n: number, x: number): Float64Array {
  const middle = (n - 1) / 2;
  const spread = (n * (n * n - 1)) / 12;
  return Float64Array.from({ length: n }, (_, l) => 1 / n + ((x - middle) * (l - middle)) / spread);
}

/**
 * Fits bins from <= k < to of masses on logarithmic bins; mass per bin ~ s^(4 - p).
 *
 * @param step ln of the size ratio of neighbouring bins
 */
export function fitPowerLaw(masses: ArrayLike<number>, from: number, to: number, step: number): Fit {
  const logs = Array.from({ length: to - from }, (_, l) => Math.log(masses[from + l]));
  const line = (x: number) =>
    lineWeights(logs.length, x).reduce((sum, weight, l) => sum + weight * logs[l], 0);
  const residuals = logs.map((value, l) => (value - line(l)) / Math.LN10);
  return {
    slope: 4 - (line(1) - line(0)) / step,
    wave: Math.max(...residuals) - Math.min(...residuals),
  };
}
