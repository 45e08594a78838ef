import { type BlowoutCell, type BlowoutSize, type BlowoutSizes, blowoutScale } from './blowout.js';
import { cellOf, clip } from './cells.js';
import type { CubicEfficiency, EfficiencyPoint } from './cubicEfficiency.js';

/**
 * A node this much short of being blown out still counts as blown out, and the other way round: at the end of an interval the root may
 * stand on a node, and rounding must not decide on which side. Sizes are that much less exact there at most.
 */
const onNode = 1e-9;

/** Newton doubles the digits each time; halving the cell takes 55. */
const mostTurns = 80;

/**
 * The root of a = K(T) Q(a, T) where Q is a bicubic spline: smooth in T as long as it stays on its branch. Where Q falls faster than a, the
 * branch ends as Mars cools, and no grain is blown out any more. Only nodes are asked, so it ends up to a cell early: by 0.02 % in T with
 * the built-in tables, and before the root moves infinitely fast.
 */
export class CubicBlowoutRoot implements BlowoutSizes {
  private readonly point: EfficiencyPoint = { Q: 0, bySize: 0, byTemperature: 0 };
  private readonly scratch: BlowoutSize = { a: 0, slope: 0 };

  constructor(
    private readonly table: CubicEfficiency,
    private readonly density: number,
  ) {}

  cell(T: number): BlowoutCell {
    const { temperatures, sizes } = this.table;
    const held = this.held(T);
    const temperature = cellOf(temperatures, held);
    let size = sizes.length - 1;
    while (size >= 0 && this.surplus(T, temperature, size, held) <= 0) size--;
    return { temperature, size };
  }

  inCell(T: number, cell: BlowoutCell, out: BlowoutSize): void {
    const { temperatures, sizes } = this.table;
    const held = this.held(T);
    const j = cellOf(temperatures, held);
    const last = sizes.length - 1;
    let i = cell.size;
    while (i < last && this.surplus(T, j, i + 1, held) > onNode) i++;
    while (i >= 0 && this.surplus(T, j, i, held) < -onNode) i--;
    const K = blowoutScale(T, this.density);
    if (i < 0 || i === last) {
      const end = Math.max(i, 0);
      this.table.point(Math.min(end, last - 1), j, sizes[end], held, this.point);
      this.point.bySize = 0;
      out.a = K * this.point.Q;
    } else {
      out.a = this.solve(K, i, j, held);
    }
    const { Q, bySize, byTemperature } = this.point;
    const change = held === T ? byTemperature : 0;
    out.slope = ((4 * K * Q) / T + K * change) / (1 - K * bySize);
  }

  at(T: number): number {
    this.inCell(T, this.cell(T), this.scratch);
    return this.scratch.a;
  }

  /** Newton from the larger end of the cell, halving where it leaves the bracket; `point` is left at the root. */
  private solve(K: number, i: number, j: number, T: number): number {
    const { sizes } = this.table;
    let low = sizes[i] * (1 - 2 * onNode);
    let high = sizes[i + 1] * (1 + 2 * onNode);
    let a = high;
    for (let turn = 0; turn < mostTurns; turn++) {
      this.table.point(i, j, a, T, this.point);
      const surplus = K * this.point.Q - a;
      if (surplus > 0) low = a;
      else high = a;
      const newton = a + surplus / (1 - K * this.point.bySize);
      const next = newton > low && newton < high ? newton : low + (high - low) / 2;
      if (Math.abs(next - a) <= Number.EPSILON * a) break;
      a = next;
    }
    return a;
  }

  /** How far beta of a node is above 1/2, as a share of its size. */
  private surplus(T: number, j: number, node: number, held: number): number {
    return (blowoutScale(T, this.density) * this.table.nodeValue(j, node, held)) / this.table.sizes[node] - 1;
  }

  private held(T: number): number {
    const { temperatures } = this.table;
    return clip(T, temperatures[0], temperatures[temperatures.length - 1]);
  }
}
