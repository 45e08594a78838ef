import { hasLogPlace } from '../chart/axis.js';
import { logColumn } from '../chart/points.js';
import type { OverviewRun } from './data.js';
import { pixelColumns } from './timePanels.js';
import { type TimeSpan, timeAxis } from './times.js';

/**
 * The rows of a stretch of a run without which its picture would look different: of each pixel column the first and the last row and those
 * with the lowest and highest drawable value of any quantity, and the rows nearest to `marks` [s]. So a run of any length is drawn in
 * bounded memory, to the same picture as from all its rows.
 * @param span of the whole run, which fixes the pixel columns
 */
export function thinnedRows(rows: OverviewRun, span: TimeSpan, marks: ArrayLike<number>): OverviewRun {
  const kept = new Set<number>();
  const count = rows.time.length;
  for (const [from, to] of pixelColumnsOf(rows.time, span)) {
    kept.add(from).add(to - 1);
    for (const values of Object.values(rows)) for (const row of extremes(values, from, to)) kept.add(row);
  }
  for (const mark of Array.from(marks)) kept.add(nearest(rows.time, mark));
  if (count > 0) kept.add(0).add(count - 1);
  const order = [...kept].sort((a, b) => a - b);
  const thinned = Object.entries(rows).map(([name, values]) => [
    name,
    Float64Array.from(order, (row) => values[row]),
  ]);
  return Object.fromEntries(thinned) as OverviewRun;
}

/** Half-open ranges of rows that fall into one pixel column of the time axis; rows outside of the axis belong to none. */
function* pixelColumnsOf(
  times: Float64Array,
  { firstPositive, last }: TimeSpan,
): Generator<[number, number]> {
  const { axis, perSecond } = timeAxis([firstPositive, last]);
  const column = logColumn(axis.domain, pixelColumns);
  let from = 0;
  let open = Number.NaN;
  for (let row = 0; row < times.length; row += 1) {
    const x = times[row]! * perSecond;
    const index = x >= axis.domain[0] && x <= axis.domain[1] ? column(x) : Number.NaN;
    if (index === open) continue;
    if (Number.isFinite(open)) yield [from, row];
    from = row;
    open = index;
  }
  if (Number.isFinite(open)) yield [from, times.length];
}

function extremes(values: Float64Array, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  for (let row = from; row < to; row += 1) {
    if (!hasLogPlace(values[row]!)) continue;
    if (low < 0 || values[row]! < values[low]!) low = row;
    if (high < 0 || values[row]! > values[high]!) high = row;
  }
  return low < 0 ? [] : [low, high];
}

/** The row whose time is nearest; the earlier of two that are equally near. */
function nearest(times: Float64Array, mark: number): number {
  let best = 0;
  for (let row = 1; row < times.length; row += 1) {
    if (Math.abs(times[row]! - mark) < Math.abs(times[best]! - mark)) best = row;
  }
  return best;
}
