/**
 * Slopes at the nodes of the cubic spline (twice continuously differentiable) through some values, over an axis of any spacing. At the ends
 * the first two and the last two cells share one cubic (de Boor 1978, "not a knot").
 *
 * @param axis at least 4 ascending nodes
 * @param at value of a node
 */
export function splineSlopes(axis: Float64Array, at: (node: number) => number): Float64Array {
  const last = axis.length - 1;
  const width = (i: number) => axis[i + 1] - axis[i];
  const rise = (i: number) => (at(i + 1) - at(i)) / width(i);
  const diagonal = new Float64Array(axis.length);
  const upper = new Float64Array(axis.length);
  const slopes = new Float64Array(axis.length);
  /** A row of the tridiagonal system, freed of what stands in front of its diagonal. */
  const row = (i: number, before: number, middle: number, behind: number, right: number) => {
    const share = i === 0 ? 0 : before / diagonal[i - 1];
    diagonal[i] = middle - share * (i === 0 ? 0 : upper[i - 1]);
    upper[i] = behind;
    slopes[i] = right - share * (i === 0 ? 0 : slopes[i - 1]);
  };
  /** The cubic of the cell at an end and of its neighbour is the same. */
  const end = (own: number, other: number) => {
    const [h, g] = [width(own), width(other)];
    return ((3 * h + 2 * g) * g * rise(own) + h * h * rise(other)) / (h + g);
  };
  row(0, 0, width(1), width(0) + width(1), end(0, 1));
  for (let i = 1; i < last; i++) {
    const [h, g] = [width(i - 1), width(i)];
    row(i, g, 2 * (h + g), h, 3 * (g * rise(i - 1) + h * rise(i)));
  }
  const [h, g] = [width(last - 1), width(last - 2)];
  row(last, h + g, g, 0, end(last - 1, last - 2));
  slopes[last] /= diagonal[last];
  for (let i = last - 1; i >= 0; i--) slopes[i] = (slopes[i] - upper[i] * slopes[i + 1]) / diagonal[i];
  return slopes;
}

/** A value and its derivative. */
export interface Tangent {
  value: number;
  slope: number;
}

/** The cubic of one cell: from its values and slopes at both ends, at the share u of the width. */
export function hermite(
  u: number,
  width: number,
  value0: number,
  slope0: number,
  value1: number,
  slope1: number,
  out: Tangent,
): void {
  const rise = value1 - value0;
  const c = 3 * rise - width * (2 * slope0 + slope1);
  const d = width * (slope0 + slope1) - 2 * rise;
  out.value = value0 + u * (width * slope0 + u * (c + u * d));
  out.slope = slope0 + (u * (2 * c + 3 * u * d)) / width;
}
