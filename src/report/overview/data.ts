import { sequence } from '../chart/style.js';

/** Columns of series/run.parquet, one value a row. Time in s, masses in Mars masses, the rest in SI. */
export interface OverviewRun {
  readonly time: Float64Array;
  readonly Sigma_surf: Float64Array;
  readonly tau: Float64Array;
  readonly tau_bound: Float64Array;
  readonly M_loss_cum: Float64Array;
  readonly mass_lost_by_blowout: Float64Array;
  readonly mass_lost_by_sinks: Float64Array;
  /** Absent when the run has no supply. */
  readonly mass_supplied?: Float64Array;
  readonly T_M_used: Float64Array;
  readonly a_blow: Float64Array;
}

/** Size bins: n + 1 edges [m], n centres [m] and grain masses [kg]. */
export interface SizeGrid {
  readonly edges: Float64Array;
  readonly centers: Float64Array;
  readonly grainMass: Float64Array;
}

/** Numbers of grains per bin [m-2] at selected times [s], in order of time. */
export interface SizeHistory {
  readonly times: Float64Array;
  readonly numbers: readonly Float64Array[];
}

export interface OverviewData {
  readonly title: string;
  /** Identity hash of the run; the first twelve characters are shown. */
  readonly identity: string;
  readonly model: string;
  /** Version of this program. */
  readonly version: string;
  readonly run: OverviewRun;
  readonly sizes: SizeGrid;
  readonly history: SizeHistory;
  /** Whether mass_lost_by_sinks holds more than what sublimed. */
  readonly otherSinks: boolean;
}

/** The largest number of size distributions in one picture. */
export const mostTimes = sequence.length;

/** @throws RangeError naming what does not fit together */
export function checkOverviewData({ run, sizes, history }: OverviewData): void {
  const rows = run.time.length;
  for (const [name, column] of Object.entries(run)) {
    if (column !== undefined && column.length !== rows) {
      throw new RangeError(`overview: column ${name} has ${column.length} rows, time has ${rows}`);
    }
  }
  const bins = sizes.edges.length - 1;
  if (sizes.centers.length !== bins || sizes.grainMass.length !== bins) {
    throw new RangeError(
      `overview: ${bins + 1} bin edges need ${bins} centres and grain masses, ` +
        `not ${sizes.centers.length} and ${sizes.grainMass.length}`,
    );
  }
  if (history.numbers.length !== history.times.length) {
    throw new RangeError(
      `overview: ${history.times.length} times, but ${history.numbers.length} size distributions`,
    );
  }
  if (history.times.length > mostTimes) {
    throw new RangeError(
      `overview: ${history.times.length} size distributions; at most ${mostTimes} can be told apart`,
    );
  }
  for (const numbers of history.numbers) {
    if (numbers.length !== bins) {
      throw new RangeError(`overview: a size distribution of ${numbers.length} bins on a grid of ${bins}`);
    }
  }
}
