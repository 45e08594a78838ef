/** How fast a sweep goes. */

/** Over what time the rate is taken, s: long enough not to flicker with single cases. */
const window = 300;

export interface SweepPace {
  readonly casesPerMinute: number | null;
  readonly secondsLeft: number | null;
}

/**
 * Rate of the cases that ended during the last minutes, or since the sweep began when that is later.
 * @param ends when cases ended, ms since 1970, in any order
 * @param begun when the sweep began, or went on, ms
 * @param open work that is left, in cases (a half-done one counts half)
 */
export function paceOf(ends: readonly number[], begun: number, now: number, open: number): SweepPace {
  const since = Math.max(begun, now - window * 1000);
  const recent = ends.filter((end) => end > since && end <= now).length;
  const minutes = (now - since) / 60_000;
  if (recent === 0 || !(minutes > 0)) return { casesPerMinute: null, secondsLeft: null };
  const casesPerMinute = recent / minutes;
  return { casesPerMinute, secondsLeft: (60 * open) / casesPerMinute };
}
