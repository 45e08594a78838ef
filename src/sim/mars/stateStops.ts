import type { Switch } from './crossing.js';
import type { Disk } from './disk.js';
import { vapourFrom } from './phase.js';
import type { DiskRates } from './rates.js';
import { shieldingFactor } from './shielding.js';
import type { RingLosses } from './sizeScheme.js';
import type { StopCode } from './stops.js';
import { boundOpticalDepth, opticalDepth } from './totals.js';

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
    if (stops.tau !== null) switches.push(tauSwitch(disk, rates, stops.tau * (1 + stops.tauTolerance)));
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

/** Shielded optical depth of bound grains, while these are solid (physics.md j). */
function tauSwitch(disk: Disk, rates: DiskRates, limit: number): Stop {
  const { shielding } = disk.params;
  return {
    code: 4,
    value(t, y) {
      if (rates.vapourFraction(t, y) >= vapourFrom) return -limit;
      const bound = boundOpticalDepth(disk, y, disk.blowoutRoot.at(disk.cooling.at(t)));
      return shieldingFactor(shielding, opticalDepth(disk, y)) * bound - limit;
    },
  };
}

function lossSwitch(disk: Disk, rates: DiskRates, threshold: number): Stop {
  const losses: RingLosses = { blown: 0, vapour: 0, dragged: 0, escaping: 0 };
  return {
    code: 5,
    value(t, y) {
      rates.losses(t, y, losses);
      const { blown, vapour, dragged, escaping } = losses;
      return threshold - (blown + vapour + dragged + escaping) * disk.toMarsMasses;
    },
  };
}
