import { betaThreshold } from '../mars/blowout.js';
import { marsMass } from '../mars/constants.js';
import { sublimationFlux, vapourBranch } from '../mars/sublimation.js';
import { rateAt } from '../mars/supply/law.js';
import { PhysicsError, type RowSink } from '../model.js';
import type { Stepper } from '../segment.js';
import { CollisionStep, type Sinks } from './collisionStep.js';
import { CollisionTables, type Grains } from './collisionTables.js';
import type { LegacyDisk } from './disk.js';
import { Ahead, Frame } from './frame.js';
import { observe } from './observe.js';
import { OrbitRows } from './orbits.js';
import { bulkOf, stateOf, vapourShare } from './phase.js';
import { LegacyRadiation } from './radiation.js';
import { LegacyRows } from './rows.js';
import { shieldingFactor } from './shielding.js';
import { driftSizes } from './sizeDrift.js';
import type { LegacyState } from './state.js';
import { sumOfProducts } from './sums.js';
import { inject } from './supply.js';
import { type RoutingRule, route, routingOf } from './supplyRouting.js';
import { orbitTable } from './tables.js';
import { blended, heightOf, impactSpeed, type Orbits, supplyOrbits, supplyWeight } from './velocities.js';

/** Range of the model, K, with room for rounding. */
const coldest = 1000 * (1 - 1e-9);
const hottest = 6500 * (1 + 1e-9);

/** Optical depth up to which a collision time means nothing. */
const transparent = 1e-12;

/** A run of the original's scheme: takes steps from a state, which it owns and changes. Numbers k1.. are those of physics.md k. */
export class LegacyRun implements Stepper {
  readonly frame = new Frame();
  /** The frame of the step to come, as far as it is known. */
  private readonly ahead = new Ahead();
  private readonly radiation: LegacyRadiation;
  private readonly tables: CollisionTables;
  private readonly collisions: CollisionStep;
  private readonly rows: LegacyRows;
  private readonly orbits: OrbitRows;
  private readonly sinks: Sinks;
  private readonly grains: Grains;
  /** Numbers of the bins, m-2; padded by a 0. */
  private readonly numbers: Float64Array;
  /** pi s^2 width and m width: cross-section and mass per relative number. */
  private readonly areas: Float64Array;
  private readonly weights: Float64Array;
  private readonly base: Orbits;
  private readonly supplied: Orbits;
  private readonly routing: RoutingRule;
  private readonly flux = { J: 0, slope: 0 };
  /** Speed and height that `tables` stand for. */
  private speed = Number.NaN;
  private height = Number.NaN;

  constructor(
    private readonly disk: LegacyDisk,
    readonly state: LegacyState,
    sink: RowSink,
  ) {
    const { params, grid } = disk;
    const { bins } = grid;
    this.radiation = new LegacyRadiation(disk.table, params.density);
    this.tables = new CollisionTables(params, bins, grid.edges);
    this.collisions = new CollisionStep(bins);
    this.rows = new LegacyRows(disk, state, this.frame, sink);
    this.orbits = new OrbitRows(disk, state, this.frame, sink, orbitTable);
    this.sinks = {
      blowout: new Float64Array(bins),
      sublimation: new Float64Array(bins),
      source: new Float64Array(bins),
      external: 0,
      supply: 0,
    };
    this.grains = { edges: grid.edges, sizes: state.sizes, masses: new Float64Array(bins) };
    this.numbers = new Float64Array(bins + 1);
    this.areas = new Float64Array(bins);
    this.weights = new Float64Array(bins);
    this.base = { e: params.eccentricity, i: params.inclination };
    this.supplied = supplyOrbits(this.base, params.supply?.velocity);
    this.routing = routingOf(params);
    this.weighGrains();
  }

  get time(): number {
    return this.state.steps * this.disk.dt;
  }

  get done(): boolean {
    return this.state.stop !== 0;
  }

  /** What the next step begins with; a run may end before its first. */
  begin(): void {
    if (this.state.rows === 0 && this.state.steps === 0) this.rows.bins();
    if (!this.done) this.prepare();
  }

  step(): void {
    const { state, disk, frame } = this;
    Object.assign(frame, this.ahead);
    state.effective = frame.effective;
    this.takePhase();
    this.shrinkGrains();
    this.weighSurface();
    if (frame.collide) this.collide();
    else this.withoutCollisions();
    this.account();
    state.steps++;
    frame.time = state.steps * disk.dt;
    if (disk.params.floor !== 'none') state.smallest = state.effective;
    observe(state, frame, disk.dt);
    this.orbits.add();
    this.end();
    if (!this.done) this.prepare();
    if (this.done) this.orbits.finish();
    this.rows.write(this.scaleBehind(), this.done);
  }

  /** k1 and k2 of the step to come: they hang on the state behind the last one alone. Ends the run where k3 would. */
  private prepare(): void {
    const { state, disk, ahead, radiation } = this;
    const { params } = disk;
    const T = disk.climate(state.steps * disk.dt);
    if (!(T >= coldest && T <= hottest)) {
      throw new PhysicsError(
        `T_M is ${T} K at ${this.time} s, outside 1000..6500 K; end the run earlier (numerics.t_end_years)`,
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
    const { blowoutBelowGrid, minDuration } = params.stops;
    if (blowoutBelowGrid && a <= params.sizes.min && this.time >= minDuration) state.stop = 2;
  }

  private floored(a: number): number {
    const { params } = this.disk;
    if (params.floor === 'none') return this.state.smallest;
    const fixed = Math.max(params.sizes.min, a);
    return params.floor === 'fixed' ? fixed : Math.max(fixed, this.state.floor);
  }

  /** k5: with the opacity that the last step left. */
  private takePhase(): void {
    const { state, disk, frame } = this;
    const { phase, lineOfSight, collisions } = disk.params;
    if (phase === undefined) {
      frame.collide = collisions.enabled;
      return;
    }
    const tau = state.opacity * state.sigma * lineOfSight;
    const T = phase.absorption === null ? frame.T : frame.particleT;
    frame.vapour = vapourShare(phase, T, tau);
    frame.state = stateOf(frame.vapour);
    frame.bulk = bulkOf(frame.vapour);
    frame.collide = collisions.enabled && frame.bulk !== 2;
  }

  /** k6 to k8, and the loss of mass that the drift is. */
  private shrinkGrains(): void {
    const { state, disk, frame } = this;
    const { sublimation, floor, sizes, phase, density } = disk.params;
    frame.drifted = 0;
    frame.massRatio = 1;
    frame.driftShift = 0;
    if (sublimation !== null) {
      const { law } = sublimation;
      const T = frame.T * disk.grainRatio;
      sublimationFlux(law, T, vapourBranch(law, T), this.flux);
      frame.shrinkRaw = -this.flux.J / density;
      frame.shrink = frame.bulk === 2 && phase?.liquidSublimation !== true ? 0 : frame.shrinkRaw;
    }
    if (floor === 'evolve_smin') {
      const moved = state.floor + Math.abs(frame.shrink) * disk.dt;
      state.floor = Math.max(state.floor, state.effective, moved, sizes.min, frame.blowoutSize);
      state.effective = state.floor;
    }
    if (sublimation === null || sublimation.location === 'smol' || frame.shrink === 0) return;
    this.drift(sublimation.massConserving);
  }

  private drift(massConserving: boolean): void {
    const { state, disk, frame } = this;
    const { params, grid } = disk;
    frame.driftShift = frame.shrink * disk.dt;
    const bottom = params.floor !== 'none' ? state.effective : massConserving ? 0 : params.sizes.min;
    const { edges, widths } = grid;
    const ratio = driftSizes(
      { edges, widths, sizes: state.sizes, number: state.number },
      frame.driftShift,
      bottom,
    );
    frame.massRatio = ratio;
    frame.drifted = Math.max(state.sigma - state.sigma * ratio, 0);
    state.sigma *= ratio;
    state.smallest = state.sizes.reduce((least, s) => Math.min(least, s), Number.POSITIVE_INFINITY);
    this.weighGrains();
  }

  /** Everything that hangs on the sizes of the bins. */
  private weighGrains(): void {
    const { disk, state, grains, areas, weights } = this;
    const { widths } = disk.grid;
    for (let k = 0; k < widths.length; k++) {
      const s = state.sizes[k];
      grains.masses[k] = (4 / 3) * Math.PI * disk.params.density * s * s * s;
      areas[k] = Math.PI * s * s * widths[k];
      weights[k] = grains.masses[k] * widths[k];
    }
    this.speed = Number.NaN;
  }

  /** k9, k12 and the shielding and supply of k14. */
  private weighSurface(): void {
    const { state, disk, frame, areas } = this;
    const { number } = state;
    const { params } = disk;
    let area = 0;
    let mass = 0;
    for (let k = 0; k < number.length; k++) {
      area += areas[k] * number[k];
      this.numbers[k] = number[k] * disk.grid.widths[k];
    }
    mass = sumOfProducts(this.grains.masses, this.numbers, number.length);
    frame.opacity = mass > 0 ? area / mass : 0;
    // Relative numbers times this are numbers per area.
    this.scale = mass > 0 ? state.sigma / mass : 0;
    frame.tau = frame.opacity * state.sigma * params.lineOfSight;
    frame.blow = frame.collide && params.blowout.enabled && frame.betaGate && frame.state === 0;
    frame.before = state.sigma;
    this.shield();
    this.supply();
  }

  /** Numbers per area over relative numbers, before the collision step. */
  private scale = 0;

  /** The same behind the step: without collisions the surface density moves alone. */
  private scaleBehind(): number {
    return this.frame.collide || this.frame.before === 0
      ? this.scale
      : this.scale * (this.state.sigma / this.frame.before);
  }

  private shield(): void {
    const { state, frame } = this;
    const { shielding } = this.disk.params;
    frame.phi = frame.collide && shielding !== undefined ? shieldingFactor(shielding, frame.tau) : 1;
    frame.effectiveOpacity = frame.phi * frame.opacity;
    frame.tau1 = 1 / frame.effectiveOpacity;
    if (Number.isFinite(frame.tau1)) state.lastTau1 = frame.tau1;
    state.opacity = frame.opacity;
  }

  private supply(): void {
    const { state, disk, frame, sinks, grains } = this;
    const { supply } = disk.params;
    const allowed = state.steps > 0 && frame.collide && frame.state === 0 && supply !== null;
    frame.supply = allowed ? rateAt(disk.supply, this.time) : 0;
    const routed = route(this.routing, frame.supply, state.deep, disk.dt);
    state.deep = routed.deep;
    frame.applied = routed.applied;
    frame.diverted = routed.diverted;
    frame.intoDeep = routed.intoDeep;
    frame.fromDeep = routed.fromDeep;
    sinks.supply = frame.applied;
    if (supply === null) return;
    const bins = { sizes: state.sizes, widths: disk.grid.widths, masses: grains.masses };
    inject(supply.injection, frame.applied, bins, state.effective, disk.shares, sinks.source);
  }

  /** k14: the collision step. */
  private collide(): void {
    const { state, disk, frame, collisions, numbers, grains, tables, sinks } = this;
    const { widths } = disk.grid;
    this.setKernel();
    this.setSinks();
    const { scale } = this;
    for (let k = 0; k < widths.length; k++) numbers[k] = state.number[k] * widths[k] * scale;
    collisions.take(numbers, grains, tables, sinks, disk.dt);
    if (scale > 0) {
      for (let k = 0; k < widths.length; k++) state.number[k] = numbers[k] / (scale * widths[k]);
    }
    state.sigma = Math.max(collisions.sigma, 0);
    frame.covered = collisions.covered;
    frame.collisionTime = frame.tau > transparent ? 1 / collisions.fastest : Number.NaN;
    frame.massError = collisions.massError;
    frame.gain = collisions.gain;
    frame.loss = collisions.loss;
    frame.source = collisions.source;
    frame.outflux = collisions.blown;
    frame.external = collisions.external;
    frame.sublimation = collisions.sublimed;
  }

  /** Orbits of the kernel; its tables when speed or height have changed. */
  private setKernel(): void {
    const { state, disk, frame, base, supplied } = this;
    const { params } = disk;
    const blending = params.supply?.velocity;
    frame.weight = supplyWeight(frame.before, frame.applied * disk.dt, blending);
    frame.e = base.e;
    frame.i = base.i;
    if (blending !== undefined) {
      frame.e = blended(base.e, supplied.e, frame.weight, blending.blend);
      frame.i = blended(base.i, supplied.i, frame.weight, blending.blend);
    }
    const speed = impactSpeed(params, frame);
    const height = heightOf(params, frame);
    if (speed === this.speed && height === this.height) return;
    this.tables.build({ ...this.grains, sizes: state.sizes }, speed, height);
    this.speed = speed;
    this.height = height;
  }

  /** Blow-out, what would cross the blow-out size within the step, and sublimation. */
  private setSinks(): void {
    const { state, disk, frame, sinks } = this;
    const { edges } = disk.grid;
    const { sublimation } = disk.params;
    const { blowout, sublimation: rates } = sinks;
    const a = frame.blowoutSize;
    const limit = a * (1 + 1e-12);
    const rate = frame.blow ? 1 / disk.blowoutTime : 0;
    for (let k = 0; k < blowout.length; k++) blowout[k] = edges[k] <= limit ? rate : 0;
    const speed = -frame.shrink;
    if (sublimation === null || sublimation.location === 'surface') return;
    if (sublimation.massConserving) {
      if (speed > 0) this.blowCrossing(a, speed);
    } else for (let k = 0; k < rates.length; k++) rates[k] = speed > 0 ? speed / state.sizes[k] : 0;
  }

  private blowCrossing(a: number, speed: number): void {
    const { state, disk, sinks } = this;
    for (let k = 0; k < state.sizes.length; k++) {
      const distance = state.sizes[k] - a;
      if (distance > 0 && distance <= speed * disk.dt) {
        sinks.blowout[k] += 1 / Math.max(distance / speed, 1e-30);
      }
    }
  }

  /** Nothing moves: no sink time-scale is active. */
  private withoutCollisions(): void {
    const { frame, disk } = this;
    frame.covered = disk.dt;
    frame.collisionTime = Number.NaN;
    frame.massError = 0;
    frame.gain = 0;
    frame.loss = 0;
    frame.source = 0;
    frame.outflux = 0;
    frame.external = 0;
    frame.sublimation = 0;
    frame.supply = 0;
    frame.applied = 0;
    frame.weight = 0;
    frame.e = this.base.e;
    frame.i = this.base.i;
  }

  /** k10 and k16: the books as the original keeps them, and beside them what has happened. */
  private account(): void {
    const { state, disk, frame } = this;
    const { dt, toMarsMasses: toMM, params } = disk;
    const { covered, outflux } = frame;
    const sinkRate = frame.external + frame.sublimation;
    let blow = outflux * covered;
    let sink = sinkRate * covered;
    if (frame.collide && covered >= dt) {
      const total = Math.max(frame.before + frame.applied * dt - state.sigma, 0);
      const rates = outflux + sinkRate;
      sink = rates > 0 ? total * (sinkRate / rates) : 0;
      blow = total - sink;
    }
    if (!frame.blow) blow = 0;
    const drifted = frame.drifted * toMM;
    const asBlowout = params.sublimation?.massConserving === true;
    // Over the whole step, although the state has moved on by `covered` only (Z3).
    const sublimed = frame.sublimation * dt * toMM;
    const others = Math.max(sink * toMM - sublimed, 0);
    frame.blown = blow * toMM + (asBlowout ? drifted : 0);
    frame.sublimed = sublimed + (asBlowout ? 0 : drifted);
    frame.sunk = others + frame.sublimed;
    state.blown += frame.blown;
    state.sunk += frame.sunk;
    state.sublimed += frame.sublimed;
    state.covered += covered;
    state.movedIn += frame.applied * covered;
    state.movedOut += (outflux + sinkRate) * covered + frame.drifted;
  }

  /** k18, and the end of the grid of time. */
  private end(): void {
    const { state, disk, frame } = this;
    const { tau, tauTolerance, lossRate, minDuration } = disk.params.stops;
    if (!Number.isFinite(state.sigma)) {
      throw new PhysicsError(`the surface density is ${state.sigma} kg m-2 after ${state.steps} steps`);
    }
    const after = frame.effectiveOpacity * state.sigma * disk.params.lineOfSight;
    if (tau !== null && frame.state === 0 && after > tau * (1 + tauTolerance)) state.stop = 3;
    else if (lossRate !== null && frame.time >= minDuration && this.lossRateNow() <= lossRate) state.stop = 4;
    if (state.stop === 0 && state.steps >= disk.steps) state.stop = 1;
  }

  /** Mars masses per second. */
  private lossRateNow(): number {
    const { disk, frame } = this;
    const sinks = frame.external + frame.sublimation + frame.drifted / disk.dt;
    return ((frame.outflux + sinks) * disk.params.area) / marsMass;
  }
}
