import { bisect } from '../../numerics/root.js';
import { linearPiece, type Piece, type SupplyLaw } from './law.js';

/** A reservoir that is not used up by then lasts, s: far beyond every run. */
const forever = 1e25;

/** When a law has supplied a mass [kg m-2]; Infinity if never. */
export function timeOfSupply(law: SupplyLaw, mass: number): number {
  if (!(mass > 0)) return 0;
  const { pieces, starts, before } = law;
  let i = 0;
  while (i + 1 < pieces.length && before[i + 1] < mass) i++;
  const missing = (t: number) => before[i] + pieces[i].amount(t) - mass;
  const end = starts[i + 1] ?? forever;
  return missing(end) < 0 ? Number.POSITIVE_INFINITY : bisect(missing, starts[i], end, 0);
}

/**
 * A law with a reservoir behind it, in closed form (eq. 37 of docs/physics.md): full rate r(t) until the share `taper` of the mass is left, from there on the rate
 * falls with what is left, dR/dt = -r R/(taper mass), so that R = taper mass exp(-x/(taper mass)), x what r alone would have supplied
 * since then. With taper = 0 it ends at once, with nothing left.
 *
 * @param mass kg m-2
 */
export function limitedLaw(law: SupplyLaw, mass: number, taper: number): SupplyLaw {
  const rest = taper * mass;
  const time = timeOfSupply(law, mass - rest);
  if (time === Number.POSITIVE_INFINITY) return law;
  const kept = law.pieces.filter(({ from }) => from < time);
  const breaks = [...law.breaks.filter((t) => t < time), ...(time > 0 ? [time] : [])];
  if (rest === 0) {
    const pieces = [...kept, linearPiece(time, 0, 0)];
    return { ...law, ...measured(pieces, law, [mass]), breaks };
  }
  const index = Math.max(kept.length - 1, 0);
  const last = law.pieces[index]!;
  const later = [{ ...last, from: time, amount: between(last, time) }, ...law.pieces.slice(index + 1)];
  const { tapered, supplied } = taperedPieces(later, rest);
  const pieces = [...kept, ...tapered];
  const before = supplied.map((x) => mass - rest + x);
  return {
    ...law,
    ...measured(pieces, law, before),
    breaks: [...breaks, ...law.breaks.filter((t) => t > time)],
    linear: false,
  };
}

const between = (piece: Piece, time: number) => (t: number) => piece.amount(t) - piece.amount(time);

/** Beginnings of pieces and the mass before each: as it was, then as given. */
function measured(pieces: readonly Piece[], law: SupplyLaw, behind: readonly number[]) {
  const kept = pieces.length - behind.length;
  return {
    pieces,
    starts: Float64Array.from(pieces, ({ from }) => from),
    before: Float64Array.of(...law.before.subarray(0, kept), ...behind),
  };
}

function taperedPieces(pieces: readonly Piece[], rest: number) {
  const supplied: number[] = [];
  let full = 0;
  const tapered = pieces.map((piece, i): Piece => {
    const start = full;
    supplied.push(-rest * Math.expm1(-start / rest));
    const next = pieces[i + 1];
    if (next !== undefined) full += piece.amount(next.from);
    const left = (t: number) => Math.exp(-(start + piece.amount(t)) / rest);
    return {
      from: piece.from,
      rate: (t) => piece.rate(t) * left(t),
      slope: (t) => (piece.slope(t) - (piece.rate(t) * piece.rate(t)) / rest) * left(t),
      amount: (t) => -rest * Math.exp(-start / rest) * Math.expm1(-piece.amount(t) / rest),
      name: `${piece.name} tapered ${rest} ${start}`,
    };
  });
  return { tapered, supplied };
}
