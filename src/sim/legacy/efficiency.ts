import { clip } from '../mars/cells.js';
import { type QprTable, radiationPressureEfficiency } from '../mars/efficiency.js';

/**
 * <Q_pr>(s, T) as `radiationPressureEfficiency` gives it, bit for bit, for many sizes at one temperature. Remembers the cells in which it
 * looked last: neighbouring steps ask for neighbouring values.
 */
export class EfficiencyAtTemperature {
  private low = 0;
  private cold = 0;
  private share = 0;
  private temperature = 0;

  constructor(private readonly table: QprTable) {}

  setTemperature(T: number): void {
    const { temperatures, sizes } = this.table;
    this.temperature = T;
    if (sizes.length === 0) return;
    const last = temperatures.length - 1;
    const held = clip(T, temperatures[0], temperatures[last]);
    this.cold = cellFrom(temperatures, this.cold, held);
    const below = temperatures[this.cold];
    this.share = (held - below) / (temperatures[this.cold + 1] - below);
  }

  /** @param s grain radius, m */
  at(s: number): number {
    const { sizes, values } = this.table;
    const count = sizes.length;
    if (count === 0) return values[0];
    if (this.table.cubic !== null) return radiationPressureEfficiency(this.table, s, this.temperature);
    const size = clip(s, sizes[0], sizes[count - 1]);
    const i = cellFrom(sizes, this.low, size);
    this.low = i;
    const u = (size - sizes[i]) / (sizes[i + 1] - sizes[i]);
    const p = this.cold * count + i;
    const q = p + count;
    const w = this.share;
    const low = values[p] * (1 - u) + values[p + 1] * u;
    const high = values[q] * (1 - u) + values[q + 1] * u;
    return low * (1 - w) + high * w;
  }
}

/** As `cellOf`, looked for from a cell near by. */
function cellFrom(axis: Float64Array, guess: number, x: number): number {
  let i = guess;
  while (i > 0 && axis[i] >= x) i--;
  while (i < axis.length - 2 && axis[i + 1] < x) i++;
  return i;
}
