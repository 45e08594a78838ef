import { cellOf, clip } from './cells.js';
import { CubicEfficiency } from './cubicEfficiency.js';
import type { MarsParams } from './params.js';

/** A rectangle of Planck-mean efficiencies; both axes ascend. A constant is a table whose axes are empty. */
export interface QprTable {
  readonly temperatures: Float64Array;
  readonly sizes: Float64Array;
  /** Row-major: values[iT * sizes.length + iS]. */
  readonly values: Float64Array;
  /** How the table is read between its nodes; null: linearly. */
  readonly cubic: CubicEfficiency | null;
}

export function qprTable(efficiency: MarsParams['efficiency']): QprTable {
  if (efficiency.kind === 'constant') {
    return {
      temperatures: new Float64Array(0),
      sizes: new Float64Array(0),
      values: Float64Array.of(efficiency.value),
      cubic: null,
    };
  }
  const temperatures = Float64Array.from(efficiency.temperatures);
  const sizes = Float64Array.from(efficiency.sizes);
  const values = Float64Array.from(efficiency.values);
  const cubic = efficiency.reading === 'cubic' ? new CubicEfficiency(temperatures, sizes, values) : null;
  return { temperatures, sizes, values, cubic };
}

/**
 * <Q_pr>(s, T): bilinear in linear s and linear T, first in s, then in T, or bicubic; outside the axes their ends are held (physics.md d).
 *
 * @param s grain radius, m
 * @param T temperature of Mars, K
 */
export function radiationPressureEfficiency(table: QprTable, s: number, T: number): number {
  const { temperatures, sizes, values, cubic } = table;
  if (sizes.length === 0) return values[0];
  if (cubic !== null) return cubic.at(s, T);
  const size = clip(s, sizes[0], sizes[sizes.length - 1]);
  const temperature = clip(T, temperatures[0], temperatures[temperatures.length - 1]);
  const i = cellOf(sizes, size);
  const j = cellOf(temperatures, temperature);
  const u = (size - sizes[i]) / (sizes[i + 1] - sizes[i]);
  const w = (temperature - temperatures[j]) / (temperatures[j + 1] - temperatures[j]);
  const p = j * sizes.length + i;
  const q = p + sizes.length;
  const low = values[p] * (1 - u) + values[p + 1] * u;
  const high = values[q] * (1 - u) + values[q + 1] * u;
  return low * (1 - w) + high * w;
}
