/** How far a sweep is: JSON-safe, printed as it is by --json. */

/** In the order in which they matter to whoever looks for trouble. */
export const caseStates = ['failed', 'lost', 'cancelled', 'running', 'pending', 'complete'] as const;
export type CaseState = (typeof caseStates)[number];

export interface StandingCase {
  readonly title: string;
  readonly state: CaseState;
  /** Share of the planned model time that is done, 0..1; null while it is unknown. */
  readonly share: number | null;
  /** Why it did not complete; of a running case: what keeps it from getting on. */
  readonly reason: string | null;
}

/** `incomplete`: it came to its end with cases that did not complete. `terminated`: ended from outside, without its last word. */
export type SweepState =
  | 'running'
  | 'paused'
  | 'complete'
  | 'incomplete'
  | 'cancelled'
  | 'failed'
  | 'terminated';

export interface SweepStanding {
  readonly tag: string;
  /** Folder of the batch, absolute. */
  readonly batch: string;
  /** Workflow id. */
  readonly sweepId: string;
  readonly state: SweepState;
  readonly counts: Readonly<Record<CaseState, number>>;
  /** In the order of the definition. */
  readonly cases: readonly StandingCase[];
  /** Cases at a time at the most. */
  readonly jobs: number | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string | null;
  /** Estimate, s. */
  readonly secondsLeft: number | null;
  /** Over the last minutes. */
  readonly casesPerMinute: number | null;
}

/** How many of the cases are in each state. */
export function countsOf(cases: readonly Pick<StandingCase, 'state'>[]): Record<CaseState, number> {
  const counts = { failed: 0, lost: 0, cancelled: 0, running: 0, pending: 0, complete: 0 };
  for (const { state } of cases) counts[state] += 1;
  return counts;
}
