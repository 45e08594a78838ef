/** A monotone cubic through nodes: value and slope at x, x inside the nodes. */
export interface MonotoneCubic {
  readonly nodes: Float64Array;
  value(x: number): number;
  slope(x: number): number;
}

/**
 * Piecewise cubic Hermite interpolation that is monotone wherever the data are (Fritsch & Butland 1984, the method of SciPy's PCHIP).
 * Beyond its nodes the cubic of the end goes on.
 *
 * @param nodes strictly ascending, at least two
 */
export function pchip(nodes: Float64Array, values: Float64Array): MonotoneCubic {
  const slopes = nodeSlopes(nodes, values);
  const pieceOf = (x: number) => {
    let low = 0;
    let high = nodes.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (nodes[middle] <= x) low = middle;
      else high = middle;
    }
    return low;
  };
  return {
    nodes,
    value(x) {
      const i = pieceOf(x);
      const width = nodes[i + 1] - nodes[i];
      const u = (x - nodes[i]) / width;
      const rest = 1 - u;
      const left = values[i] * (1 + 2 * u) + width * slopes[i] * u;
      const right = values[i + 1] * (3 - 2 * u) - width * slopes[i + 1] * rest;
      return rest * rest * left + u * u * right;
    },
    slope(x) {
      const i = pieceOf(x);
      const width = nodes[i + 1] - nodes[i];
      const u = (x - nodes[i]) / width;
      const rise = (values[i + 1] - values[i]) / width;
      return 6 * u * (1 - u) * rise + slopes[i] * (1 - u) * (1 - 3 * u) + slopes[i + 1] * u * (3 * u - 2);
    },
  };
}

/** Harmonic means of the secants, weighted by their widths; zero at extrema. */
function nodeSlopes(nodes: Float64Array, values: Float64Array): Float64Array {
  const pieces = nodes.length - 1;
  const width = Float64Array.from({ length: pieces }, (_, i) => nodes[i + 1] - nodes[i]);
  const secant = width.map((h, i) => (values[i + 1] - values[i]) / h);
  const slopes = new Float64Array(nodes.length);
  if (pieces === 1) return slopes.fill(secant[0]);
  for (let i = 1; i < pieces; i++) {
    if (secant[i - 1] * secant[i] <= 0) continue;
    const a = 2 * width[i] + width[i - 1];
    const b = width[i] + 2 * width[i - 1];
    slopes[i] = (a + b) / (a / secant[i - 1] + b / secant[i]);
  }
  slopes[0] = endSlope(width[0], width[1], secant[0], secant[1]);
  slopes[pieces] = endSlope(width[pieces - 1], width[pieces - 2], secant[pieces - 1], secant[pieces - 2]);
  return slopes;
}

/** Parabola through the last three nodes, limited so that the shape of the data is kept. */
function endSlope(width: number, next: number, secant: number, nextSecant: number): number {
  const slope = ((2 * width + next) * secant - width * nextSecant) / (width + next);
  if (slope * secant <= 0) return 0;
  if (secant * nextSecant <= 0 && Math.abs(slope) > 3 * Math.abs(secant)) return 3 * secant;
  return slope;
}
