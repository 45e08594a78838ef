import { type BreakSources, temperaturesOfSize } from './breaks.js';

/** Why a run has ended; the numbers are what a state stores. */
export const stopReasons = [
  null,
  't_end',
  'temperature_stop',
  'blowout_below_grid',
  'tau_exceeded',
  'loss_rate_below_threshold',
  'mass_budget_exceeded',
] as const;

export type StopCode = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** An end that is known before the run: all laws in time depend on T_M alone. */
export interface PlannedEnd {
  /** s */
  readonly time: number;
  readonly code: StopCode;
}

/** The earliest of: the configured end, the temperature stop, the blow-out size at the bottom of the grid (spec/resolved.md 1.6). */
export function plannedEnd(sources: BreakSources): PlannedEnd {
  const { stops } = sources.params;
  let end: PlannedEnd = { time: stops.end, code: 1 };
  const cold = coolingEnd(sources);
  if (cold !== null && cold <= end.time) end = { time: cold, code: 2 };
  if (stops.blowoutBelowGrid) {
    const small = blowoutEnd(sources);
    if (small !== null && small <= end.time) end = { time: small, code: 3 };
  }
  return end;
}

function coolingEnd(sources: BreakSources): number | null {
  const { params, cooling } = sources;
  const { temperature, temperatureMargin, end } = params.stops;
  if (temperature === null) return null;
  if (cooling.at(0) <= temperature) return temperatureMargin;
  const [first] = cooling.passes(temperature, end).sort((x, y) => x - y);
  return first === undefined ? null : first + temperatureMargin;
}

/** First time from minDuration on at which the blow-out size is at or below the grid. */
function blowoutEnd(sources: BreakSources): number | null {
  const { params, cooling, grid, blowoutRoot } = sources;
  const { minDuration, end } = params.stops;
  const bottom = grid.edges[0];
  const passes = temperaturesOfSize(sources, bottom)
    .flatMap((T) => cooling.passes(T, end))
    .filter((t) => t > minDuration);
  const times = [minDuration, ...passes.sort((x, y) => x - y), end];
  for (let i = 0; i + 1 < times.length; i++) {
    const middle = times[i] + (times[i + 1] - times[i]) / 2;
    if (blowoutRoot.at(cooling.at(middle)) <= bottom) return times[i];
  }
  return null;
}

/** Whether a stop that depends on the state is asked for; such stops act from `minDuration` on. */
export function hasStateStops(sources: BreakSources): boolean {
  const { stops } = sources.params;
  return stops.tau !== null || stops.lossRate !== null;
}
