import { anyColumn, type Columns, requireFinite, TableError } from './columns.js';

/** Full rectangle of Planck-mean efficiencies, both axes ascending, row-major over temperature. */
export interface EfficiencyTable {
  readonly temperatures: number[];
  readonly sizes: number[];
  readonly values: number[];
}

const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Engines differ in the last bit of powers; without that bit the same table gives the same identity everywhere. */
const sizeOfLogarithm = (log10: number) => Number((10 ** log10).toPrecision(14));

/** The rows may stand in any order as long as each pair of axis values occurs exactly once. */
function rectangle(
  sizes: number[],
  temperatures: number[],
  size: readonly number[],
  T: readonly number[],
  Q: readonly number[],
) {
  const sizeAt = new Map(sizes.map((value, i) => [value, i]));
  const temperatureAt = new Map(temperatures.map((value, i) => [value, i]));
  const values = new Array<number>(sizes.length * temperatures.length).fill(Number.NaN);
  for (let row = 0; row < Q.length; row++) {
    const cell = temperatureAt.get(T[row]!)! * sizes.length + sizeAt.get(size[row]!)!;
    if (!Number.isNaN(values[cell]!)) {
      throw new TableError(`row ${row + 1}: T = ${T[row]} K, s = ${size[row]} m occurs twice`);
    }
    values[cell] = Q[row]!;
  }
  const hole = values.findIndex((value) => Number.isNaN(value));
  if (hole >= 0) {
    const missing = `T = ${temperatures[Math.floor(hole / sizes.length)]} K, s = ${sizes[hole % sizes.length]} m`;
    throw new TableError(
      `must be a full rectangle: ${temperatures.length} temperatures x ${sizes.length} sizes need ${values.length} rows, it has ${Q.length}; ${missing} is missing`,
    );
  }
  return values;
}

/**
 * Q_pr over size and temperature (physics.md section d).
 * @throws TableError for missing columns, numbers that are not finite or not positive, empty axes, holes and repetitions.
 */
export function efficiencyTable(table: Columns): EfficiencyTable {
  const size = anyColumn(table, ['s', 's_m', 'log10_s']);
  const T = anyColumn(table, ['T_M', 'T_K']);
  const Q = anyColumn(table, ['Q_pr']);
  if (table.rows === 0) throw new TableError('holds no rows');
  for (const { name, values } of [size, T, Q]) requireFinite(name, values);
  const metres = size.name === 'log10_s' ? size.values.map(sizeOfLogarithm) : size.values;
  const low = metres.findIndex((s) => s <= 0);
  if (low >= 0) throw new TableError(`column ${size.name}, row ${low + 1}: ${metres[low]} must be > 0`);
  const cold = T.values.findIndex((value) => value <= 0);
  if (cold >= 0) throw new TableError(`column ${T.name}, row ${cold + 1}: ${T.values[cold]} must be > 0`);
  const negative = Q.values.findIndex((value) => value < 0);
  if (negative >= 0)
    throw new TableError(`column Q_pr, row ${negative + 1}: ${Q.values[negative]} must be >= 0`);
  const sizes = ascending(metres);
  const temperatures = ascending(T.values);
  if (sizes.length < 2) throw new TableError(`column ${size.name} needs at least 2 different sizes`);
  if (temperatures.length < 2)
    throw new TableError(`column ${T.name} needs at least 2 different temperatures`);
  return { temperatures, sizes, values: rectangle(sizes, temperatures, metres, T.values, Q.values) };
}
