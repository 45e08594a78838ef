import { rateAt } from '../mars/supply/law.js';
import { branchAt, type TemperatureFactor, temperatureFactor } from '../mars/supply/temperature.js';
import type { Bins } from './bins.js';
import type { Sinks } from './collisionStep.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';
import { injected } from './supply.js';
import { type RoutingRule, route, routingOf } from './supplyRouting.js';

/** The supply of k14: law, factors, reservoir, route and sizes (physics.md i). */
export class SupplyStep {
  private readonly routing: RoutingRule;
  private readonly factor: TemperatureFactor | null;
  /** Relative numbers of supplied grains, their mass [kg], and what they hang on. */
  private readonly numbers: Float64Array;
  private mass = 1;
  private smallest = Number.NaN;
  private version = -1;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
    private readonly frame: Frame,
    private readonly bins: Bins,
    private readonly sinks: Sinks,
  ) {
    const { supply } = disk.params;
    this.numbers = new Float64Array(disk.grid.bins);
    this.routing = routingOf(disk.params);
    this.factor = supply?.temperature === undefined ? null : temperatureFactor(supply.temperature);
  }

  step(): void {
    const { frame, state, disk, sinks, bins } = this;
    const { supply } = disk.params;
    this.evaluate();
    const routed = route(this.routing, frame.scaled * frame.clipFactor, state.deep, disk.dt);
    state.deep = routed.deep;
    frame.applied = routed.applied;
    frame.diverted = routed.diverted;
    frame.intoDeep = routed.intoDeep;
    frame.fromDeep = routed.fromDeep;
    sinks.supply = frame.applied;
    if (supply === null) return;
    if (state.effective !== this.smallest || bins.version !== this.version) {
      this.mass = injected(supply.injection, bins, state.effective, disk.shares, this.numbers);
      this.smallest = state.effective;
      this.version = bins.version;
    }
    const rate = frame.applied / this.mass;
    for (let k = 0; k < this.numbers.length; k++) sinks.source[k] = rate * this.numbers[k];
  }

  /** Nothing enters: neither collisions nor a sink time-scale are active. */
  pause(): void {
    const { frame, sinks } = this;
    frame.nominal = 0;
    frame.scaled = 0;
    frame.applied = 0;
    frame.diverted = 0;
    frame.intoDeep = 0;
    frame.fromDeep = 0;
    sinks.supply = 0;
    sinks.source.fill(0);
  }

  private evaluate(): void {
    const { frame, state, disk, factor } = this;
    const { supply } = disk.params;
    if (supply === null) return;
    this.regulate();
    const allowed = state.steps > 0 && frame.state === 0 && frame.bulk !== 2;
    frame.nominal = allowed ? rateAt(disk.supply, state.steps * disk.dt) : 0;
    frame.temperatureScale = factor === null ? 1 : factor.value(frame.T, branchAt(factor, frame.T));
    const coupled = factor?.isRate
      ? allowed
        ? frame.temperatureScale
        : 0
      : frame.nominal * frame.temperatureScale;
    frame.scaled = coupled * state.feedback;
    frame.clipFactor = 1;
    if (supply.reservoir !== undefined && allowed) this.draw(supply.reservoir);
  }

  /** Also in steps that supply nothing. */
  private regulate(): void {
    const { frame, state, disk } = this;
    const feedback = disk.params.supply?.feedback;
    if (feedback === undefined) return;
    const { target, gain, responseTime, min, max } = feedback;
    const next = state.feedback * (1 + gain * (disk.dt / responseTime) * ((target - frame.tau) / target));
    state.feedback = Math.min(Math.max(next, min), max);
  }

  /** @param taper share of the mass below which the rate falls with what is left */
  private draw({ mass, taper }: { mass: number; taper: number }): void {
    const { frame, state, disk } = this;
    const { area } = disk.params;
    const wanted = frame.scaled * area * disk.dt;
    const left = state.reservoir / mass;
    const byTaper = taper > 0 && left < taper ? left / taper : 1;
    const byMass = wanted > state.reservoir ? state.reservoir / wanted : 1;
    frame.clipFactor = Math.min(byTaper, byMass);
    state.reservoir =
      frame.clipFactor === byMass && byMass < 1 ? 0 : state.reservoir - wanted * frame.clipFactor;
    if (state.reservoir === 0 && state.emptiedAt < 0) state.emptiedAt = (state.steps + 1) * disk.dt;
  }
}
