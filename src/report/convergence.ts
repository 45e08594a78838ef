/** How far results depend on the number of size bins and on the tolerance: from summaries of several runs of one configuration. */

/** One of the runs. `values` are numbers of its summary, null where it has none. */
export interface ConvergenceRun {
  readonly bins: number;
  readonly rtol: number;
  readonly steps: number;
  readonly rejected: number;
  readonly values: Readonly<Record<string, number | null>>;
}

/** What the runs say of one number of the summary. */
export interface ConvergedNumber {
  readonly name: string;
  /** By the bins that are asked for, with the tolerance that is asked for. */
  readonly value: number;
  /** By bins, fewest first. */
  readonly byBins: readonly (number | null)[];
  /** Observed order in the width of the bins, from the three finest runs; null where they do not approach a limit one-sidedly. */
  readonly order: number | null;
  /**
   * Relative error by the number of bins. Signed where there is an order (value over limit, less 1); otherwise the largest difference from a
   * run with more bins, which is no bound. Null where the value is 0 or missing.
   */
  readonly resolution: number | null;
  /** Relative difference from the run with the tighter tolerance. */
  readonly tolerance: number | null;
}

export interface Convergence {
  readonly bins: number;
  readonly rtol: number;
  /** The tighter tolerance. */
  readonly tight: number;
  readonly runs: readonly ConvergenceRun[];
  readonly numbers: readonly ConvergedNumber[];
  /** What the runs cannot show of their own error; absent where there is nothing to say. */
  readonly caveat?: string;
}

/** Numbers of the summary that people quote and that depend on how sizes are resolved. */
export const headlines = [
  'M_loss',
  'M_loss_rp_mars',
  'M_loss_from_sublimation',
  'mass_supplied',
  'mass_remaining',
  'Sigma_surf',
  'tau_max',
  'tau_last',
  'tau_bound_last',
  'stop_time_s',
] as const;

/** Orders outside of this are no orders: differences of rounding, or a run that is far from its limit. */
const leastOrder = 0.3;
const mostOrder = 6;

/** Relative differences below this are those of the rounding of a mass budget. */
const rounding = 1e-12;

/**
 * @param runs with the asked tolerance and bins that double, fewest first, then the one with the tighter tolerance
 * @param bins the number that is asked for
 */
export function convergenceOf(runs: readonly ConvergenceRun[], bins: number): Convergence {
  const tight = runs.at(-1)!;
  const ladder = runs.slice(0, -1);
  const asked = ladder.findIndex((run) => run.bins === bins);
  const numbers = headlines.flatMap((name): ConvergedNumber[] => {
    const byBins = ladder.map(({ values }) => values[name] ?? null);
    const value = byBins[asked]!;
    if (value === null) return [];
    const order = orderOf(byBins);
    return [
      {
        ...{ name, value, byBins, order },
        resolution: resolutionOf(byBins, asked, order),
        tolerance: difference(value, tight.values[name] ?? null),
      },
    ];
  });
  return { bins, rtol: ladder[asked]!.rtol, tight: tight.rtol, runs, numbers };
}

/**
 * Of the three finest: each has half the bin width of the one before, so the differences shrink by 2^order. None where the limit that
 * follows has another sign than the values: masses and depths are not negative, such runs are far from their limit.
 */
function orderOf(byBins: readonly (number | null)[]): number | null {
  const [coarse, middle, fine] = byBins.slice(-3);
  if (coarse == null || middle == null || fine == null) return null;
  if (difference(coarse, middle) === 0 || difference(middle, fine) === 0) return null;
  const order = Math.log2((coarse - middle) / (middle - fine));
  if (!(order >= leastOrder && order <= mostOrder)) return null;
  return limitOf(middle, fine, order) * fine > 0 ? order : null;
}

function limitOf(middle: number, fine: number, order: number): number {
  return fine + (fine - middle) / (2 ** order - 1);
}

function resolutionOf(
  byBins: readonly (number | null)[],
  asked: number,
  order: number | null,
): number | null {
  const value = byBins[asked]!;
  if (order !== null && value !== null) {
    const [middle, fine] = byBins.slice(-2) as [number, number];
    return difference(value, limitOf(middle, fine, order));
  }
  const finer = byBins.slice(asked + 1).map((other) => difference(value, other));
  const known = finer.filter((each) => each !== null).map(Math.abs);
  return known.length === 0 ? null : Math.max(...known);
}

/** value/limit - 1; null where that says nothing. */
function difference(value: number | null, limit: number | null): number | null {
  if (value === null || limit === null) return null;
  if (value === limit) return 0;
  if (limit === 0) return null;
  const relative = value / limit - 1;
  return Math.abs(relative) < rounding ? 0 : relative;
}
