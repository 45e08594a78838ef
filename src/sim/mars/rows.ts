import type { RowSink } from '../model.js';
import { beta, betaThreshold } from './blowout.js';
import {
  budgetTable,
  closureLimit,
  runColumns,
  runTable,
  sizeBinsTable,
  sizeHistoryTable,
} from './columns.js';
import { marsRadius, stefanBoltzmann } from './constants.js';
import type { Disk } from './disk.js';
import { radiationPressureEfficiency } from './efficiency.js';
import { blownOut, type DiskRates, sublimed } from './rates.js';
import {
  boundOpticalDepth,
  massDifference,
  massError,
  opticalDepth,
  suppliedMass,
  surfaceDensity,
} from './totals.js';

/** Evaluates the rows of all tables from a time and a solution, and hands them to the sink. */
export class RowWriter {
  private readonly run = new Float64Array(runColumns.length);
  private readonly budget = new Float64Array(10);
  private readonly sizes: Float64Array;

  constructor(
    private readonly disk: Disk,
    private readonly rates: DiskRates,
    private readonly sink: RowSink,
  ) {
    this.sizes = new Float64Array(disk.grid.bins + 3);
  }

  /** The table of the size bins, once per run. */
  bins(): void {
    const { bins, edges, sizes, masses } = this.disk.grid;
    const row = new Float64Array(5);
    for (let k = 0; k < bins; k++) {
      row.set([k, edges[k], sizes[k], edges[k + 1], masses[k]]);
      this.sink.write(sizeBinsTable, row);
    }
  }

  /** @param dt length of the step the row lies in, s; @param withSizes whether the size history gets a row too */
  row(step: number, t: number, dt: number, y: Float64Array, withSizes: boolean): void {
    this.rates.at(t);
    this.fillRun(step, t, dt, y);
    this.sink.write(runTable, this.run);
    if (withSizes) {
      this.fillSizes(step, t, y);
      this.sink.write(sizeHistoryTable, this.sizes);
    }
    this.fillBudget(step, t, y);
    this.sink.write(budgetTable, this.budget);
  }

  /** In the order of `runColumns`. */
  private fillRun(step: number, t: number, dt: number, y: Float64Array): void {
    const { disk, run } = this;
    const { params, Omega, blowoutTime, grid, toMarsMasses: toMM } = disk;
    const { density, radius, supply } = params;
    const T = disk.cooling.at(t);
    const a = disk.blowoutRoot.at(T);
    const Sigma = surfaceDensity(disk, y);
    const tau = opticalDepth(disk, y);
    const kappa = Sigma > 0 ? tau / (params.lineOfSight * Sigma) : 0;
    const Q = radiationPressureEfficiency(disk.table, params.sizes.min, T);
    const { blown, vapour } = this.losses(y);
    const B = y[grid.bins + blownOut];
    const V = y[grid.bins + sublimed];
    const P = suppliedMass(disk, t);
    const byOrbit = supply !== null && supply.rate.kind === 'orbit' ? supply.rate : null;
    let c = 0;
    run[c++] = step;
    run[c++] = t;
    run[c++] = dt;
    run[c++] = Omega;
    run[c++] = (2 * Math.PI) / Omega;
    run[c++] = blowoutTime;
    run[c++] = dt / blowoutTime;
    run[c++] = this.collisionTime(y);
    run[c++] = radius;
    run[c++] = radius / marsRadius;
    run[c++] = T;
    run[c++] = T * disk.grainRatio;
    run[c++] = stefanBoltzmann * T * T * T * T;
    run[c++] = tau;
    run[c++] = boundOpticalDepth(disk, y, a);
    run[c++] = a;
    run[c++] = a;
    run[c++] = params.sizes.min;
    run[c++] = kappa;
    run[c++] = 1 / kappa;
    run[c++] = Q;
    run[c++] = radiationPressureEfficiency(disk.table, a, T);
    run[c++] = beta(params.sizes.min, T, Q, density);
    run[c++] = betaThreshold;
    run[c++] = Sigma;
    run[c++] = blown;
    run[c++] = vapour;
    run[c++] = disk.supplyRate;
    run[c++] = disk.supplyRate;
    run[c++] = byOrbit === null ? Number.NaN : byOrbit.mu;
    run[c++] = byOrbit === null ? Number.NaN : byOrbit.epsilon;
    run[c++] = params.eccentricity;
    run[c++] = params.inclination;
    run[c++] = blown * toMM;
    run[c++] = vapour * toMM;
    run[c++] = (blown + vapour) * toMM;
    run[c++] = blown;
    run[c++] = vapour;
    run[c++] = blown + vapour;
    run[c++] = vapour;
    run[c++] = -this.rates.J / density;
    run[c++] = (B + V) * toMM;
    run[c++] = B * toMM;
    run[c++] = V * toMM;
    run[c++] = P * toMM;
    run[c++] = Sigma * toMM;
    run[c++] = B * toMM;
    run[c++] = B;
    run[c++] = V;
    run[c++] = P;
    run[c++] = massError(disk, t, y);
    run[c++] = disk.chi;
    run[c++] = density;
  }

  /** Loss rates, kg m-2 s-1, with the coefficients of the last time of evaluation. */
  private losses(y: Float64Array): { blown: number; vapour: number } {
    const { rates, disk } = this;
    let blown = 0;
    let vapour = 0;
    for (let k = 0; k < disk.grid.bins; k++) {
      blown += rates.blowout[k] * y[k];
      vapour += disk.shrink.vapour[k] * y[k];
    }
    return { blown, vapour: rates.J * vapour };
  }

  /** Shortest collision time of a bin that holds grains, 1/max_i sum_j K_ij N_j. */
  private collisionTime(y: Float64Array): number {
    const { kernel, grid } = this.disk;
    if (kernel === null) return Number.NaN;
    let fastest = 0;
    for (let i = 0; i < grid.bins; i++) {
      if (!(y[i] > 0)) continue;
      let rate = 0;
      for (let j = 0; j < grid.bins; j++) rate += (kernel[i * grid.bins + j] * y[j]) / grid.masses[j];
      fastest = Math.max(fastest, rate);
    }
    return fastest > 0 ? 1 / fastest : Number.NaN;
  }

  /** Numbers per bin; what the method leaves below zero, within its tolerance, shows as zero. */
  private fillSizes(step: number, t: number, y: Float64Array): void {
    const { sizes, disk } = this;
    const { bins, masses } = disk.grid;
    sizes[0] = step;
    sizes[1] = t;
    for (let k = 0; k < bins; k++) sizes[2 + k] = Math.max(y[k], 0) / masses[k];
    sizes[2 + bins] = surfaceDensity(disk, y);
  }

  /** The difference is formed in the ledgers' own unit, so that it is not the rounding of a conversion. */
  private fillBudget(step: number, t: number, y: Float64Array): void {
    const { budget, disk } = this;
    const { grid, toMarsMasses: toMM } = disk;
    budget[0] = step;
    budget[1] = t;
    budget[2] = disk.initialTotal * toMM;
    budget[3] = suppliedMass(disk, t) * toMM;
    budget[4] = y[grid.bins + blownOut] * toMM;
    budget[5] = y[grid.bins + sublimed] * toMM;
    budget[6] = surfaceDensity(disk, y) * toMM;
    budget[7] = massDifference(disk, t, y) * toMM;
    budget[8] = 100 * massError(disk, t, y);
    budget[9] = 100 * closureLimit;
  }
}
