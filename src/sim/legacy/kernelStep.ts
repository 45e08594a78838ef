import type { Bins } from './bins.js';
import { CollisionStep, type Sinks } from './collisionStep.js';
import { CollisionTables } from './collisionTables.js';
import type { LegacyDisk } from './disk.js';
import { type LegacyEnergy, legacyEnergy } from './energyAccount.js';
import type { Frame } from './frame.js';
import type { LegacyState } from './state.js';
import { blend, heightOf, impactSpeed, ringOrbits, supplyWeight } from './velocities.js';

/** Optical depth up to which a collision time means nothing. */
const transparent = 1e-12;

/** k14: the collision step. */
export class KernelStep {
  private readonly tables: CollisionTables;
  private readonly collisions: CollisionStep;
  /** Null unless the run accounts for it. */
  readonly energy: LegacyEnergy | null;
  private readonly ring = { e: 0, i: 0 };
  /** What `tables` stand for. */
  private speed = Number.NaN;
  private height = Number.NaN;
  private version = -1;

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
    private readonly frame: Frame,
    private readonly bins: Bins,
    private readonly sinks: Sinks,
  ) {
    const { params, grid } = disk;
    this.tables = new CollisionTables(params, grid.bins, grid.edges);
    this.collisions = new CollisionStep(grid.bins);
    this.energy = legacyEnergy(params, state.energy);
  }

  step(): void {
    const { state, disk, frame, collisions, bins, energy } = this;
    this.setKernel();
    bins.toAreas();
    energy?.meet(bins.numbers, bins.masses);
    collisions.take(bins.numbers, bins, this.tables, this.sinks, disk.dt);
    energy?.add(collisions.covered);
    bins.keep();
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

  /** Orbits of the kernel, and its tables when speed, height or sizes have changed. */
  private setKernel(): void {
    const { disk, frame, bins, ring } = this;
    const { params } = disk;
    const blending = params.supply?.velocity;
    frame.weight = supplyWeight(frame.before, frame.applied * disk.dt, blending);
    ringOrbits(params, frame.tau, ring);
    blend(ring, blending, frame.weight, frame);
    const speed = impactSpeed(params, frame);
    const height = heightOf(params, frame);
    if (speed === this.speed && height === this.height && bins.version === this.version) return;
    this.tables.build(bins, speed, height);
    this.energy?.set(bins, this.tables, speed);
    this.speed = speed;
    this.height = height;
    this.version = bins.version;
  }

  /** A step without collisions. @param sink 1/s */
  rest(sink: number): void {
    const { state, disk, frame } = this;
    const { dt } = disk;
    this.energy?.rest();
    frame.covered = dt;
    frame.collisionTime = Number.NaN;
    frame.massError = 0;
    frame.gain = 0;
    frame.loss = 0;
    frame.source = 0;
    frame.outflux = 0;
    frame.sublimation = 0;
    frame.weight = 0;
    ringOrbits(disk.params, frame.tau, frame);
    if (frame.sinkActive) state.sigma = (state.sigma + dt * frame.applied) / (1 + dt * sink);
    frame.external = sink * state.sigma;
  }
}
