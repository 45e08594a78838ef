import type { PressureLine } from '../../sim/mars/vapourLaws.js';
import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from './columns.js';

/** Vapour pressure over temperature as the parameters hold it. */
export interface PressureTable {
  readonly temperatures: number[];
  /** log10 of Pa. */
  readonly logPressures: number[];
}

/**
 * log10 of the vapour pressure over temperature: columns T (or T_K) and log10P (or log10P_Pa, or P_Pa).
 * @throws TableError for missing columns, numbers that are not finite, temperatures or pressures that do not rise.
 */
export function pressureTable(table: Columns): PressureTable {
  const T = anyColumn(table, ['T', 'T_K']);
  const P = anyColumn(table, ['log10P', 'log10P_Pa', 'P_Pa']);
  if (table.rows < 2) throw new TableError(`needs at least 2 rows, it has ${table.rows}`);
  for (const { name, values } of [T, P]) requireFinite(name, values);
  requireAscending(T.name, T.values);
  if (!(T.values[0]! > 0)) throw new TableError(`column ${T.name}: ${T.values[0]} must be > 0`);
  requireAscending(P.name, P.values);
  if (P.name === 'P_Pa' && !(P.values[0]! > 0))
    throw new TableError(`column P_Pa: ${P.values[0]} must be > 0`);
  // Engines differ in the last bit of logarithms; without it the same table gives the same identity everywhere.
  const logPressures =
    P.name === 'P_Pa' ? P.values.map((p) => Number(Math.log10(p).toPrecision(14))) : [...P.values];
  return { temperatures: [...T.values], logPressures };
}

/**
 * Least-squares line log10 P = A - B/T through the points within `window` [K] of an end of the table.
 * @returns null when there are fewer than `least` such points
 */
export function fittedLine(
  { temperatures, logPressures }: PressureTable,
  end: 'cold' | 'hot',
  window: number,
  least: number,
): PressureLine | null {
  const edge = end === 'cold' ? temperatures[0]! : temperatures[temperatures.length - 1]!;
  const near = temperatures.flatMap((T, i) => (Math.abs(T - edge) <= window ? [i] : []));
  if (near.length < Math.max(least, 2)) return null;
  const mean = (of: (i: number) => number) => near.reduce((sum, i) => sum + of(i), 0) / near.length;
  const x = mean((i) => 1 / temperatures[i]!);
  const y = mean((i) => logPressures[i]!);
  const slope =
    mean((i) => (1 / temperatures[i]! - x) * (logPressures[i]! - y)) /
    mean((i) => (1 / temperatures[i]! - x) ** 2);
  return { A: y - slope * x, B: -slope };
}
