import type { MarsParams } from './params.js';

/** Times of the rows of `run` besides the first (t = 0) and the last (end of the run). */
export interface OutputTimes {
  /** Rows follow the accepted steps, every `stride`-th; null when rows have times of their own. */
  readonly stride: number | null;
  /** The index-th time of output, s; Infinity after the last. */
  at(index: number): number;
}

const never = Number.POSITIVE_INFINITY;

export function outputTimes(every: MarsParams['output']['every'], end: number): OutputTimes {
  switch (every.kind) {
    case 'steps':
      return { stride: every.stride, at: () => never };
    case 'interval':
      return { stride: null, at: (index) => within((index + 1) * every.seconds, end) };
    case 'log':
      return listed(logTimes(every.perDecade, end), end);
    case 'times':
      return listed(Float64Array.from(every.times).sort(), end);
  }
}

/** A time at the end, up to rounding, is left to the last row. */
const within = (t: number, end: number) => (t < end * (1 - 1e-12) ? t : never);

function listed(times: Float64Array, end: number): OutputTimes {
  return { stride: null, at: (index) => (index < times.length ? within(times[index], end) : never) };
}

/** 10^(j/perDecade) s, from one second on. */
function logTimes(perDecade: number, end: number): Float64Array {
  const count = Math.max(Math.floor(Math.log10(end) * perDecade) + 1, 0);
  return Float64Array.from({ length: count }, (_, j) => 10 ** (j / perDecade));
}
