import { marsRadius } from '../../sim/mars/constants.js';
import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from './columns.js';
import { mostRows } from './temperature.js';

/** Supply rate over time, s and kg m-2 s-1. */
export interface SupplyTable {
  readonly times: number[];
  readonly rates: number[];
}

/**
 * Columns t and rate; or t, r and rate on a full rectangle, of which the line at the radius of the ring is taken (linear in r).
 * @param secondsPerUnit seconds in one unit of the time column
 * @param radius of the ring, m
 * @throws TableError
 */
export function supplyTable(table: Columns, secondsPerUnit: number, radius: number): SupplyTable {
  const time = anyColumn(table, ['t', 't_s', 'time', 'time_s']);
  const rate = anyColumn(table, ['rate', 'rate_kg_m2_s']);
  refuseNegative(rate);
  requireFinite(time.name, time.values);
  const line = table.names.some((name) => name in radiusUnits)
    ? atRadius(table, time.values, rate.values, radius)
    : { times: [...time.values], rates: [...rate.values] };
  if (line.times.length < 2) throw new TableError(`needs at least 2 times, it has ${line.times.length}`);
  if (line.times.length > mostRows) {
    throw new TableError(`has ${line.times.length} times, at most ${mostRows} are allowed; thin the table`);
  }
  requireAscending(time.name, line.times);
  return { times: line.times.map((t) => t * secondsPerUnit), rates: line.rates };
}

function refuseNegative({ name, values }: { name: string; values: readonly number[] }): void {
  requireFinite(name, values);
  const bad = values.findIndex((value) => value < 0);
  if (bad >= 0) throw new TableError(`column ${name}, row ${bad + 1}: ${values[bad]} must be >= 0`);
}

/** Metres in one unit of the column of radii. */
const radiusUnits: Readonly<Record<string, number>> = { r: 1, r_m: 1, r_RM: marsRadius };

/** The rates of each time at one radius. */
function atRadius(
  table: Columns,
  t: readonly number[],
  rate: readonly number[],
  radius: number,
): SupplyTable {
  const column = anyColumn(table, Object.keys(radiusUnits));
  requireFinite(column.name, column.values);
  const r = column.values.map((value) => value * radiusUnits[column.name]!);
  const radii = [...new Set(r)].sort((a, b) => a - b);
  const times = [...new Set(t)].sort((a, b) => a - b);
  if (radii.length * times.length !== rate.length) {
    throw new TableError(
      `must be a full rectangle: ${times.length} times x ${radii.length} radii need ${times.length * radii.length} rows, it has ${rate.length}`,
    );
  }
  const value = new Map(rate.map((x, row) => [`${t[row]} ${r[row]}`, x]));
  const above = radii.findIndex((x) => x >= radius);
  if (above < 0 || radii[0]! > radius) {
    throw new TableError(
      `covers ${radii[0]} to ${radii.at(-1)} m in column ${column.name}; the ring is at ${radius} m`,
    );
  }
  const [low, high] = [radii[Math.max(above - 1, 0)]!, radii[above]!];
  const share = high > low ? (radius - low) / (high - low) : 0;
  const at = (time: number, where: number) => {
    const found = value.get(`${time} ${where}`);
    if (found === undefined) throw new TableError(`t = ${time}, r = ${where} m is missing`);
    return found;
  };
  const rates = times.map((time) => (1 - share) * at(time, low) + share * at(time, high));
  return { times, rates };
}

/** Values over T_M [K], none below zero, temperatures ascending. */
export function temperatureMap(table: Columns, temperatureColumn: string, valueColumn: string) {
  const T = anyColumn(table, [temperatureColumn]);
  const value = anyColumn(table, [valueColumn]);
  if (table.rows < 2) throw new TableError(`needs at least 2 rows, it has ${table.rows}`);
  if (table.rows > 1000)
    throw new TableError(`has ${table.rows} rows, at most 1000 are allowed; thin the table`);
  requireFinite(T.name, T.values);
  requireAscending(T.name, T.values);
  if (!(T.values[0]! > 0)) throw new TableError(`column ${T.name}, row 1: ${T.values[0]} must be > 0`);
  refuseNegative(value);
  return { temperatures: [...T.values], values: [...value.values] };
}
