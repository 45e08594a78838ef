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

/** Between which times [s] rows were recorded. */
export interface TimeSpan {
  readonly first: number;
  /** The first time after the start; NaN if there is none. */
  readonly firstPositive: number;
  readonly last: number;
}

/** The span of rows that come in stretches of ascending times; null before any. */
export function spanWith(span: TimeSpan | null, times: Float64Array): TimeSpan | null {
  if (times.length === 0) return span;
  const positive = times.find((time) => time > 0) ?? Number.NaN;
  return {
    first: span?.first ?? times[0]!,
    firstPositive: span === null || Number.isNaN(span.firstPositive) ? positive : span.firstPositive,
    last: times[times.length - 1]!,
  };
}

/**
 * Finds the rows of a recorded history whose size distributions tell the story: the start, if recorded, then `count` times that are
 * evenly spaced in log time up to the last row, over at most eight decades. Takes the times in stretches, and keeps none of them.
 */
export class HistoryRows {
  private readonly picks: { readonly logTime: number; row: number; distance: number }[] = [];
  private seen = 0;

  constructor(
    private readonly span: TimeSpan,
    count = 5,
  ) {
    const { first, firstPositive, last } = span;
    if (Number.isNaN(firstPositive)) return;
    const begin = Math.max(firstPositive, last * 1e-8);
    const most = Math.min(count, mostTimes - (first <= 0 ? 1 : 0));
    for (let index = 0; index < most; index += 1) {
      const share = most === 1 ? 1 : index / (most - 1);
      const logTime = Math.log(begin) + share * Math.log(last / begin);
      this.picks.push({ logTime, row: -1, distance: Number.POSITIVE_INFINITY });
    }
  }

  /** @param times the next stretch, ascending [s] */
  add(times: Float64Array): void {
    for (let i = 0; i < times.length; i += 1) {
      if (!(times[i]! > 0)) continue;
      const logTime = Math.log(times[i]!);
      for (const pick of this.picks) {
        const distance = Math.abs(logTime - pick.logTime);
        if (distance < pick.distance) Object.assign(pick, { row: this.seen + i, distance });
      }
    }
    this.seen += times.length;
  }

  /** Ascending row numbers, without repeats; never more than the picture can show. */
  rows(): number[] {
    const start = this.span.first <= 0 ? [0] : [];
    return [...new Set([...start, ...this.picks.map(({ row }) => row)])].sort((a, b) => a - b);
  }
}
