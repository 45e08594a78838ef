import { refuseImpossibleTables } from '../mars/admission.js';
import { automaticChi, limitChi } from '../mars/blowout.js';
import { marsMass } from '../mars/constants.js';
import { type QprTable, qprTable } from '../mars/efficiency.js';
import { type SizeGrid, sizeGrid } from '../mars/grid.js';
import { initialMassShares } from '../mars/initialSizes.js';
import { orbitalFrequency } from '../mars/orbit.js';
import { particleTemperatureRatio } from '../mars/phase.js';
import { grainTemperatureRatio } from '../mars/sublimation.js';
import type { SupplyLaw } from '../mars/supply/law.js';
import { onceFor } from '../onceFor.js';
import { legacyClimate } from './climate.js';
import type { LegacyParams } from './params.js';
import { LegacyRadiation } from './radiation.js';
import { phiAtStart } from './shielding.js';
import { legacyLaw, numbersOf } from './supply.js';
import { surfaceEnergyFloor } from './surfaceEnergy.js';
import { impactSpeed } from './velocities.js';

/** Most steps of a run; a finer grid of time is made coarser without a word in the original. */
export const mostSteps = 50_000_000;

/** What does not change while a run goes on, computed once from its parameters. */
export interface LegacyDisk {
  readonly params: LegacyParams;
  /** Made once: its bottom is the s_min_effective of the start. */
  readonly grid: SizeGrid;
  /** s-1, s, m2. */
  readonly Omega: number;
  readonly orbit: number;
  readonly area: number;
  /** t_blow = chi/Omega, s. */
  readonly chi: number;
  readonly blowoutTime: number;
  /** T_M(t), K. */
  readonly climate: (t: number) => number;
  readonly table: QprTable;
  /** Temperature of a black grain, and of one of the phase rule, over T_M. */
  readonly grainRatio: number;
  readonly particleRatio: number;
  /** Number and length [s] of the steps. */
  readonly steps: number;
  readonly dt: number;
  /** At the start: m2/kg, kg m-2, relative numbers per metre, mass shares. */
  readonly opacity0: number;
  readonly effectiveOpacity0: number;
  readonly sigma0: number;
  readonly number0: Float64Array;
  readonly shares: Float64Array;
  readonly smallest0: number;
  /** beta of s_min of the configuration at the start. */
  readonly beta0: number;
  readonly supply: SupplyLaw;
  /** Mars masses per kg m-2. */
  readonly toMarsMasses: number;
}

/** @throws PhysicsError when the parameters contradict each other */
export const legacyDisk: (params: LegacyParams) => LegacyDisk = onceFor(buildDisk);

function buildDisk(params: LegacyParams): LegacyDisk {
  refuseImpossibleTables(params);
  const { sizes, density, radius, shielding, lineOfSight, tau0, supply } = params;
  const Omega = orbitalFrequency(radius);
  const table = qprTable(params.efficiency);
  const climate = legacyClimate(params);
  const start = startRadiation(params, table, climate(0));
  const grid = sizeGrid(start.smallest, sizes.max, sizes.bins, density);
  const shares = initialMassShares(params.initial, grid);
  let opacity0 = 0;
  for (let k = 0; k < grid.bins; k++) opacity0 += shares[k] * grid.opacities[k];
  const phi0 = phiAtStart(shielding, tau0);
  const orbit = (2 * Math.PI) / Omega;
  const reference = supply?.rate.kind === 'orbit' ? phiAtStart(shielding, supply.rate.referenceTau) : 1;
  return {
    params,
    grid,
    Omega,
    orbit,
    area: params.area,
    chi: start.chi,
    blowoutTime: start.chi / Omega,
    climate,
    table,
    grainRatio: grainTemperatureRatio(radius),
    particleRatio: particleTemperatureRatio(params.absorption, radius),
    ...timeGrid(params, Omega),
    opacity0,
    effectiveOpacity0: phi0 * opacity0,
    sigma0: params.initialDensity ?? tau0 / (phi0 * opacity0 * lineOfSight),
    number0: numbersOf(shares, grid),
    shares,
    smallest0: start.smallest,
    beta0: start.beta,
    supply: legacyLaw(supply, opacity0, reference, params),
    toMarsMasses: params.area / marsMass,
  };
}

/** Floor, chi and beta at the start: everything seen from the smallest grain of the configuration (physics.md d). */
function startRadiation(params: LegacyParams, table: QprTable, T: number) {
  const { sizes, floor, blowout } = params;
  const radiation = new LegacyRadiation(table, params.density);
  radiation.evaluate(T, sizes.min);
  const byBlowout = floor === 'none' ? sizes.min : Math.max(sizes.min, radiation.blowoutSize);
  const smallest = Math.max(byBlowout, energyFloor(params));
  const Q = radiation.Q(smallest);
  const chi = blowout.chi === 'auto' ? automaticChi(radiation.beta(smallest, Q), Q) : limitChi(blowout.chi);
  return { smallest, chi, beta: radiation.beta(sizes.min, radiation.Q(sizes.min)) };
}

/** 0 where it is not asked for. */
function energyFloor(params: LegacyParams): number {
  const { surfaceEnergy, eccentricity: e, inclination: i } = params;
  if (surfaceEnergy === undefined) return 0;
  const v = impactSpeed({ ...params, relativeVelocity: 'pericenter' }, { e, i });
  return surfaceEnergyFloor(surfaceEnergy, params.sizes.max, params.density, v);
}

/** Steps of equal length that end exactly at the end of the run (physics.md k). */
function timeGrid({ stops, step }: LegacyParams, Omega: number): { steps: number; dt: number } {
  const { end } = stops;
  const asked = step === 'auto' ? Math.min(Math.max(Math.min(0.05 / Omega, end / 200), 1e-9), end) : step;
  const steps = Math.min(Math.max(Math.ceil(end / asked), 1), mostSteps);
  return { steps, dt: end / steps };
}
