import type { Switch } from './crossing.js';
import type { Disk } from './disk.js';
import type { DiskRates } from './rates.js';
import type { Losses } from './sizeScheme.js';
import type { StopCode } from './stops.js';
import { boundOpticalDepth } from './totals.js';

/** A switch that ends the run. */
export interface Stop extends Switch {
  readonly code: StopCode;
}

/** Stops that depend on the state: tau_bound above its limit, loss rate below its threshold (spec/resolved.md 1.6 and 4). */
export class StateStops {
  readonly switches: readonly Stop[];

  constructor(
    private readonly disk: Disk,
    rates: DiskRates,
  ) {
    const { stops } = disk.params;
    const switches: Stop[] = [];
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
}

function tauSwitch(disk: Disk, limit: number): Stop {
  return {
    code: 4,
    value: (t, y) => boundOpticalDepth(disk, y, disk.blowoutRoot.at(disk.cooling.at(t))) - limit,
  };
}

function lossSwitch(disk: Disk, rates: DiskRates, threshold: number): Stop {
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
