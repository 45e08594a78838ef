import type { Disk } from '../disk.js';
import { type Interval, intervalBranches } from '../interval.js';
import type { Losses, Openings, SizeScheme } from '../sizeScheme.js';
import { sublimationFlux } from '../sublimation.js';
import { BlowoutShares } from './blowoutShares.js';
import { CellCollisions } from './collisions.js';
import type { SlopeSet, Slopes } from './slopes.js';
import { slopesOf, type Volume } from './volume.js';

/**
 * Finite volumes in ln s with a linear profile in every cell (eq. 51 of docs/physics.md):
 *
 *     dM_k/dt = Coll_k + F_k - blow_k - J v_k - shift_k + shift_{k+1};   dB/dt = sum blow_k;   dV/dt = J sum v_k
 */
export class FiniteVolume implements SizeScheme {
  readonly masses: number;
  readonly open: Openings = { collisions: 1, blowout: 1, sublimation: 1 };
  private readonly slopes: Slopes;
  private readonly shares: BlowoutShares;
  private readonly collisions: CellCollisions | null;
  private readonly flux = { J: 0, slope: 0 };
  private readonly root = { a: 0, slope: 0 };
  /** 1/t_blow, or 0 without blow-out, when fully open. */
  private readonly unhindered: number;
  private branches: Interval;
  private index = -1;
  private time = Number.NaN;

  constructor(
    private readonly disk: Disk,
    private readonly volume: Volume,
  ) {
    this.masses = volume.cells.count + 1;
    this.slopes = slopesOf(volume);
    this.shares = new BlowoutShares(volume.cells);
    const pairs = volume.pairs();
    this.collisions = pairs === null ? null : new CellCollisions(pairs);
    this.unhindered = disk.params.blowout.enabled ? 1 / disk.blowoutTime : 0;
    this.branches = intervalBranches(disk, 0);
  }

  enter(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.branches = intervalBranches(this.disk, index);
    this.time = Number.NaN;
  }

  /** 1/t_blow as far as blow-out is open. */
  private get fullRate(): number {
    return this.open.blowout * this.unhindered;
  }

  /** J as far as sublimation is open. */
  private get openFlux(): number {
    return this.open.sublimation * this.flux.J;
  }

  get J(): number {
    return this.flux.J;
  }

  at(t: number): void {
    if (t === this.time) return;
    this.time = t;
    const { cooling, params, blowoutRoot, grainRatio } = this.disk;
    const { cell, straddled, vapour } = this.branches;
    const T = cooling.at(t);
    if (params.blowout.enabled) {
      blowoutRoot.inCell(T, cell, this.root);
      this.shares.set(this.root.a, straddled + 1);
    }
    if (params.sublimation !== null) sublimationFlux(params.sublimation, T * grainRatio, vapour, this.flux);
  }

  rates(t: number, y: Float64Array, source: Float64Array, out: Float64Array): void {
    this.at(t);
    const { masses, slopes, disk } = this;
    slopes.set(y);
    const { collisions } = this.open;
    if (this.collisions === null || collisions === 0) out.fill(0, 0, masses);
    else this.collisions.rates(y, slopes.colliding.values, out);
    if (collisions !== 1) for (let k = 0; k < masses; k++) out[k] *= collisions;
    for (let k = 0; k < masses; k++) out[k] += source[k];
    out[disk.unknowns.blownOut] = this.takeBlown(y, out);
    out[disk.unknowns.sublimed] = this.takeVapour(y, this.openFlux, out);
  }

  /** Takes what is blown out per second from the rates of the cells. @returns its sum */
  private takeBlown(M: Float64Array, out: Float64Array): number {
    const { fullRate, slopes } = this;
    const { share, tilt, straddled } = this.shares;
    const L = slopes.leaving.values;
    if (fullRate === 0) return 0;
    let blown = 0;
    const last = Math.min(straddled, this.masses - 1);
    for (let k = 0; k <= last; k++) {
      const lost = fullRate * (share[k] * M[k] + tilt[k] * L[k]);
      blown += lost;
      out[k] -= lost;
    }
    return blown;
  }

  /** Sublimation with the flux J: vapour leaves, the rest shrinks towards the cell below. @returns the vapour of all cells */
  private takeVapour(M: Float64Array, J: number, out: Float64Array): number {
    if (J === 0) return 0;
    const { vapour, shrinking } = this.volume.evaporation;
    const L = this.slopes.full.values;
    let sum = 0;
    for (let k = 0; k < this.masses; k++) {
      const lost = J * (vapour.mass[k] * M[k] + vapour.slope[k] * L[k]);
      sum += lost;
      out[k] -= lost;
      if (k === 0) continue;
      const shrunk = J * shrinking[k] * (M[k] - L[k]);
      out[k] -= shrunk;
      out[k - 1] += shrunk;
    }
    return sum;
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    this.at(t);
    const { disk, slopes, shares, root } = this;
    const { blownOut, sublimed } = disk.unknowns;
    slopes.set(y);
    const dT = disk.cooling.slope(t);
    const { straddled } = shares;
    if (this.fullRate > 0 && shares.shareSlope > 0) {
      const perMass = shares.shareSlope * y[straddled] + shares.tiltSlope * slopes.leaving.values[straddled];
      const lost = (this.fullRate * perMass * root.slope * dT) / root.a;
      out[straddled] -= lost;
      out[blownOut] += lost;
    }
    out[sublimed] += this.takeVapour(y, this.open.sublimation * this.flux.slope * disk.grainRatio * dT, out);
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    this.at(t);
    const { slopes, masses } = this;
    slopes.set(y);
    const { collisions } = this.open;
    if (this.collisions === null || collisions === 0) out.fill(0);
    else this.collisions.jacobian(y, slopes.colliding, out);
    if (collisions !== 1) for (let p = 0; p < out.length; p++) out[p] *= collisions;
    for (let k = 0; k < masses; k++) {
      if (this.fullRate > 0) {
        const { share, tilt } = this.shares;
        this.addRow(out, k * masses, k, slopes.leaving, -this.fullRate * share[k], -this.fullRate * tilt[k]);
      }
      if (this.openFlux > 0) this.addSublimation(out, k);
    }
  }

  private addSublimation(out: Float64Array, k: number): void {
    const { masses, slopes } = this;
    const J = this.openFlux;
    const { vapour, shrinking } = this.volume.evaporation;
    const shift = J * shrinking[k];
    const row = k * masses;
    this.addRow(out, row, k, slopes.full, -J * vapour.mass[k] - shift, -J * vapour.slope[k] + shift);
    if (k > 0) this.addRow(out, row - masses, k, slopes.full, shift, -shift);
  }

  /** Adds the derivatives of byMass M_k + bySlope L_k to the row that starts at `row`. */
  private addRow(
    out: Float64Array,
    row: number,
    k: number,
    slopes: SlopeSet,
    byMass: number,
    bySlope: number,
  ): void {
    out[row + k] += byMass + bySlope * slopes.here[k];
    if (k === 0) return;
    out[row + k - 1] += bySlope * slopes.below[k];
    if (k + 1 < this.masses) out[row + k + 1] += bySlope * slopes.above[k];
  }

  ledgerJacobian(t: number, y: Float64Array, blown: Float64Array, vapour: Float64Array): void {
    this.at(t);
    const { slopes, masses, fullRate } = this;
    const { share, tilt } = this.shares;
    const { mass, slope } = this.volume.evaporation.vapour;
    const J = this.openFlux;
    slopes.set(y);
    blown.fill(0, 0, masses);
    vapour.fill(0, 0, masses);
    for (let k = 0; k < masses; k++) {
      this.addRow(blown, 0, k, slopes.leaving, fullRate * share[k], fullRate * tilt[k]);
      this.addRow(vapour, 0, k, slopes.full, J * mass[k], J * slope[k]);
    }
  }

  losses(y: Float64Array, out: Losses): void {
    const { slopes, masses, fullRate } = this;
    const { share, tilt } = this.shares;
    const { mass, slope } = this.volume.evaporation.vapour;
    slopes.set(y);
    let blown = 0;
    let vapour = 0;
    for (let k = 0; k < masses; k++) {
      blown += share[k] * y[k] + tilt[k] * slopes.leaving.values[k];
      vapour += mass[k] * y[k] + slope[k] * slopes.full.values[k];
    }
    out.blown = fullRate * blown;
    out.vapour = this.openFlux * vapour;
  }
}
