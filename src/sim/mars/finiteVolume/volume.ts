import { lazily } from '../../lazily.js';
import { grainMass } from '../grid.js';
import type { MarsParams } from '../params.js';
import { disruptionThreshold } from '../strength.js';
import { type Cells, cellsOf, FragmentLaw } from './cells.js';
import { type Evaporation, evaporation } from './evaporation.js';
import { Impact } from './impact.js';
import { inverseSizeMoments, type Moments } from './moments.js';
import { PairIntegrals } from './pairs.js';
import { Slopes } from './slopes.js';
import { type Start, startOf } from './start.js';
import { type PairTables, pairTables } from './tables.js';

/** The constants of a run on finite volumes: spec/sizes.md. */
export interface Volume {
  readonly cells: Cells;
  /** Null while collisions are off. Made when they are asked for: only who computes needs them. */
  readonly pairs: () => PairTables | null;
  readonly opacity: Moments;
  readonly evaporation: Evaporation;
  readonly start: Start;
  /** Mass below which a cell counts as empty, kg m-2. */
  readonly empty: Float64Array;
  readonly growing: readonly boolean[];
}

/** Share of the initial totals below which a cell counts as empty. */
const emptyShare = 1e-9;

/**
 * @param speed m/s; @param height of the ring, m
 * @throws PhysicsError when no mass falls on the grid
 */
export function volumeOf(params: MarsParams, speed: number, height: number): Volume {
  const { density, strength, sizes, tau0, lineOfSight } = params;
  const cells = cellsOf(sizes.min, sizes.max, sizes.bins);
  const start = startOf(params.initial, cells, density);
  const opacity = inverseSizeMoments(cells, 3 / (4 * density));
  const tau = tau0 / lineOfSight;
  const Sigma = tau / start.opacity;
  const threshold = (k: number) => disruptionThreshold(strength, cells.edges[k], speed, density);
  const growing = Array.from(
    cells.edges,
    // Two equal grains leave a remnant larger than one of them where Q* > v^2/8.
    (_, k) => params.collisions.enabled && k > 0 && threshold(k - 1) > (speed * speed) / 8,
  );
  return {
    cells,
    pairs: lazily(() => (params.collisions.enabled ? tablesOf(params, cells, speed, height) : null)),
    opacity,
    evaporation: evaporation(cells, density),
    start,
    empty: opacity.mass.map((kappa) => emptyShare * Math.min(Sigma, tau / kappa)),
    growing,
  };
}

function tablesOf(params: MarsParams, cells: Cells, speed: number, height: number): PairTables {
  const { density, strength, sizes, collisions } = params;
  const fragments = new FragmentLaw(cells, collisions.alphaFrag);
  const impact = new Impact({ strength, density, speed, bottom: sizes.min });
  const perArea = ((Math.sqrt(Math.PI) / 2) * speed) / height;
  const pairs = new PairIntegrals(cells, fragments, impact, perArea, grainMass(sizes.min, density));
  return pairTables(cells, fragments, pairs);
}

export function slopesOf({ cells, empty, growing }: Volume): Slopes {
  return new Slopes({ count: cells.count, empty, growing });
}
