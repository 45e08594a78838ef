import { Collisions } from '../../src/sim/mars/collisions.js';
import { powerLawFragments } from '../../src/sim/mars/fragments.js';
import { sizeGrid } from '../../src/sim/mars/grid.js';
import { geometricKernel } from '../../src/sim/mars/kernel.js';
import { type NetCollisions, netCollisions } from '../../src/sim/mars/netCoefficients.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { disruptiveOutcomes, type Outcomes } from '../../src/sim/mars/remnant.js';
import { disruptionThreshold } from '../../src/sim/mars/strength.js';
import type { LedgerSystem } from '../../src/sim/numerics/rosenbrock.js';
import { equalWeights } from './closedSystem.js';
import { integrate } from './integrate.js';
import { type Fit, fitPowerLaw, lineWeights } from './powerLawFit.js';

export const density = 3000;
export const impactSpeed = 5000;
const smallest = 1e-6;

/**
 * Q*_D = X_c v^2/2 (s/1 um)^slope, in the material term if it falls with size, in the gravity term if it rises: a projectile of the mass
 * X_c of the target just shatters a grain of 1 um.
 */
export function strengthLaw(X: number, slope: number): MarsParams['strength'] {
  const Q = (X * impactSpeed * impactSpeed) / 2;
  const row: [number, number, number, number] =
    slope <= 0 ? [Q * smallest ** -slope, -slope, 0, 1] : [0, 0, (Q / density) * smallest ** -slope, slope];
  return { units: 'si', velocities: [impactSpeed / 1000], coefficients: [row], muGrav: 0.45 };
}

export interface CascadeSetup {
  readonly perDecade: number;
  /** Decades of size that are solved for, and below them those whose grains only serve as projectiles. */
  readonly decades: number;
  readonly extension: number;
  readonly strength: MarsParams['strength'];
  readonly alphaFrag: number;
  /** Pairs farther apart than this do not collide, decades; keeps a scale-free cascade exactly so near the ends of the grid. */
  readonly reach: number;
  /** Replaces the outcomes of the disk. */
  readonly change?: (outcomes: Outcomes, masses: Float64Array, thresholds: Float64Array) => void;
}

/** The disk's own tables on a grid whose bin 0 takes all finer fragments and hits nothing. */
export interface CascadeTables {
  readonly net: NetCollisions;
  readonly sizes: Float64Array;
  /** Bin 1 is the first projectile, bin `first` the first that is solved for. */
  readonly first: number;
}

export function cascadeTables(setup: CascadeSetup): CascadeTables {
  const { perDecade, decades, extension, reach } = setup;
  const first = 1 + extension * perDecade;
  const bins = first + decades * perDecade;
  const grid = sizeGrid(smallest * 10 ** (-first / perDecade), smallest * 10 ** decades, bins, density);
  const thresholds = grid.sizes.map((s) => disruptionThreshold(setup.strength, s, impactSpeed, density));
  const kernel = geometricKernel(grid, impactSpeed, 1).map((K, p) => {
    const [i, j] = [Math.floor(p / bins), p % bins];
    return i === 0 || j === 0 || Math.abs(i - j) > reach * perDecade ? 0 : K;
  });
  const outcomes = disruptiveOutcomes(grid, thresholds, impactSpeed, density);
  setup.change?.(outcomes, grid.masses, thresholds);
  // Fragments have no lower limit: the shares of all bins but the lowest are those of an endless power law.
  const edges = grid.edges.slice();
  edges[0] *= 1e-200;
  const net = netCollisions(grid.masses, kernel, outcomes, powerLawFragments(edges, setup.alphaFrag));
  return { net, sizes: grid.sizes, first };
}

/**
 * A cascade fed with unit mass per second in its largest bin. Unknowns: bin 0, which collects what leaves, then the bins from `first` on.
 * The projectiles below them follow the regression line (in logarithms) of the lowest `fitted` bins solved for, whatever its slope: no
 * theory enters. What projectiles bring in is taken from bin 0, so that the total stays that of the supply.
 */
class Cascade implements LedgerSystem {
  readonly coupled: number;
  readonly ledgers = 0;
  readonly weights: Float64Array;
  private readonly collisions: Collisions;
  private readonly masses: Float64Array;
  private readonly allRates: Float64Array;
  private readonly allSlopes: Float64Array;
  private readonly line: Float64Array[];

  constructor(
    private readonly tables: CascadeTables,
    private readonly fitted: number,
  ) {
    const { net, first } = tables;
    this.coupled = 1 + net.bins - first;
    this.weights = new Float64Array(this.coupled).fill(1);
    this.collisions = new Collisions(net);
    this.masses = new Float64Array(net.bins);
    this.allRates = new Float64Array(net.bins);
    this.allSlopes = new Float64Array(net.bins * net.bins);
    this.line = Array.from({ length: first }, (_, e) => lineWeights(fitted, e - first));
  }

  private expand(y: Float64Array): void {
    const { first } = this.tables;
    this.masses.set(y.subarray(1), first);
    const logs = Array.from(y.subarray(1, 1 + this.fitted), (mass) => Math.log(Math.max(mass, 1e-300)));
    for (let e = 1; e < first; e++) {
      this.masses[e] = Math.exp(logs.reduce((sum, log, l) => sum + this.line[e][l] * log, 0));
    }
  }

  rates(_: number, y: Float64Array, out: Float64Array): void {
    this.expand(y);
    this.collisions.rates(this.masses, this.allRates);
    out.set(this.allRates.subarray(this.tables.first), 1);
    out[0] = 0;
    for (let k = 1; k < this.coupled; k++) out[0] -= out[k];
    out[this.coupled - 1] += this.supply();
  }

  /** Row 0 is left out: the solver puts the sums of the columns there. */
  jacobian(_: number, y: Float64Array, out: Float64Array): void {
    this.expand(y);
    const { first, net } = this.tables;
    this.collisions.jacobian(this.masses, this.allSlopes);
    out.fill(0);
    for (let k = 1; k < this.coupled; k++) {
      const from = (first + k - 1) * net.bins;
      const row = k * this.coupled;
      out.set(this.allSlopes.subarray(from + first, from + net.bins), row + 1);
      for (let e = 1; e < first; e++) {
        const slope = this.allSlopes[from + e] * this.masses[e];
        for (let l = 0; l < this.fitted; l++) out[row + 1 + l] += (slope * this.line[e][l]) / y[1 + l];
      }
    }
  }

  timeDerivative(_: number, __: Float64Array, out: Float64Array): void {
    out.fill(0);
  }

  ledgerJacobian(): void {}

  supply(): number {
    return 1;
  }

  supplyDerivative(): number {
    return 0;
  }
}

export interface SteadyCascade {
  /** Bins solved for, from the smallest. */
  readonly masses: Float64Array;
  /** Mass per second through the lower edge of each bin; the supply is 1. */
  readonly flux: Float64Array;
  /** Fit between two distances from the lower end, decades. */
  fit(from: number, to: number): Fit;
}

/** Relaxes a cascade with the disk's solver from a power law of slope `start` until nothing changes any more. */
export function steadyCascade(setup: CascadeSetup, fittedDecades: number, start: number): SteadyCascade {
  const { perDecade } = setup;
  const tables = cascadeTables(setup);
  const system = new Cascade(tables, fittedDecades * perDecade);
  const { coupled: bins } = system;
  const y0 = Float64Array.from({ length: bins }, (_, k) =>
    k === 0 ? 0 : (tables.sizes[tables.first + k - 1] / tables.sizes[tables.first]) ** (4 - start),
  );
  const rates = new Float64Array(bins);
  system.rates(0, y0, rates);
  const scale = 1 / Math.sqrt(Math.abs(rates[0]));
  const scaled = y0.map((mass) => scale * mass);
  const filling = scaled.reduce((sum, mass) => sum + mass, 0);
  const { y } = integrate(system, equalWeights(bins), scaled, 0, 1e6 * filling, 1e-6);
  system.rates(0, y, rates);
  const flux = new Float64Array(bins - 1);
  for (let k = bins - 1, sum = 1; k > 0; k--) {
    // Without the supply, what all bins from here up lose to collisions is what passes the edge.
    sum -= rates[k];
    flux[k - 1] = sum;
  }
  const masses = y.slice(1);
  const step = Math.LN10 / perDecade;
  return {
    masses,
    flux,
    fit: (from, to) => fitPowerLaw(masses, Math.round(from * perDecade), Math.round(to * perDecade), step),
  };
}
