/** Where segments end and what their bars in the UI say. Pure arithmetic, so that a replay repeats it. */

const YEAR = 31_557_600;
const DAY = 86_400;

/** Next multiple of `interval` beyond `time`; compares products, because `time / interval` may round below the multiple it stands on. */
export function nextBoundary(time: number, interval: number): number {
  let k = Math.floor(time / interval);
  while (k * interval <= time) k += Math.max(1, k * 2 ** -52); // beyond 2^53, k + 1 is k
  return k * interval;
}

/** Compute that makes the segment of a case worth what it costs the server, s (`execution.segment_min_compute`). */
export const joinCasesFor = 2;

/** Bytes of start states that go into one manifest entry at the most: they travel in one message, of which the server takes 2 MiB. */
const manifestBytes = 2 ** 19;

/** Parts that one manifest entry names at the most, about half a KiB each. */
const manifestParts = 500;

/**
 * Whether the segments since the last manifest entry should be written down now.
 * @param starts their start states
 * @param parts number of their parts
 */
export function manifestDue(starts: readonly Uint8Array[], parts: number, everySegments: number): boolean {
  const bytes = starts.reduce((sum, { length }) => sum + length, 0);
  return starts.length >= everySegments || bytes >= manifestBytes || parts >= manifestParts;
}

/** `segment 12: 11.00 → 12.00 yr`, in days when the segment is short. */
export function segmentSummary(segment: number, from: number, to: number): string {
  const [unit, name] = to >= YEAR ? [YEAR, 'yr'] : to >= DAY ? [DAY, 'd'] : [1, 's'];
  return `segment ${segment}: ${show(from / unit)} → ${show(to / unit)} ${name}`;
}

function show(value: number): string {
  return Number(value.toPrecision(5)).toString();
}
