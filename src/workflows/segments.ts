/** Where segments end and what their bars in the UI say. Pure arithmetic, so that a replay repeats it. */

const YEAR = 31_557_600;
const DAY = 86_400;

/** Next multiple of `interval` beyond `time`; compares products, because `time / interval` may round below the multiple it stands on. */
export function nextBoundary(time: number, interval: number): number {
  let k = Math.floor(time / interval);
  while (k * interval <= time) k += 1;
  return k * interval;
}

/** `segment 12: 11.00 → 12.00 yr`, in days when the segment is short. */
export function segmentSummary(segment: number, from: number, to: number): string {
  const [unit, name] = to >= YEAR ? [YEAR, 'yr'] : to >= DAY ? [DAY, 'd'] : [1, 's'];
  return `segment ${segment}: ${show(from / unit)} → ${show(to / unit)} ${name}`;
}

function show(value: number): string {
  return Number(value.toPrecision(5)).toString();
}
