/** One drawn point. Points of one `part` are joined; a gap in the data begins a new part. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly part: number;
}

interface Column {
  index: number;
  part: number;
  low: number;
  high: number;
}

/**
 * Thins a line without changing its look: of the points that fall into one pixel column the lowest and the highest stay, in their
 * order. Points that cannot be drawn are left out, and the line breaks there if the gap is wide enough to be seen.
 * @param column pixel column (0, 1, 2, ...) of an x value; NaN leaves the point out
 * @param drawable whether a y value can be shown
 * @returns at most two points for each column and part
 */
export function thinned(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  column: (x: number) => number,
  drawable: (y: number) => boolean,
): Point[] {
  const points: Point[] = [];
  let open: Column | null = null;
  let part = 0;
  const put = (row: number, of: number) => points.push({ x: xs[row]!, y: ys[row]!, part: of });
  const close = (done: Column) => {
    const [first, second] = done.low <= done.high ? [done.low, done.high] : [done.high, done.low];
    put(first, done.part);
    if (second !== first) put(second, done.part);
  };
  let gap = false;
  for (let row = 0; row < xs.length; row += 1) {
    const index = column(xs[row]!);
    if (!Number.isFinite(index) || !drawable(ys[row]!)) {
      gap = true;
      continue;
    }
    // A gap narrower than a column does not show; breaking there would keep every point of a noisy line.
    if (gap && open !== null && index - open.index > 1) part += 1;
    gap = false;
    if (open !== null && open.index === index && open.part === part) {
      if (ys[row]! < ys[open.low]!) open.low = row;
      if (ys[row]! > ys[open.high]!) open.high = row;
      continue;
    }
    if (open !== null) close(open);
    open = { index, part, low: row, high: row };
  }
  if (open !== null) close(open);
  return points;
}

/** Pixel column of a value on a logarithmic axis of `width` pixels. */
export function logColumn(domain: readonly [number, number], width: number): (x: number) => number {
  const low = Math.log(domain[0]);
  const perPixel = (Math.log(domain[1]) - low) / width;
  return (x) => (x > 0 ? Math.floor((Math.log(x) - low) / perPixel) : Number.NaN);
}

/** Parts that consist of a single point: a line shows nothing there. */
export function isolated(points: readonly Point[]): Point[] {
  const counts = new Map<number, number>();
  for (const point of points) counts.set(point.part, (counts.get(point.part) ?? 0) + 1);
  return points.filter((point) => counts.get(point.part) === 1);
}
