import { bisect } from '../numerics/root.js';
import type { BlowoutSizes } from './blowout.js';
import type { Cooling } from './cooling.js';
import type { QprTable } from './efficiency.js';
import type { SizeGrid } from './grid.js';
import type { MarsParams } from './params.js';
import { phaseTemperatures } from './regime.js';
import { vapourSwitches } from './sublimation.js';

/** Break times closer together than this share of t are one. */
const merged = 1e-12;

/** What decides where the right-hand side has a kink or a jump. */
export interface BreakSources {
  readonly params: MarsParams;
  readonly cooling: Cooling;
  readonly grid: SizeGrid;
  readonly table: QprTable;
  readonly blowoutRoot: BlowoutSizes;
  /** T_grain/T_M */
  readonly grainRatio: number;
}

/**
 * Temperatures [K] of Mars at which a coefficient has a kink or a jump (spec/resolved.md 1.6): nodes of the Q_pr table, blow-out size at a
 * node of the table or at a bin edge, the switches of the vapour pressure.
 */
export function breakTemperatures(sources: BreakSources): number[] {
  const { params, table, grid, grainRatio } = sources;
  const found: number[] = [];
  if (params.blowout.enabled) {
    const [temperatures, sizes] = [table.temperatures, table.sizes].map(table.cubic === null ? all : ends);
    found.push(...temperatures);
    const gaps = gapsOf(sources);
    for (const size of [...sizes, ...grid.edges]) found.push(...temperaturesOfSize(sources, size, gaps));
  }
  if (params.sublimation !== null) {
    for (const T of vapourSwitches(params.sublimation)) found.push(T / grainRatio);
  }
  found.push(...phaseTemperatures(params.phase));
  return found;
}

const all = (axis: Float64Array) => [...axis];

/** A smooth reading has kinks only where the table ends. */
const ends = (axis: Float64Array) => [axis[0], axis[axis.length - 1]];

/** Outer limits of the temperatures that are searched, K; wider than any run may reach. */
const coldest = 100;
const hottest = 10000;

/** Temperatures between which the blow-out size is smooth, with its value there. */
type Gaps = readonly { readonly T: number; readonly a: number }[];

function gapsOf({ table, blowoutRoot }: Pick<BreakSources, 'table' | 'blowoutRoot'>): Gaps {
  const nodes = [...table.temperatures].filter((T) => T > coldest && T < hottest);
  return [coldest, ...nodes, hottest].map((T) => ({ T, a: blowoutRoot.at(T) }));
}

/** Temperatures at which the blow-out size passes a size: between nodes of the table it is smooth, so one sign change in each gap. */
export function temperaturesOfSize(
  sources: Pick<BreakSources, 'table' | 'blowoutRoot'>,
  size: number,
  gaps = gapsOf(sources),
): number[] {
  const above = (T: number) => sources.blowoutRoot.at(T) - size;
  const found: number[] = [];
  for (let i = 0; i + 1 < gaps.length; i++) {
    const [low, high] = [gaps[i], gaps[i + 1]];
    if (low.a > size !== high.a > size) found.push(bisect(above, low.T, high.T, 0));
  }
  return found;
}

/** Sorted times inside (0, end) on which a step must end, so that no step crosses a kink. */
export function breakTimes(sources: BreakSources, end: number, more: readonly number[]): Float64Array {
  const { cooling } = sources;
  const times = [...cooling.kinks(end), ...more];
  for (const T of breakTemperatures(sources)) times.push(...cooling.passes(T, end));
  times.sort((x, y) => x - y);
  const kept: number[] = [];
  for (const t of times) {
    const previous = kept.length > 0 ? kept[kept.length - 1] : 0;
    if (t > 0 && t < end * (1 - merged) && t - previous > merged * t) kept.push(t);
  }
  return Float64Array.from(kept);
}
