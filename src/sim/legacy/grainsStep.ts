import { phaseState, vapourFraction } from '../mars/phase.js';
import { sublimationFlux, vapourBranch } from '../mars/sublimation.js';
import type { Bins } from './bins.js';
import { bulkCode } from './codes.js';
import type { LegacyDisk } from './disk.js';
import type { Frame } from './frame.js';
import { driftSizes } from './sizeDrift.js';
import type { LegacyState } from './state.js';

/** k5 to k8: phase, sublimation, floor and drift of the grains. */
export class GrainsStep {
  private readonly flux = { J: 0, slope: 0 };

  constructor(
    private readonly disk: LegacyDisk,
    private readonly state: LegacyState,
    private readonly frame: Frame,
    private readonly bins: Bins,
  ) {}

  /** Mass flux of the grains, kg m-2 s-1. */
  get J(): number {
    return this.flux.J;
  }

  step(): void {
    this.takePhase();
    this.shrink();
    this.raiseFloor();
    this.drift();
  }

  /** With the opacity that the last step left. */
  private takePhase(): void {
    const { state, disk, frame } = this;
    const { phase, lineOfSight, collisions } = disk.params;
    frame.collide = collisions.enabled;
    if (phase === undefined) return;
    const tau = state.opacity * state.sigma * lineOfSight;
    const T = phase.input === 'particle' ? frame.particleT : frame.T;
    frame.vapour = vapourFraction(phase, T, phase.pressure, tau);
    frame.state = phaseState(frame.vapour) === 'vapor' ? 1 : 0;
    frame.bulk = bulkCode(frame.vapour);
    if (frame.bulk === 2) frame.collide = false;
  }

  private shrink(): void {
    const { disk, frame, flux } = this;
    const { sublimation, phase, density } = disk.params;
    if (sublimation === null) return;
    const { law } = sublimation;
    const T = frame.T * disk.grainRatio;
    sublimationFlux(law, T, vapourBranch(law, T), flux);
    frame.shrinkRaw = -flux.J / density;
    frame.shrink = frame.bulk === 2 && phase?.sublimesAsMelt !== true ? 0 : frame.shrinkRaw;
  }

  private raiseFloor(): void {
    const { state, disk, frame } = this;
    if (disk.params.floor !== 'evolve_smin') return;
    const moved = state.floor + Math.abs(frame.shrink) * disk.dt;
    state.floor = Math.max(state.floor, state.effective, moved, disk.params.sizes.min, frame.blowoutSize);
    state.effective = state.floor;
  }

  private drift(): void {
    const { state, disk, frame, bins } = this;
    const { sublimation, floor, sizes } = disk.params;
    frame.drifted = 0;
    frame.massRatio = 1;
    frame.driftShift = 0;
    if (sublimation === null || sublimation.location === 'smol' || frame.shrink === 0) return;
    frame.driftShift = frame.shrink * disk.dt;
    const bottom = floor !== 'none' ? state.effective : sublimation.massConserving ? 0 : sizes.min;
    const { edges, widths } = bins;
    const drifting = { edges, widths, sizes: state.sizes, number: state.number };
    frame.massRatio = driftSizes(drifting, frame.driftShift, bottom);
    frame.drifted = Math.max(state.sigma - state.sigma * frame.massRatio, 0);
    state.sigma *= frame.massRatio;
    state.smallest = state.sizes.reduce((least, s) => Math.min(least, s), Number.POSITIVE_INFINITY);
    bins.weigh();
  }
}
