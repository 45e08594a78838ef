import { orbitalPeriod } from '../orbit.js';
import { constantLaw, lawOf, linearPiece, type Piece, type SupplyLaw } from './law.js';
import type { Supply } from './params.js';
import { powerLawPieces } from './powerLaw.js';

type Rate = Supply['rate'];
type Simple = Extract<Rate, { kind: 'constant' | 'powerlaw' | 'table' }>;
type Pieces = Extract<Rate, { kind: 'piecewise' }>['pieces'];

/** Tables with more nodes than this limit the step instead of ending steps on every node (spec/resolved.md 1.6). */
const mostNodes = 1000;

/** What the rules of the start are about: opacity of the initial sizes [m2/kg], line-of-sight factor, radius of the ring [m]. */
export interface RateContext {
  readonly opacity: number;
  readonly lineOfSight: number;
  readonly radius: number;
}

/** The law of a rate (physics.md i, spec/resolved.md 1.4), kg m-2 s-1. */
export function lawOfRate(rate: Rate, context: RateContext): SupplyLaw {
  switch (rate.kind) {
    case 'orbit':
      return constantLaw(orbitRate(rate, context));
    case 'filling':
      // Eq. 32 of docs/physics.md.
      return constantLaw(rate.epsilon / (context.opacity * rate.time));
    case 'piecewise':
      return joined(rate.pieces);
    default:
      return simpleLaw(rate);
  }
}

/** epsilon mu orbitFraction Sigma_ref/t_orb with Sigma_ref = referenceTau/(kappa_0 f_los); epsilon is a real multiplier (eq. 31 of docs/physics.md). */
function orbitRate(rate: Extract<Rate, { kind: 'orbit' }>, context: RateContext): number {
  const reference = rate.referenceTau / (context.opacity * context.lineOfSight);
  return (rate.epsilon * rate.mu * rate.orbitFraction * reference) / orbitalPeriod(context.radius);
}

function simpleLaw(rate: Simple): SupplyLaw {
  const law = lawOf(piecesOf(rate, 0, Number.POSITIVE_INFINITY), rate.kind !== 'powerlaw');
  return rate.kind === 'table' && rate.times.length > mostNodes ? dense(law) : law;
}

/** Steps follow the nodes by their length. */
function dense(law: SupplyLaw): SupplyLaw {
  const { starts } = law;
  let longestStep = Number.POSITIVE_INFINITY;
  for (let i = 1; i < starts.length; i++) longestStep = Math.min(longestStep, starts[i] - starts[i - 1]);
  return { ...law, breaks: [], longestStep, linear: false };
}

/** The pieces of a rate inside [from, to), from not before 0. */
function piecesOf(rate: Simple, from: number, to: number): Piece[] {
  switch (rate.kind) {
    case 'constant':
      return [linearPiece(from, rate.value, 0)];
    case 'powerlaw': {
      const { coefficient, start, exponent } = rate;
      const law = (at: number) => powerLawPieces(at, to, coefficient, start, exponent);
      if (start <= from) return law(from);
      return [linearPiece(from, 0, 0), ...(start < to ? law(start) : [])];
    }
    case 'table':
      return tablePieces(rate.times, rate.rates, from, to);
  }
}

function tablePieces(times: readonly number[], rates: readonly number[], from: number, to: number): Piece[] {
  const last = times.length - 1;
  const found: Piece[] = [];
  if (from < times[0]) found.push(linearPiece(from, rates[0], 0));
  for (let i = 0; i < last; i++) {
    if (times[i + 1] <= from || times[i] >= to) continue;
    const slope = (rates[i + 1] - rates[i]) / (times[i + 1] - times[i]);
    const start = Math.max(times[i], from);
    // A slope that rounding leaves may end below zero.
    found.push(linearPiece(start, Math.max(rates[i] + slope * (start - times[i]), 0), slope));
  }
  if (times[last] < to) found.push(linearPiece(Math.max(times[last], from), rates[last], 0));
  return found;
}

/** Pieces by order of precedence as one law. */
function joined(pieces: Pieces): SupplyLaw {
  const edges = [0, ...pieces.flatMap(({ from, to }) => [from, to])].filter((t) => t >= 0);
  const times = [...new Set(edges)].sort((a, b) => a - b);
  const found: Piece[] = [];
  times.forEach((from, i) => {
    const to = times[i + 1] ?? Number.POSITIVE_INFINITY;
    const holding = pieces.find((piece) => piece.from <= from && from < piece.to);
    const here = holding === undefined ? [linearPiece(from, 0, 0)] : piecesOf(holding.rate, from, to);
    const [first, ...rest] = here;
    if (first && !continues(found.at(-1), first)) found.push(first);
    found.push(...rest);
  });
  return lawOf(found, !pieces.some(({ rate }) => rate.kind === 'powerlaw'));
}

/** Whether a constant rate goes on where pieces meet: no step need end there. */
function continues(before: Piece | undefined, next: Piece): boolean {
  return before !== undefined && before.name === next.name && before.name.startsWith('constant ');
}
