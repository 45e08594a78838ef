import { illinois } from '../../numerics/illinois.js';
import { type Cells, cellAt } from './cells.js';
import type { Impact } from './impact.js';

/** A stretch of sizes of the larger body within which the outcome is smooth and the remnant stays in one cell. */
export interface Piece {
  /** Its lower end, as distance from the start of the range, and its length: both exact, however short it is. */
  readonly from: number;
  readonly length: number;
  /** Cell of the remnant. */
  readonly cell: number;
}

/** A place inside the range where a piece ends, by its distances from both ends of the range. */
interface Cut {
  readonly from: number;
  readonly toEnd: number;
  /** Edge that the remnant passes; null where only the law of the outcome changes. */
  readonly edge: number | null;
}

/** Shares of the range at which the outcome is looked at: more than the ends, in case it is not monotone. */
const looks = [0, 1 / 3, 2 / 3, 1];

/** Below this share of a cell a remnant's cell is counted from the sign of its shrinkage, never compared with an edge. */
const near = 0.4;

/** Shrinkages up to this converge quickly by fixed-point iteration, to the full precision of the offset. */
const iterated = 0.02;
const sharpness = 1e-14;

/**
 * Cuts the range [a, a + span] of the larger body, in cell j, where the remnant of a collision with a grain of size x passes an edge and
 * where the collision becomes super-catastrophic (spec/sizes.md 1.3).
 *
 * @param own whether the smaller body is in the same cell: then `a` is no edge
 */
export class Cutter {
  constructor(
    private readonly cells: Cells,
    private readonly impact: Impact,
  ) {}

  pieces(x: number, j: number, a: number, span: number, own: boolean): Piece[] {
    const { cells, impact } = this;
    const cuts: Cut[] = [];
    let before = this.look(x, a, 0);
    let start = before.cell;
    if (!own && Math.abs(before.D) < near * cells.width) start = before.D > 0 ? j - 1 : j;
    let cell = start;
    for (const share of looks.slice(1)) {
      const after = this.look(x, a, share * span);
      if (share === 1 && Math.abs(after.D) < near * cells.width) {
        after.cell = after.D >= 0 ? j : Math.min(cells.count, j + 1);
      }
      const upward = after.cell > cell;
      while (cell !== after.cell) {
        const edge = upward ? cell : cell - 1;
        cuts.push(this.passing(x, j, a, span, own, edge, before, after));
        cell += upward ? 1 : -1;
      }
      if (before.excess > 0 !== after.excess > 0) {
        const from = illinois(
          (offset) => {
            impact.at(x, a + offset);
            return impact.excess;
          },
          before.offset,
          before.excess,
          after.offset,
          after.excess,
          sharpness,
        );
        cuts.push({ from, toEnd: span - from, edge: null });
      }
      before = after;
    }
    return between(cuts, span, start);
  }

  private look(x: number, a: number, offset: number) {
    const { cells, impact } = this;
    impact.at(x, a + offset);
    const { shrinkage: D, excess } = impact;
    return { offset, D, excess, cell: cellAt(cells, a + offset - D) };
  }

  /** Where the remnant has exactly the size of an edge. */
  private passing(
    x: number,
    j: number,
    a: number,
    span: number,
    own: boolean,
    edge: number,
    before: { offset: number; D: number },
    after: { offset: number; D: number },
  ): Cut {
    const { impact, cells } = this;
    const shrinkageAt = (offset: number) => {
      impact.at(x, a + offset);
      return impact.shrinkage;
    };
    // The cell's own edges are passed where the shrinkage equals the distance to them, which may be 1e-20.
    if (edge === j - 1 && before.offset === 0 && !own && before.D > 0 && before.D < iterated) {
      const from = fixedPoint(shrinkageAt, before.D);
      return { from, toEnd: span - from, edge };
    }
    if (edge === j && after.offset === span && after.D < 0 && after.D > -iterated) {
      const toEnd = fixedPoint((distance) => -shrinkageAt(span - distance), -after.D);
      return { from: span - toEnd, toEnd, edge };
    }
    const above = (offset: number, D: number) => a - edge * cells.width + offset - D;
    const from = illinois(
      (offset) => above(offset, shrinkageAt(offset)),
      before.offset,
      above(before.offset, before.D),
      after.offset,
      above(after.offset, after.D),
      sharpness,
    );
    return { from, toEnd: span - from, edge };
  }
}

function fixedPoint(f: (distance: number) => number, start: number): number {
  let distance = start;
  for (let turn = 0; turn < 60; turn++) {
    const next = f(distance);
    if (Math.abs(next - distance) <= 1e-15 * next) return next;
    distance = next;
  }
  return distance;
}

/** The pieces between cuts; the remnant's cell is counted from the first on. */
function between(cuts: Cut[], span: number, start: number): Piece[] {
  cuts.sort((one, other) => one.from - other.from || other.toEnd - one.toEnd);
  const pieces: Piece[] = [];
  let cell = start;
  let last: Cut = { from: 0, toEnd: span, edge: null };
  for (const cut of [...cuts, { from: span, toEnd: 0, edge: null }]) {
    // Both distances are exact near their own end.
    const length = cut.from < span / 2 ? cut.from - last.from : last.toEnd - cut.toEnd;
    if (length > 0) pieces.push({ from: last.from, length, cell });
    if (cut.edge !== null) cell = cell === cut.edge ? cell + 1 : cut.edge;
    last = cut;
  }
  return pieces;
}
