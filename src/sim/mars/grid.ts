/** Logarithmic size bins, fixed for the whole run (eq. 3 of docs/physics.md). */
export interface SizeGrid {
  readonly bins: number;
  /** n + 1 edges, m. */
  readonly edges: Float64Array;
  /** Geometric centres, m. */
  readonly sizes: Float64Array;
  readonly widths: Float64Array;
  /** Mass of a grain at the centre, kg. */
  readonly masses: Float64Array;
  /** Opacity pi s^2/m, m2/kg. */
  readonly opacities: Float64Array;
  /** ln of the edge ratio of each bin. */
  readonly logWidths: Float64Array;
}

/** @param min, max outer edges, m; @param density kg/m3 */
export function sizeGrid(min: number, max: number, bins: number, density: number): SizeGrid {
  const edges = new Float64Array(bins + 1);
  const low = Math.log10(min);
  const high = Math.log10(max);
  for (let k = 0; k <= bins; k++) edges[k] = 10 ** (low + (k * (high - low)) / bins);
  edges[0] = min;
  edges[bins] = max;
  const grid = {
    bins,
    edges,
    sizes: new Float64Array(bins),
    widths: new Float64Array(bins),
    masses: new Float64Array(bins),
    opacities: new Float64Array(bins),
    logWidths: new Float64Array(bins),
  };
  for (let k = 0; k < bins; k++) {
    const s = Math.sqrt(edges[k] * edges[k + 1]);
    grid.sizes[k] = s;
    grid.widths[k] = edges[k + 1] - edges[k];
    grid.masses[k] = grainMass(s, density);
    grid.opacities[k] = 3 / (4 * density * s);
    grid.logWidths[k] = Math.log(edges[k + 1] / edges[k]);
  }
  return grid;
}

/** Mass of a sphere of radius s, kg. */
export function grainMass(s: number, density: number): number {
  return (4 / 3) * Math.PI * density * s * s * s;
}

/** Largest k with edges[k] <= s, clipped to the bins. */
export function binOf(edges: Float64Array, s: number): number {
  let k = edges.length - 2;
  while (k > 0 && edges[k] > s) k--;
  return k;
}

/** Index, lower edge, size, upper edge [m] and mass [kg] of each bin, in an array that is used again. */
export function* sizeBins({ bins, edges, sizes, masses }: SizeGrid): Generator<Float64Array> {
  const row = new Float64Array(5);
  for (let k = 0; k < bins; k++) {
    row.set([k, edges[k], sizes[k], edges[k + 1], masses[k]]);
    yield row;
  }
}
