import type { Axis, Tick } from '../chart/axis.js';
import { logAxis } from '../chart/axis.js';
import { mostTimes } from './data.js';

const day = 86400;
const year = 365.25 * day;

/** Decades of time that the picture shows before the end; earlier the disk is still as it began. */
const timeDecades = 9;

const familiarTimes: readonly Tick[] = [
  { value: 1e-6, label: '1 µs' },
  { value: 1e-3, label: '1 ms' },
  { value: 1, label: '1 s' },
  { value: 60, label: '1 min' },
  { value: 3600, label: '1 h' },
  { value: day, label: '1 d' },
  { value: year, label: '1 yr' },
  { value: 1e3 * year, label: '1 kyr' },
  { value: 1e6 * year, label: '1 Myr' },
];

/** The common time axis of the panels, in `unit`; `perSecond` converts. */
export interface TimeAxis {
  readonly unit: 'yr' | 'd';
  readonly perSecond: number;
  readonly axis: Axis;
  readonly guides: readonly Tick[];
}

/** Years when the run is a year or longer, otherwise days. Rows at t <= 0 have no place on it. */
export function timeAxis(times: ArrayLike<number>): TimeAxis {
  let first = Infinity;
  let last = 0;
  for (let row = 0; row < times.length; row += 1) {
    const time = times[row]!;
    if (!(time > 0) || time === Infinity) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  // Nothing after the start, or a single row: a decade around it.
  if (last === 0) [first, last] = [0.1 * day, day];
  first = Math.max(first, last * 10 ** -timeDecades);
  if (first === last) [first, last] = [first / 3, last * 3];
  const unit = last >= year ? 'yr' : 'd';
  const perSecond = 1 / (unit === 'yr' ? year : day);
  // A little room keeps the last point off the frame.
  const axis = logAxis(first * perSecond, last * perSecond * (last / first) ** 0.015, 6);
  const guides = familiarTimes.map((guide) => ({ ...guide, value: guide.value * perSecond }));
  return { unit, perSecond, axis, guides };
}

/**
 * Rows of a recorded history whose size distributions tell the story: the start, if recorded, then `count` times that are evenly
 * spaced in log time up to the last row, over at most eight decades.
 * @param times ascending [s]
 * @returns ascending row numbers, without repeats; never more than the picture can show
 */
export function selectHistoryRows(times: ArrayLike<number>, count = 5): number[] {
  if (times.length === 0) return [];
  const rows = new Set<number>();
  if (times[0]! <= 0) rows.add(0);
  const positive = Array.from(times).findIndex((time) => time > 0);
  if (positive >= 0) {
    const end = times[times.length - 1]!;
    const begin = Math.max(times[positive]!, end * 1e-8);
    const picks = Math.min(count, mostTimes - rows.size);
    for (let index = 0; index < picks; index += 1) {
      const share = picks === 1 ? 1 : index / (picks - 1);
      rows.add(nearestRow(times, positive, Math.log(begin) + share * Math.log(end / begin)));
    }
  }
  return [...rows].sort((a, b) => a - b);
}

function nearestRow(times: ArrayLike<number>, from: number, logTime: number): number {
  let best = from;
  for (let row = from; row < times.length; row += 1) {
    if (Math.abs(Math.log(times[row]!) - logTime) < Math.abs(Math.log(times[best]!) - logTime)) best = row;
  }
  return best;
}
