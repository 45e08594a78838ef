import { PhysicsError, type RowSink } from '../model.js';
import type { Stepper } from '../segment.js';
import { account, recordedOutflux, recordedSinks } from './accounts.js';
import { Bins } from './bins.js';
import type { Sinks } from './collisionStep.js';
import type { LegacyDisk } from './disk.js';
import { Frame } from './frame.js';
import { GrainsStep } from './grainsStep.js';
import { KernelStep } from './kernelStep.js';
import { massBudgetError } from './massBudget.js';
import { observe } from './observe.js';
import { OrbitRows } from './orbits.js';
import { Prospect } from './prospect.js';
import { LegacyRows } from './rows.js';
import { shield } from './shielding.js';
import { SinksStep } from './sinksStep.js';
import type { LegacyState } from './state.js';
import { SupplyStep } from './supplyStep.js';
import { orbitTable } from './tables.js';

/** A run of the original's scheme: takes steps from a state, which it owns and changes. Numbers k1.. are those of physics.md k. */
export class LegacyRun implements Stepper<LegacyState> {
  readonly frame = new Frame();
  private readonly bins: Bins;
  private readonly prospect: Prospect;
  private readonly grains: GrainsStep;
  private readonly sinks: SinksStep;
  private readonly supply: SupplyStep;
  private readonly kernel: KernelStep;
  private readonly orbits: OrbitRows;
  private readonly rows: LegacyRows;

  constructor(
    private readonly disk: LegacyDisk,
    readonly state: LegacyState,
    sink: RowSink,
  ) {
    const { frame } = this;
    const rates = noSinks(disk.grid.bins);
    this.bins = new Bins(disk, state);
    this.prospect = new Prospect(disk, state);
    this.grains = new GrainsStep(disk, state, frame, this.bins);
    this.sinks = new SinksStep(disk, frame, this.bins, rates);
    this.supply = new SupplyStep(disk, state, frame, this.bins, rates);
    this.kernel = new KernelStep(disk, state, frame, this.bins, rates);
    this.orbits = new OrbitRows(disk, state, frame, sink, orbitTable);
    this.rows = new LegacyRows(disk, state, frame, this.kernel.energy, sink);
  }

  get time(): number {
    return this.state.steps * this.disk.dt;
  }

  get done(): boolean {
    return this.state.stop !== 0;
  }

  /** What the next step begins with; a run may end before its first. */
  begin(): void {
    if (this.state.begun === 0) this.rows.bins();
    this.state.begun = 1;
    if (!this.done) this.prospect.look();
  }

  step(): void {
    const { state, disk, frame } = this;
    this.enter();
    this.grains.step();
    this.weighSurface();
    this.freeze();
    if (frame.collide || frame.sinkActive) this.supply.step();
    else this.supply.pause();
    if (frame.collide) {
      this.sinks.fill();
      this.kernel.step();
    } else this.kernel.rest(frame.externalRate);
    this.freeze();
    account(disk, state, frame);
    state.steps++;
    frame.time = state.steps * disk.dt;
    if (disk.params.floor !== 'none') state.smallest = state.effective;
    observe(state, frame, disk.dt);
    this.orbits.add();
    this.end();
    if (!this.done) this.prospect.look();
    if (this.done) this.orbits.finish();
    this.rows.write(this.scale(), this.done);
  }

  /** What was found behind the last step becomes that of this one. */
  private enter(): void {
    const { frame, state } = this;
    const { ahead } = this.prospect;
    frame.T = ahead.T;
    frame.particleT = ahead.particleT;
    frame.blowoutSize = ahead.blowoutSize;
    frame.effective = ahead.effective;
    frame.Qmean = ahead.Qmean;
    frame.Qblow = ahead.Qblow;
    frame.beta = ahead.beta;
    frame.betaGate = ahead.betaGate;
    state.effective = ahead.effective;
  }

  /** k9, k11 and k12, and the shielding of k14. */
  private weighSurface(): void {
    const { state, disk, frame, bins } = this;
    const { params } = disk;
    const opacity = bins.opacity();
    frame.opacity = params.frozen?.opacity === true ? disk.opacity0 : opacity;
    frame.tau = frame.opacity * state.sigma * params.lineOfSight;
    this.sinks.external(this.grains.J);
    const { tauMax, enabled, anyPhase } = params.blowout;
    const inPhase = anyPhase === true || frame.state === 0;
    frame.gated = tauMax !== undefined && frame.tau >= tauMax;
    frame.blow = frame.collide && enabled && frame.betaGate && inPhase && !frame.gated;
    frame.before = state.sigma;
    shield(
      frame.collide ? params.shielding : undefined,
      frame.opacity,
      frame.tau,
      disk.effectiveOpacity0,
      frame,
    );
    frame.effectiveOpacity = frame.phi * frame.opacity;
    if (Number.isFinite(frame.tau1)) state.lastTau1 = frame.tau1;
    state.opacity = frame.opacity;
  }

  /** k13 and k15. */
  private freeze(): void {
    const { state, disk, frame, bins } = this;
    if (disk.params.frozen?.sigma !== true) return;
    bins.scale *= disk.sigma0 / state.sigma;
    state.sigma = disk.sigma0;
    frame.before = disk.sigma0;
  }

  /** Numbers per area over relative numbers behind the step: without collisions the surface density moves alone. */
  private scale(): number {
    const { bins, frame, state } = this;
    return frame.collide || frame.before === 0 ? bins.scale : bins.scale * (state.sigma / frame.before);
  }

  /** k18 and k21, and the end of the grid of time. */
  private end(): void {
    const { state, disk, frame } = this;
    const { tau, tauTolerance, lossRate, minDuration } = disk.params.stops;
    const { massError = Number.POSITIVE_INFINITY } = disk.params.stops;
    if (!Number.isFinite(state.sigma)) {
      throw new PhysicsError(`the surface density is ${state.sigma} kg m-2 after ${state.steps} steps`);
    }
    const depth = frame.effectiveOpacity * state.sigma * disk.params.lineOfSight;
    const rate = (recordedOutflux(frame) + recordedSinks(frame, disk.dt)) * disk.toMarsMasses;
    if (tau !== null && frame.state === 0 && depth > tau * (1 + tauTolerance)) state.stop = 3;
    else if (lossRate !== null && frame.time >= minDuration && rate <= lossRate) state.stop = 4;
    else if (massBudgetError(disk, state, frame) > massError) state.stop = 5;
    else if (state.steps >= disk.steps) state.stop = 1;
  }
}

function noSinks(bins: number): Sinks {
  return {
    blowout: new Float64Array(bins),
    sublimation: new Float64Array(bins),
    source: new Float64Array(bins),
    external: 0,
    supply: 0,
  };
}
