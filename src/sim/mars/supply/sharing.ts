import type { SupplyLaw } from './law.js';
import { lawOfRate } from './lawOfRate.js';
import type { Supply } from './params.js';

const nothing = 'constant 0';

/**
 * The part of a supply that acts from the start on: how its law begins, and all that is no law of time. Rules that are settled by the start,
 * and laws with a reservoir behind them, whose unknowns depend on when it is used up, are taken whole.
 *
 * @param gated whether phases of the grains open and close the supply; what it has given is an unknown then
 */
export function earlySupply(supply: Supply | null, gated: boolean): unknown {
  if (supply === null) return { first: nothing, tracked: false };
  const { rate, injection, ...rest } = supply;
  const settled = rate.kind === 'constant' || rate.kind === 'orbit' || rate.kind === 'filling';
  if (settled || rest.reservoir !== undefined) return supply;
  const { pieces, longestStep, linear } = lawOfRate(rate, noRule);
  const first = pieces[0]!.name;
  const tracked = gated || !linear || rest.feedback !== undefined || rest.temperature !== undefined;
  return {
    ...rest,
    first,
    tracked,
    ...(Number.isFinite(longestStep) && { longestStep }),
    // While nothing is supplied it does not matter where it would go.
    ...(first !== nothing && { injection }),
  };
}

/** Laws of time alone need no ring. */
const noRule = { opacity: Number.NaN, lineOfSight: Number.NaN, radius: Number.NaN };

/** A law with what it is for. */
export interface Supplied {
  readonly law: SupplyLaw;
  readonly supply: Supply | null;
}

/** When two supplies with equal early parts may first differ, s. */
export function supplyDifference(a: Supplied, b: Supplied): number {
  const laws = lawDifference(a.law, b.law);
  const injections = [a, b].map(({ supply }) => JSON.stringify(supply?.injection ?? null));
  return injections[0] === injections[1] ? laws : Math.min(laws, firstSupply(a.law), firstSupply(b.law));
}

function lawDifference(a: SupplyLaw, b: SupplyLaw): number {
  const at = (law: SupplyLaw, i: number) => law.starts[i] ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.max(a.pieces.length, b.pieces.length); i++) {
    if (at(a, i) === at(b, i) && a.pieces[i]!.name === b.pieces[i]!.name) continue;
    return Math.min(at(a, i), at(b, i));
  }
  return Number.POSITIVE_INFINITY;
}

/** When a law begins to supply. */
function firstSupply({ pieces }: SupplyLaw): number {
  return pieces.find(({ name }) => name !== nothing)?.from ?? Number.POSITIVE_INFINITY;
}
