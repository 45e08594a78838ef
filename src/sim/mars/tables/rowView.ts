import type { DenseOutput } from '../../numerics/denseOutput.js';
import { beta } from '../blowout.js';
import type { Disk } from '../disk.js';
import { radiationPressureEfficiency } from '../efficiency.js';
import type { EnergyAccount } from '../energyAccount.js';
import type { DiskRates } from '../rates.js';
import { shieldingFactor, unitDepthDensity } from '../shielding.js';
import type { RingLosses } from '../sizeScheme.js';
import {
  boundOpticalDepth,
  massDifference,
  massError,
  massSupplied,
  opticalDepth,
  sunkMass,
  surfaceDensity,
} from '../totals.js';

/** The step in which a row lies. */
export interface StepAround {
  /** Its number; 0 for the row of the start. */
  readonly step: number;
  /** Its beginning and its length, s; the length is 0 for the row of the start. */
  readonly from: number;
  readonly length: number;
  /** Solutions at its beginning and its end. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** The solution inside it. Set only where rows, orbits or accounts look there. */
  readonly inside: DenseOutput;
}

/** All that columns are made of, evaluated once for each row. One object per run: it is filled anew for every row. */
export class RowView {
  /** Model time of the row, s, and the solution there. */
  t = 0;
  y!: Float64Array;
  around!: StepAround;
  /** Temperature of Mars, K, and blow-out size, m. */
  T = 0;
  a = 0;
  /** Surface density, kg m-2, line-of-sight optical depth, opacity of the grains present, m2/kg. */
  Sigma = 0;
  tau = 0;
  kappa = 0;
  /** Q_pr and beta at the bottom of the grid. */
  Q = 0;
  beta = 0;
  /** Rates of loss, kg m-2 s-1. */
  readonly losses: RingLosses = { blown: 0, vapour: 0, dragged: 0, escaping: 0 };
  /** Vapour fraction of the grains. */
  vapourFraction = 0;
  /** Ledgers: blown out, sublimed, all sinks but blow-out, supplied, kg m-2. */
  B = 0;
  V = 0;
  sunk = 0;
  P = 0;
  /** Shortest collision time of a bin that holds grains, 1/max_i sum_j K_ij N_j, s; NaN without collisions. */
  collisionTime = 0;
  /** Relative error and difference [kg m-2] of the mass budget. */
  massError = 0;
  massDifference = 0;

  constructor(
    readonly disk: Disk,
    readonly rates: DiskRates,
    /** Null unless the run keeps energy accounts. */
    readonly energy: EnergyAccount | null,
  ) {}

  /** @param y solution at t, bins and ledgers */
  set(t: number, y: Float64Array, around: StepAround): void {
    const { disk, rates } = this;
    const { params, unknowns } = disk;
    rates.at(t);
    this.t = t;
    this.y = y;
    this.around = around;
    this.T = disk.cooling.at(t);
    this.a = disk.blowoutRoot.at(this.T);
    this.Sigma = surfaceDensity(disk, y);
    this.tau = opticalDepth(disk, y);
    this.kappa = this.Sigma > 0 ? this.tau / (params.lineOfSight * this.Sigma) : 0;
    this.Q = radiationPressureEfficiency(disk.table, params.sizes.min, this.T);
    this.beta = beta(params.sizes.min, this.T, this.Q, params.density);
    rates.losses(t, y, this.losses);
    this.vapourFraction = rates.vapourFraction(t, y);
    this.B = y[unknowns.blownOut];
    this.V = y[unknowns.sublimed];
    this.sunk = sunkMass(disk, y);
    this.P = massSupplied(disk, t, y);
    this.collisionTime = this.shortestCollisionTime();
    this.massError = massError(disk, t, y);
    this.massDifference = massDifference(disk, t, y);
    const { from, length, inside } = around;
    this.energy?.row(length > 0 ? (t - from) / length : 0, length, inside, y);
  }

  /** Supply rate, kg m-2 s-1: what is delivered, and what of it reaches the surface. */
  get deliveredSupply(): number {
    return this.rates.supplied.delivered(this.t, this.y);
  }
  get surfaceSupply(): number {
    return this.rates.supplied.surface(this.t, this.y);
  }

  /** Rate of blow-out, kg m-2 s-1. */
  get blown(): number {
    return this.losses.blown;
  }

  /** Rate of sublimation, kg m-2 s-1. */
  get vapour(): number {
    return this.losses.vapour;
  }

  /** Rate of all sinks but blow-out, kg m-2 s-1. */
  get sinking(): number {
    const { vapour, dragged, escaping } = this.losses;
    return vapour + dragged + escaping;
  }

  /** Shielding Phi. */
  get Phi(): number {
    return shieldingFactor(this.disk.params.shielding, this.tau);
  }

  /** Surface density at tau = 1 without line-of-sight factor, kg m-2. */
  get unitDepthDensity(): number {
    const { params, opacity0, initialTotal } = this.disk;
    const start = {
      opacity: shieldingFactor(params.shielding, params.tau0) * opacity0,
      density: initialTotal,
    };
    return unitDepthDensity(params.shielding, this.Phi * this.kappa, start);
  }

  /** Optical depth of the grains above the blow-out size. */
  get boundTau(): number {
    return boundOpticalDepth(this.disk, this.y, this.a);
  }

  private shortestCollisionTime(): number {
    const fastest = this.disk.measures.collisionRate(this.y);
    return fastest > 0 ? 1 / fastest : Number.NaN;
  }
}
