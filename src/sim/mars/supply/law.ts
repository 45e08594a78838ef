import { pieceAt } from '../cooling.js';

/** A stretch of a law on which it is smooth. */
export interface Piece {
  /** Its beginning, s. */
  readonly from: number;
  /** kg m-2 s-1, and its derivative */
  rate(t: number): number;
  slope(t: number): number;
  /** Mass supplied from `from` to t, kg m-2, in closed form. */
  amount(t: number): number;
  /** Names the law: pieces with equal names and beginnings are the same. */
  readonly name: string;
}

/** A supply rate that is an explicit function of time, from t = 0 on. */
export interface SupplyLaw {
  /** In order; the first begins at 0, each ends where the next begins, the last never. */
  readonly pieces: readonly Piece[];
  readonly starts: Float64Array;
  /** Mass supplied before each piece, kg m-2. */
  readonly before: Float64Array;
  /** Times at which a step must end, s. */
  readonly breaks: readonly number[];
  /** Longest step, s: the node spacing of a table that has too many nodes to stop at each. */
  readonly longestStep: number;
  /** Whether the solver's own quadrature of the rate is exact to rounding: steps meet all kinks, and the rate is linear between them. */
  readonly linear: boolean;
}

/** Rate at t, kg m-2 s-1; at a jump the value of the piece that begins there. */
export function rateAt(law: SupplyLaw, t: number): number {
  return law.pieces[pieceIndex(law, t)].rate(t);
}

/** Mass supplied from 0 to t, kg m-2. */
export function suppliedAt(law: SupplyLaw, t: number): number {
  const i = pieceIndex(law, t);
  return law.before[i] + law.pieces[i].amount(t);
}

export function pieceIndex({ starts }: SupplyLaw, t: number): number {
  return Math.max(pieceAt(starts, t), 0);
}

/** A law with each of its pieces between two breaks. */
export function lawOf(pieces: readonly Piece[], linear: boolean): SupplyLaw {
  const starts = Float64Array.from(pieces, ({ from }) => from);
  const before = new Float64Array(pieces.length);
  for (let i = 1; i < pieces.length; i++) before[i] = before[i - 1] + pieces[i - 1].amount(starts[i]);
  const breaks = [...starts.subarray(1)];
  return { pieces, starts, before, breaks, longestStep: Number.POSITIVE_INFINITY, linear };
}

/** rate + slope (t - from); a rate of zero slope gives rate * t from 0 on, without any other rounding. */
export function linearPiece(from: number, rate: number, slope: number): Piece {
  if (slope === 0) {
    return {
      from,
      rate: () => rate,
      slope: () => 0,
      amount: (t) => rate * (t - from),
      name: `constant ${rate}`,
    };
  }
  return {
    from,
    rate: (t) => rate + slope * (t - from),
    slope: () => slope,
    amount: (t) => (rate + 0.5 * slope * (t - from)) * (t - from),
    name: `linear ${rate} ${slope}`,
  };
}

export function constantLaw(rate: number): SupplyLaw {
  return lawOf([linearPiece(0, rate, 0)], true);
}
