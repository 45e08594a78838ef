import { dragReferenceSize, escapeRate, gasDragTime, sublimationTime } from '../mars/sinkTimes.js';
import type { Bins } from './bins.js';
import type { Sinks } from './collisionStep.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';

/** Steps per blow-out time from which on the original corrects what it records. */
const fastFrom = 3;

/** Time-scales that are only recorded depend on it (physics.md g). */
const etaInstant = 0.1;

/** k11, and the sinks of the collision step: blow-out, sublimation, gas drag and escape. */
export class SinksStep {
  private readonly surfaceSublimes: boolean;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly frame: Frame,
    private readonly bins: Bins,
    private readonly sinks: Sinks,
  ) {
    const { sublimation } = disk.params;
    this.surfaceSublimes = sublimation !== null && sublimation.location !== 'smol';
  }

  /** Sinks that act on all bins alike. @param J mass flux of the grains, kg m-2 s-1 */
  external(J: number): void {
    const { disk, frame } = this;
    const { gasDrag, density } = disk.params;
    const law = disk.params.escape;
    frame.sinkActive = this.surfaceSublimes || gasDrag !== undefined;
    const drag =
      gasDrag === undefined ? Number.POSITIVE_INFINITY : gasDragTime(density, gasDrag, dragReferenceSize);
    const sublimes = this.surfaceSublimes
      ? sublimationTime(etaInstant, 1 / disk.Omega, J, density).time
      : Number.POSITIVE_INFINITY;
    frame.countsAsSublimation = sublimes <= drag && this.surfaceSublimes;
    // It reaches the state only where another sink time-scale is active, as in the original.
    frame.escapes = law !== undefined && frame.state === 1 && frame.sinkActive;
    frame.externalRate = frame.escapes ? escapeRate(law!, frame.T, frame.vapour) : 1 / drag;
    this.sinks.external = frame.externalRate;
  }

  /** Sinks by bin. */
  fill(): void {
    const { disk, frame, bins, sinks } = this;
    const { sublimation } = disk.params;
    const { blowout, sublimation: rates } = sinks;
    const limit = frame.blowoutSize * (1 + 1e-12);
    const rate = frame.blow ? 1 / disk.blowoutTime : 0;
    for (let k = 0; k < blowout.length; k++) blowout[k] = bins.edges[k] <= limit ? rate : 0;
    const speed = -frame.shrink;
    const ratio = disk.dt / disk.blowoutTime;
    const corrects = disk.params.blowout.correctsFast === true && ratio > fastFrom;
    frame.fastFactor = corrects ? 1 - Math.exp(-ratio) : 1;
    if (sublimation === null || sublimation.location === 'surface') return;
    if (sublimation.massConserving) this.blowCrossing(speed);
    else for (let k = 0; k < rates.length; k++) rates[k] = speed > 0 ? speed / bins.sizes[k] : 0;
  }

  /** Grains that would cross the blow-out size within the step. */
  private blowCrossing(speed: number): void {
    if (!(speed > 0)) return;
    const { disk, frame, bins, sinks } = this;
    const reach = speed * disk.dt;
    for (let k = 0; k < bins.sizes.length; k++) {
      const distance = bins.sizes[k] - frame.blowoutSize;
      if (distance > 0 && distance <= reach) sinks.blowout[k] += 1 / Math.max(distance / speed, 1e-30);
    }
  }
}
