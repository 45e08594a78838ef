import { anyColumn, type Columns, requireAscending, requireFinite, TableError } from '../tables/columns.js';

/** Rows at the smallest value of a column: a table over (tau, w0, g) is taken at w0 = 0 and g = 0, or at the smallest there is. */
function atSmallest(table: Columns, name: string, rows: readonly number[]): readonly number[] {
  if (!table.names.includes(name)) return rows;
  const values = table.column(name);
  const chosen = values.includes(0) ? 0 : Math.min(...values);
  return rows.filter((row) => values[row] === chosen);
}

/**
 * Phi over tau (physics.md j).
 * @throws TableError for missing columns, values that are not finite, depths that do not ascend
 */
export function shieldingTable(table: Columns): { depths: number[]; values: number[] } {
  const tau = anyColumn(table, ['tau']);
  const phi = anyColumn(table, ['phi', 'Phi']);
  if (table.rows === 0) throw new TableError('holds no rows');
  for (const { name, values } of [tau, phi]) requireFinite(name, values);
  const all = Array.from({ length: table.rows }, (_, row) => row);
  const rows = atSmallest(table, 'g', atSmallest(table, 'w0', all));
  const depths = rows.map((row) => tau.values[row]!);
  requireAscending(tau.name, depths);
  return { depths, values: rows.map((row) => phi.values[row]!) };
}
