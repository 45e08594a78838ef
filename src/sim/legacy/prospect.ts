import { betaThreshold } from '../mars/blowout.js';
import { PhysicsError } from '../model.js';
import type { LegacyDisk } from './disk.js';
import { Ahead } from './frame.js';
import { LegacyRadiation } from './radiation.js';
import type { LegacyState } from './state.js';

/** Range of the model, K, with room for rounding. */
const coldest = 1000 * (1 - 1e-9);
const hottest = 6500 * (1 + 1e-9);

/** k1 and k2 of the step to come: they hang on the state behind the last one alone. */
export class Prospect {
  readonly ahead = new Ahead();
  private readonly radiation: LegacyRadiation;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
  ) {
    this.radiation = new LegacyRadiation(disk.table, disk.params.density);
  }

  /** Looks ahead, and ends the run where k3 would. @throws PhysicsError outside the temperatures of the model */
  look(): void {
    const { state, disk, ahead, radiation } = this;
    const time = state.steps * disk.dt;
    const T = disk.climate(time);
    if (!(T >= coldest && T <= hottest)) {
      throw new PhysicsError(
        `T_M is ${T} K at ${time} s, outside 1000..6500 K; end the run earlier (numerics.t_end_years)`,
      );
    }
    radiation.evaluate(T, state.smallest);
    const a = radiation.blowoutSize;
    ahead.T = T;
    ahead.particleT = T * disk.particleRatio;
    ahead.blowoutSize = a;
    ahead.effective = this.floored(a);
    ahead.Qmean = radiation.Q(ahead.effective);
    ahead.Qblow = radiation.Q(a);
    ahead.beta = radiation.beta(ahead.effective, ahead.Qmean);
    ahead.betaGate = ahead.beta >= betaThreshold;
    const { stops, sizes } = disk.params;
    if (stops.blowoutBelowGrid && a <= sizes.min && time >= stops.minDuration) state.stop = 2;
  }

  private floored(a: number): number {
    const { params } = this.disk;
    if (params.floor === 'none') return this.state.smallest;
    const fixed = Math.max(params.sizes.min, a);
    return params.floor === 'fixed' ? fixed : Math.max(fixed, this.state.floor);
  }
}
