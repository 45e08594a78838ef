import { lazily } from '../lazily.js';
import { cellsOf } from './finiteVolume/cells.js';
import { injectionShares as volumeInjection } from './finiteVolume/injection.js';
import { VolumeMeasures } from './finiteVolume/measures.js';
import { type Start, startOf } from './finiteVolume/start.js';
import { type Volume, volumeOf } from './finiteVolume/volume.js';
import { powerLawFragments } from './fragments.js';
import type { SizeGrid } from './grid.js';
import { initialMassShares } from './initialSizes.js';
import { geometricKernel } from './kernel.js';
import { type SizeMeasures, WholeMeasures } from './measures.js';
import { type NetCollisions, netCollisions } from './netCoefficients.js';
import type { MarsParams } from './params.js';
import { disruptiveOutcomes } from './remnant.js';
import { injectionShares } from './supply/injection.js';

type Injection = NonNullable<MarsParams['supply']>['injection'];

/** How a run resolves sizes: the constants of its scheme. */
export interface Sizing {
  /** Mass unknowns. */
  readonly masses: number;
  readonly measures: SizeMeasures;
  /** Net coefficients of whole bins; null without collisions and on finite volumes. Made when they are asked for: only who computes needs them. */
  readonly collisions: () => NetCollisions | null;
  /** Null: whole bins. */
  readonly volume: Volume | null;
  /** Shares of the initial mass, sum 1, and opacity of the initial sizes, m2/kg. */
  readonly shares: Float64Array;
  readonly opacity0: number;
  /** Shares of supplied mass, sum 1. @throws PhysicsError when they miss the grid */
  injected(injection: Injection): Float64Array;
}

/**
 * @param thresholds Q*_D of each bin, J/kg; @param v impact speed, m/s; @param H scale height, m
 * @throws PhysicsError when no mass falls on the grid
 */
export function sizingOf(
  params: MarsParams,
  grid: SizeGrid,
  thresholds: Float64Array,
  v: number,
  H: number,
): Sizing {
  return params.collisions.remnant === 'finite_volume'
    ? finiteVolume(params, v, H)
    : wholeBins(params, grid, thresholds, v, H);
}

/**
 * The initial sizes by themselves: shares of the mass, sum 1, and opacity, m2/kg.
 * @throws PhysicsError when no mass falls on the grid
 */
export function initialOf(
  params: Pick<MarsParams, 'density' | 'sizes' | 'initial' | 'collisions'>,
  grid: SizeGrid,
): Start {
  const { density, sizes, initial, collisions } = params;
  if (collisions.remnant === 'finite_volume') {
    return startOf(initial, cellsOf(sizes.min, sizes.max, sizes.bins), density);
  }
  const shares = initialMassShares(initial, grid);
  let opacity = 0;
  for (let k = 0; k < grid.bins; k++) opacity += shares[k] * grid.opacities[k];
  return { shares, opacity };
}

function finiteVolume(params: MarsParams, v: number, H: number): Sizing {
  const volume = volumeOf(params, v, H);
  const perArea = params.collisions.enabled ? ((Math.sqrt(Math.PI) / 2) * v) / H : 0;
  const { cells, start } = volume;
  return {
    masses: cells.count + 1,
    measures: new VolumeMeasures(volume, params.density, perArea),
    collisions: () => null,
    volume,
    shares: start.shares,
    opacity0: start.opacity,
    injected: (injection) => volumeInjection(injection, cells, start.shares),
  };
}

function wholeBins(
  params: MarsParams,
  grid: SizeGrid,
  thresholds: Float64Array,
  v: number,
  H: number,
): Sizing {
  const { density, collisions } = params;
  const { shares, opacity } = initialOf(params, grid);
  const kernel = lazily(() => (collisions.enabled ? geometricKernel(grid, v, H) : null));
  const net = () => {
    const K = kernel();
    if (K === null) return null;
    const outcomes = disruptiveOutcomes(grid, thresholds, v, density);
    const fragments = powerLawFragments(grid.edges, collisions.alphaFrag);
    return netCollisions(grid.masses, K, outcomes, fragments);
  };
  return {
    masses: grid.bins,
    measures: new WholeMeasures(grid, kernel),
    collisions: lazily(net),
    volume: null,
    shares,
    opacity0: opacity,
    injected: (injection) => injectionShares(injection, grid, shares),
  };
}
