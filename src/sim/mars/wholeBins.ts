import { Collisions } from './collisions.js';
import type { Disk } from './disk.js';
import { type Interval, intervalBranches } from './interval.js';
import type { Losses, Openings, SizeScheme } from './sizeScheme.js';
import { sublimationFlux } from './sublimation.js';

/**
 * Whole bins (eq. 10 of docs/physics.md): each bin is one mass, without slopes inside.
 *
 *     dM_k/dt = Coll_k + F_k - beta_k M_k - J a_k M_k + J g_k M_{k+1};   dB/dt = sum beta_k M_k;   dV/dt = J sum h_k M_k
 */
export class WholeBins implements SizeScheme {
  readonly masses: number;
  readonly open: Openings = { collisions: 1, blowout: 1, sublimation: 1 };
  /** Blow-out rate of each bin at the last time of evaluation, 1/s. */
  readonly blowout: Float64Array;
  /** Derivative of the straddled bin's rate by temperature; the others do not change between breaks. */
  private blowoutSlope = 0;
  /** Sublimation flux, kg m-2 s-1, and its derivative by grain temperature. */
  private readonly flux = { J: 0, slope: 0 };
  private readonly root = { a: 0, slope: 0 };
  private readonly collisions: Collisions | null;
  private branches: Interval;
  private index = -1;
  private time = Number.NaN;

  constructor(private readonly disk: Disk) {
    this.masses = disk.grid.bins;
    this.blowout = new Float64Array(this.masses);
    const net = disk.collisions();
    this.collisions = net === null ? null : new Collisions(net);
    this.branches = intervalBranches(disk, 0);
  }

  /** Chooses the branches of all piecewise laws: the interval between break times that the next evaluations lie in. */
  enter(index: number): void {
    if (index === this.index) return;
    this.index = index;
    this.branches = intervalBranches(this.disk, index);
    this.time = Number.NaN;
  }

  get J(): number {
    return this.flux.J;
  }

  /** Sets the coefficients that depend on time; all of them through T_M alone. */
  at(t: number): void {
    if (t === this.time) return;
    this.time = t;
    const { cooling, params } = this.disk;
    const T = cooling.at(t);
    if (params.blowout.enabled) this.setBlowout(T);
    if (params.sublimation !== null) {
      sublimationFlux(params.sublimation, T * this.disk.grainRatio, this.branches.vapour, this.flux);
    }
  }

  /** Bins below the blow-out size, the straddled one by its share in log size (eq. 16 of docs/physics.md). */
  private setBlowout(T: number): void {
    const { blowoutTime, blowoutRoot, grid, params } = this.disk;
    const { cell, straddled } = this.branches;
    blowoutRoot.inCell(T, cell, this.root);
    const full = 1 / blowoutTime;
    this.blowout.fill(full, 0, Math.max(straddled, 0)).fill(0, Math.max(straddled, 0));
    this.blowoutSlope = 0;
    if (straddled < 0 || straddled === this.masses) return;
    if (params.blowout.partialBin === 'lower_edge') {
      this.blowout[straddled] = full;
      return;
    }
    const width = grid.logWidths[straddled];
    const share = Math.log(this.root.a / grid.edges[straddled]) / width;
    this.blowout[straddled] = full * Math.min(Math.max(share, 0), 1);
    this.blowoutSlope = (full * this.root.slope) / (this.root.a * width);
  }

  rates(t: number, y: Float64Array, source: Float64Array, out: Float64Array): void {
    this.at(t);
    const { masses: bins, blowout, open } = this;
    const { shrink, unknowns } = this.disk;
    const J = open.sublimation * this.flux.J;
    if (this.collisions === null || open.collisions === 0) out.fill(0, 0, bins);
    else {
      this.collisions.rates(y, out);
      if (open.collisions !== 1) for (let k = 0; k < bins; k++) out[k] *= open.collisions;
    }
    let blown = 0;
    let vapour = 0;
    for (let k = 0; k < bins; k++) {
      const lost = open.blowout * blowout[k] * y[k];
      blown += lost;
      vapour += shrink.vapour[k] * y[k];
      out[k] += source[k] - lost - J * shrink.leaving[k] * y[k];
    }
    for (let k = 0; k + 1 < bins; k++) out[k] += J * shrink.arriving[k] * y[k + 1];
    out[unknowns.blownOut] = blown;
    out[unknowns.sublimed] = J * vapour;
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    this.at(t);
    const { masses: bins, open } = this;
    const { cooling, grainRatio, shrink, unknowns } = this.disk;
    const dT = cooling.slope(t);
    const { straddled } = this.branches;
    if (straddled >= 0 && straddled < bins && this.blowoutSlope !== 0) {
      const lost = open.blowout * this.blowoutSlope * dT * y[straddled];
      out[straddled] = -lost;
      out[unknowns.blownOut] = lost;
    }
    const fluxSlope = open.sublimation * this.flux.slope * grainRatio * dT;
    if (fluxSlope === 0) return;
    let vapour = 0;
    for (let k = 0; k < bins; k++) {
      vapour += shrink.vapour[k] * y[k];
      const above = k + 1 < bins ? shrink.arriving[k] * y[k + 1] : 0;
      out[k] += fluxSlope * (above - shrink.leaving[k] * y[k]);
    }
    out[unknowns.sublimed] = fluxSlope * vapour;
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    this.at(t);
    const { masses: bins, blowout, open } = this;
    const { shrink } = this.disk;
    const J = open.sublimation * this.flux.J;
    if (this.collisions === null || open.collisions === 0) out.fill(0);
    else {
      this.collisions.jacobian(y, out);
      if (open.collisions !== 1) for (let p = 0; p < bins * bins; p++) out[p] *= open.collisions;
    }
    for (let k = 0; k < bins; k++) {
      out[k * bins + k] -= open.blowout * blowout[k] + J * shrink.leaving[k];
      if (k + 1 < bins) out[k * bins + k + 1] += J * shrink.arriving[k];
    }
  }

  ledgerJacobian(t: number, _y: Float64Array, blown: Float64Array, vapour: Float64Array): void {
    this.at(t);
    const { masses: bins, blowout, open } = this;
    const J = open.sublimation * this.flux.J;
    for (let k = 0; k < bins; k++) {
      blown[k] = open.blowout * blowout[k];
      vapour[k] = J * this.disk.shrink.vapour[k];
    }
  }

  losses(y: Float64Array, out: Losses): void {
    const { masses: bins, blowout, open } = this;
    const { shrink } = this.disk;
    let blown = 0;
    let vapour = 0;
    for (let k = 0; k < bins; k++) {
      blown += blowout[k] * y[k];
      vapour += shrink.vapour[k] * y[k];
    }
    out.blown = open.blowout * blown;
    out.vapour = open.sublimation * this.flux.J * vapour;
  }
}
