import { onceFor } from '../onceFor.js';
import { refuseImpossible, refuseTemperatures } from './admission.js';
import { automaticChi, BlowoutRoot, type BlowoutSizes, beta, limitChi } from './blowout.js';
import { breakTimes } from './breaks.js';
import { marsMass } from './constants.js';
import { type Cooling, coolingOf } from './cooling.js';
import { CubicBlowoutRoot } from './cubicBlowout.js';
import { type QprTable, qprTable, radiationPressureEfficiency } from './efficiency.js';
import { type SizeGrid, sizeGrid } from './grid.js';
import { relativeSpeed, scaleHeight } from './kernel.js';
import { orbitalFrequency } from './orbit.js';
import { type OutputTimes, outputTimes } from './outputTimes.js';
import type { MarsParams } from './params.js';
import { shieldingFactor } from './shielding.js';
import { initialOf, type Sizing, sizingOf } from './sizing.js';
import { hasStateStops, type PlannedEnd, plannedEnd } from './stops.js';
import { disruptionThreshold } from './strength.js';
import { grainTemperatureRatio, type ShrinkCoefficients, shrinkCoefficients } from './sublimation.js';
import { type SupplyPlan, supplyPlan } from './supply/plan.js';
import { type Unknowns, unknownsOf } from './unknowns.js';

/** Everything about a run that does not change while it runs, computed once from its parameters. */
export interface Disk extends Omit<Sizing, 'masses' | 'shares' | 'injected'> {
  readonly params: MarsParams;
  readonly grid: SizeGrid;
  readonly unknowns: Unknowns;
  /** Orbital frequency, s-1, and blow-out time chi/Omega, s. */
  readonly Omega: number;
  readonly chi: number;
  readonly blowoutTime: number;
  /** m/s and m */
  readonly relativeSpeed: number;
  readonly scaleHeight: number;
  /** Q*_D of each bin at the impact speed, J/kg. */
  readonly thresholds: Float64Array;
  readonly table: QprTable;
  readonly blowoutRoot: BlowoutSizes;
  readonly cooling: Cooling;
  readonly grainRatio: number;
  readonly shrink: ShrinkCoefficients;
  /** Masses at t = 0 and their sum, kg m-2. */
  readonly initialMasses: Float64Array;
  readonly initialTotal: number;
  readonly supply: SupplyPlan;
  /** Share of the supplied mass that enters each mass unknown. */
  readonly supplyShares: Float64Array;
  /** Optical depth per mass of each mass unknown, in the line of sight, m2/kg. */
  readonly depths: Float64Array;
  readonly end: PlannedEnd;
  readonly breaks: Float64Array;
  /** Longest step, s: the node spacing of a table that has too many nodes to stop at each. */
  readonly longestStep: number;
  readonly output: OutputTimes;
  /** Mars masses per kg m-2. */
  readonly toMarsMasses: number;
}

/**
 * The tables of a run. They depend on the parameters alone and are kept as long as the parameters object lives.
 * @throws PhysicsError when the parameters contradict each other
 */
export const diskOf: (params: MarsParams) => Disk = onceFor(buildDisk);

function buildDisk(params: MarsParams): Disk {
  refuseImpossible(params);
  const { density, radius } = params;
  const grid = sizeGrid(params.sizes.min, params.sizes.max, params.sizes.bins, density);
  const sky = thermal(params, grid);
  const v = relativeSpeed(params);
  const H = scaleHeight(params);
  const thresholds = grid.sizes.map((s) => disruptionThreshold(params.strength, s, v, density));
  const { injected, shares, masses, ...sizing } = sizingOf(params, grid, thresholds, v, H);
  const { opacity0 } = sizing;
  // M_k(0) = Sigma_0 share_k with Sigma_0 = tau0/(Phi(tau0) kappa_0 f_los) unless it is given (eq. 6 of docs/physics.md).
  const effective = shieldingFactor(params.shielding, params.tau0) * opacity0;
  const Sigma = params.initialDensity ?? params.tau0 / (effective * params.lineOfSight);
  const initialMasses = shares.map((share) => Sigma * share);
  const Omega = orbitalFrequency(radius);
  const chi = chiOf(params, sky);
  const supply = planOf(params, opacity0);
  const { end, breaks, longestStep } = timesOf(sky, supply);
  refuseTemperatures(params, sky.cooling, end.time);
  return {
    ...sky,
    ...sizing,
    relativeSpeed: v,
    scaleHeight: H,
    thresholds,
    supply,
    unknowns: unknownsOf(masses, supply, {
      drag: params.gasDrag !== undefined,
      escape: params.escape !== undefined,
    }),
    supplyShares: params.supply === null ? new Float64Array(masses) : injected(params.supply.injection),
    depths: sizing.measures.opacities.map((kappa) => params.lineOfSight * kappa),
    Omega,
    chi,
    blowoutTime: chi / Omega,
    shrink: shrinkCoefficients(grid),
    initialMasses,
    initialTotal: initialMasses.reduce((sum, mass) => sum + mass, 0),
    end,
    breaks,
    longestStep,
    output: outputTimes(params.output.every, end.time),
    toMarsMasses: params.area / marsMass,
  };
}

/** The times that steps must end on, whatever the state. */
export type Schedule = Pick<
  Disk,
  | 'params'
  | 'grid'
  | 'table'
  | 'cooling'
  | 'blowoutRoot'
  | 'grainRatio'
  | 'supply'
  | 'end'
  | 'breaks'
  | 'longestStep'
  | 'output'
>;

/** The schedule of a run by itself: much quicker to make than its whole disk. */
export function scheduleOf(params: MarsParams): Schedule {
  const grid = sizeGrid(params.sizes.min, params.sizes.max, params.sizes.bins, params.density);
  const sky = thermal(params, grid);
  const supply = planOf(params, initialOf(params, grid).opacity);
  const times = timesOf(sky, supply);
  return { ...sky, supply, ...times, output: outputTimes(params.output.every, times.end.time) };
}

function planOf(params: MarsParams, opacity: number): SupplyPlan {
  const { supply, lineOfSight, radius, area, phase } = params;
  const context = { opacity: referenceOpacity(params, opacity), lineOfSight, radius };
  return supplyPlan(supply, context, area, phase !== undefined);
}

function timesOf(sky: ReturnType<typeof thermal>, { law, factor }: SupplyPlan) {
  const end = plannedEnd(sky);
  const stops = hasStateStops(sky) ? [sky.params.stops.minDuration] : [];
  const couplings = (factor?.kinks ?? []).flatMap((T) => sky.cooling.passes(T, end.time));
  return {
    end,
    breaks: breakTimes(sky, end.time, [...stops, ...law.breaks, ...couplings]),
    longestStep: Math.min(sky.cooling.longestStep, law.longestStep),
  };
}

/** The parts that follow from the temperature of Mars. */
function thermal(params: MarsParams, grid: SizeGrid) {
  const table = qprTable(params.efficiency);
  return {
    params,
    grid,
    table,
    cooling: coolingOf(params.temperature),
    blowoutRoot:
      table.cubic === null
        ? new BlowoutRoot(table, params.density)
        : new CubicBlowoutRoot(table.cubic, params.density),
    grainRatio: grainTemperatureRatio(params.radius),
  };
}

function chiOf(params: MarsParams, sky: ReturnType<typeof thermal>): number {
  if (params.blowout.chi !== 'auto') return limitChi(params.blowout.chi);
  const T = sky.cooling.at(0);
  const s = params.sizes.min;
  const Q = radiationPressureEfficiency(sky.table, s, T);
  return automaticChi(beta(s, T, Q, params.density), Q);
}

/** Shielded opacity behind the rules of the supply: at mu_reference_tau, or at the start. */
function referenceOpacity({ supply, shielding, tau0 }: MarsParams, opacity: number): number {
  const tau = supply?.rate.kind === 'orbit' ? supply.rate.referenceTau : tau0;
  return shieldingFactor(shielding, tau) * opacity;
}
