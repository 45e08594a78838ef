import { hermite, splineSlopes, type Tangent } from '../numerics/cubicSpline.js';
import { cellOf, clip } from './cells.js';

const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

const lower: Tangent = { value: 0, slope: 0 };
const upper: Tangent = { value: 0, slope: 0 };

/** Q at one size with its derivatives by size [1/m] and temperature [1/K]. */
export interface EfficiencyPoint {
  Q: number;
  bySize: number;
  byTemperature: number;
}

/**
 * <Q_pr>(s, T) as the bicubic spline through a table: cubic in linear s and linear T, twice continuously differentiable, so that a step may
 * cross its nodes. Beyond the axes their ends are held. Physical tables vary smoothly in both, and then err far less than linearly
 * (spec/optics.md 5; docs/optics.md).
 */
export class CubicEfficiency {
  private readonly bySize: Float64Array;
  private readonly byTemperature: Float64Array;
  private readonly byBoth: Float64Array;

  /** @param values row-major: values[iT * sizes.length + iS]; at least 4 nodes along each axis */
  constructor(
    readonly temperatures: Float64Array,
    readonly sizes: Float64Array,
    readonly values: Float64Array,
  ) {
    const alongSize = (of: Float64Array) => this.along(sizes, 1, sizes.length, of);
    const alongTemperature = (of: Float64Array) => this.along(temperatures, sizes.length, 1, of);
    this.bySize = alongSize(values);
    this.byTemperature = alongTemperature(values);
    this.byBoth = alongSize(this.byTemperature);
  }

  /** Derivatives along one axis; `step` and `lineStep`: places in `of` from node to node and from line to line. */
  private along(axis: Float64Array, step: number, lineStep: number, of: Float64Array): Float64Array {
    const slopes = new Float64Array(of.length);
    for (let line = 0; line < of.length / axis.length; line++) {
      const first = line * lineStep;
      const found = splineSlopes(axis, (node) => of[first + node * step]);
      for (let node = 0; node < axis.length; node++) slopes[first + node * step] = found[node];
    }
    return slopes;
  }

  /**
   * A cell in which the spline might not stay positive, or null: where all its Bernstein coefficients are positive, the spline is.
   */
  doubtfulCell(): { size: number; nextSize: number; temperature: number } | null {
    const { sizes, temperatures } = this;
    for (let j = 0; j + 1 < temperatures.length; j++) {
      for (let i = 0; i + 1 < sizes.length; i++) {
        if (!(this.leastCoefficient(i, j) > 0)) {
          return { size: sizes[i], nextSize: sizes[i + 1], temperature: temperatures[j] };
        }
      }
    }
    return null;
  }

  /** The least Bernstein coefficient of a cell: at each corner four, from the values and derivatives there. */
  private leastCoefficient(i: number, j: number): number {
    const { sizes, temperatures, values, bySize, byTemperature, byBoth } = this;
    const toSize = (sizes[i + 1] - sizes[i]) / 3;
    const toTemperature = (temperatures[j + 1] - temperatures[j]) / 3;
    let least = Number.POSITIVE_INFINITY;
    for (const [di, dj] of corners) {
      const p = (j + dj) * sizes.length + i + di;
      const u = toSize * (1 - 2 * di);
      const w = toTemperature * (1 - 2 * dj);
      const alongSize = values[p] + u * bySize[p];
      const alongTemperature = values[p] + w * byTemperature[p];
      const inside = alongSize + w * (byTemperature[p] + u * byBoth[p]);
      least = Math.min(least, values[p], alongSize, alongTemperature, inside);
    }
    return least;
  }

  /** Q at a node of the sizes. @param j cell of the temperatures @param T inside the axis, K */
  nodeValue(j: number, node: number, T: number): number {
    this.alongTemperature(this.values, this.byTemperature, j, node, T, lower);
    return lower.value;
  }

  /** Q and its derivatives in a cell of sizes. @param i @param j cells of sizes and temperatures @param T inside the axis, K */
  point(i: number, j: number, s: number, T: number, out: EfficiencyPoint): void {
    const { sizes, values, bySize, byTemperature, byBoth } = this;
    const width = sizes[i + 1] - sizes[i];
    const u = (s - sizes[i]) / width;
    this.alongTemperature(values, byTemperature, j, i, T, lower);
    const [q0, t0] = [lower.value, lower.slope];
    this.alongTemperature(values, byTemperature, j, i + 1, T, lower);
    const [q1, t1] = [lower.value, lower.slope];
    this.alongTemperature(bySize, byBoth, j, i, T, lower);
    const [m0, n0] = [lower.value, lower.slope];
    this.alongTemperature(bySize, byBoth, j, i + 1, T, lower);
    hermite(u, width, q0, m0, q1, lower.value, upper);
    out.Q = upper.value;
    out.bySize = upper.slope;
    hermite(u, width, t0, n0, t1, lower.slope, upper);
    out.byTemperature = upper.value;
  }

  private alongTemperature(
    of: Float64Array,
    slopes: Float64Array,
    j: number,
    node: number,
    T: number,
    out: Tangent,
  ): void {
    const { temperatures, sizes } = this;
    const p = j * sizes.length + node;
    const q = p + sizes.length;
    const width = temperatures[j + 1] - temperatures[j];
    hermite((T - temperatures[j]) / width, width, of[p], slopes[p], of[q], slopes[q], out);
  }

  /** <Q_pr>(s, T). @param s m @param T K */
  at(s: number, T: number): number {
    const { temperatures, sizes } = this;
    const size = clip(s, sizes[0], sizes[sizes.length - 1]);
    const temperature = clip(T, temperatures[0], temperatures[temperatures.length - 1]);
    this.point(cellOf(sizes, size), cellOf(temperatures, temperature), size, temperature, point);
    return point.Q;
  }
}

const point: EfficiencyPoint = { Q: 0, bySize: 0, byTemperature: 0 };
