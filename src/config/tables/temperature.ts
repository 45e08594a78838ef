import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from './columns.js';

/** Rows beyond which a table is refused: the parameters of a run travel with each of its segments. */
export const mostRows = 20000;

/**
 * Temperature of Mars over time.
 * @param secondsPerUnit seconds in one unit of the time column
 * @throws TableError for missing columns, NaN, unsorted times, fewer than two rows, temperatures outside 1000..6500 K.
 */
export function temperatureTable(
  table: Columns,
  timeColumn: string,
  temperatureColumn: string,
  secondsPerUnit: number,
) {
  const time = anyColumn(table, [timeColumn]);
  const T = anyColumn(table, [temperatureColumn]);
  if (table.rows < 2) throw new TableError(`needs at least 2 rows, it has ${table.rows}`);
  if (table.rows > mostRows) {
    throw new TableError(
      `has ${table.rows} rows, at most ${mostRows} are allowed; mode slab or hyodo give the law itself, or thin the table`,
    );
  }
  for (const { name, values } of [time, T]) requireFinite(name, values);
  requireAscending(time.name, time.values);
  const outside = T.values.findIndex((value) => value < 1000 || value > 6500);
  if (outside >= 0) {
    throw new TableError(
      `column ${T.name}, row ${outside + 1}: ${T.values[outside]} K is outside 1000..6500 K`,
    );
  }
  return { times: time.values.map((value) => value * secondsPerUnit), temperatures: [...T.values] };
}
