import type { DenseOutput } from '../numerics/denseOutput.js';
import { bisect } from '../numerics/root.js';
import type { Disk } from './disk.js';
import type { DiskRates } from './rates.js';
import type { Losses } from './sizeScheme.js';
import type { StopCode } from './stops.js';
import { boundOpticalDepth } from './totals.js';

/** Where inside a step the switch functions are looked at: tau is not monotone. */
const looks = [0.25, 0.5, 0.75, 1];

/** Width of the bracket of a crossing, as a share of the step. */
const sharpness = 1e-12;

interface Switch {
  readonly code: StopCode;
  /** Positive once the run must stop. */
  value(t: number, y: Float64Array): number;
}

/** Stops that depend on the state: tau_bound above its limit, loss rate below its threshold (spec/resolved.md 1.6 and 4). */
export class StateStops {
  private readonly switches: readonly Switch[];

  constructor(
    private readonly disk: Disk,
    rates: DiskRates,
  ) {
    const { stops } = disk.params;
    const switches: Switch[] = [];
    if (stops.tau !== null) switches.push(tauSwitch(disk, stops.tau * (1 + stops.tauTolerance)));
    if (stops.lossRate !== null) switches.push(lossSwitch(disk, rates, stops.lossRate));
    this.switches = switches;
  }

  /** Whether the stops act from a time on; `minDuration` is a break time, met exactly up to merging with another break. */
  actsFrom(t: number): boolean {
    return this.switches.length > 0 && t >= this.disk.params.stops.minDuration * (1 - 2e-12);
  }

  /** Code of a stop whose condition holds, 0 if none. */
  holds(t: number, y: Float64Array): StopCode {
    for (const each of this.switches) if (each.value(t, y) > 0) return each.code;
    return 0;
  }

  /**
   * The first crossing inside a step, found on the dense output.
   *
   * @param work holds solutions inside the step
   */
  firstIn(
    t: number,
    h: number,
    dense: DenseOutput,
    work: Float64Array,
  ): { theta: number; code: StopCode } | null {
    let first: { theta: number; code: StopCode } | null = null;
    for (const each of this.switches) {
      const value = (theta: number) => {
        dense.at(theta, work);
        return each.value(t + theta * h, work);
      };
      let before = 0;
      for (const theta of looks) {
        if (first !== null && before >= first.theta) break;
        if (value(theta) > 0) {
          const root = bisect(value, before, theta, sharpness);
          if (first === null || root < first.theta) first = { theta: root, code: each.code };
          break;
        }
        before = theta;
      }
    }
    return first;
  }
}

function tauSwitch(disk: Disk, limit: number): Switch {
  return {
    code: 4,
    value: (t, y) => boundOpticalDepth(disk, y, disk.blowoutRoot.at(disk.cooling.at(t))) - limit,
  };
}

function lossSwitch(disk: Disk, rates: DiskRates, threshold: number): Switch {
  const losses: Losses = { blown: 0, vapour: 0 };
  return {
    code: 5,
    value(t, y) {
      rates.at(t);
      rates.scheme.losses(y, losses);
      return threshold - (losses.blown + losses.vapour) * disk.toMarsMasses;
    },
  };
}
