import type { PhiTable } from '../../sim/mars/shielding.js';
import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from './columns.js';

/** Rows of the table at one value of a column: 0 if it occurs, else the smallest; all rows without such a column. */
function slice(table: Columns, name: string, rows: readonly number[]): number[] {
  if (!table.names.includes(name)) return [...rows];
  const values = table.column(name);
  requireFinite(name, values);
  const taken = values.includes(0) ? 0 : Math.min(...values);
  return rows.filter((row) => values[row] === taken);
}

/**
 * Shielding Phi over tau: columns tau and phi (or Phi), with w0 and g taken at 0, or at their smallest values (physics.md section j).
 * @throws TableError for missing columns, numbers that are not finite, Phi outside 0..1, depths that do not ascend or are negative.
 */
export function shieldingTable(table: Columns): PhiTable {
  const tau = anyColumn(table, ['tau']);
  const Phi = anyColumn(table, ['phi', 'Phi']);
  if (table.rows === 0) throw new TableError('holds no rows');
  for (const { name, values } of [tau, Phi]) requireFinite(name, values);
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const rows = slice(table, 'g', slice(table, 'w0', all));
  const depths = rows.map((row) => tau.values[row]!);
  const values = rows.map((row) => Phi.values[row]!);
  if (rows.length < 2) throw new TableError(`needs at least 2 optical depths, it has ${rows.length}`);
  requireAscending('tau', depths);
  if (depths[0]! < 0) throw new TableError(`column tau: ${depths[0]} must be >= 0`);
  const outside = values.find((value) => value < 0 || value > 1);
  if (outside !== undefined) throw new TableError(`column ${Phi.name}: ${outside} must be >= 0 and <= 1`);
  return { depths, values };
}
