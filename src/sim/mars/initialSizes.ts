import { PhysicsError } from '../model.js';
import type { SizeGrid } from './grid.js';
import type { MarsParams } from './params.js';

/**
 * Share of the mass in each bin at the start, sum 1 (physics.md e).
 * @throws PhysicsError when no mass falls on the grid
 */
export function initialMassShares(shape: MarsParams['initial'], grid: SizeGrid): Float64Array {
  const shares = massWeights(shape, grid);
  let sum = 0;
  for (const share of shares) sum += share;
  if (!(sum > 0 && Number.isFinite(sum))) {
    throw new PhysicsError(
      `initial sizes '${shape.shape}': no mass on the grid from ${grid.edges[0]} to ${grid.edges[grid.bins]} m; ` +
        'widen sizes.s_min..s_max or lower the condensation cut',
    );
  }
  for (let k = 0; k < grid.bins; k++) shares[k] /= sum;
  return shares;
}

function massWeights(shape: MarsParams['initial'], grid: SizeGrid): Float64Array {
  switch (shape.shape) {
    case 'upper':
      return threeSlopes(shape.alpha, shape.wavy, grid);
    case 'melt_lognormal_mixture':
      return meltMixture(shape, grid);
    case 'melt_truncated_powerlaw':
      return truncatedPowerLaw(shape, grid);
  }
}

/** dN/ds of three slopes, alpha steepening by 1 and 1.5 away from the bottom; no continuity at the breaks (eq. 7 of docs/physics.md). */
function threeSlopes(alpha: number, wavy: number, grid: SizeGrid): Float64Array {
  const min = grid.edges[0];
  const max = grid.edges[grid.bins];
  return grid.sizes.map((s, k) => {
    const slope = s < 10 * min ? alpha : s < max / 10 ? alpha + 1 : alpha + 1.5;
    const wave = 1 + wavy * Math.sin((2 * Math.PI * Math.log(s / min)) / Math.log(max / min));
    return Math.max((s / min) ** -slope * wave, 0) * s ** 3 * grid.widths[k];
  });
}

type MeltMixture = Extract<MarsParams['initial'], { shape: 'melt_lognormal_mixture' }>;

/** Two log-normal mass populations, metre-sized melt and fine droplets (eq. 8 of docs/physics.md). */
function meltMixture(shape: MeltMixture, grid: SizeGrid): Float64Array {
  const coarse = logNormal(shape.meterSize, shape.widthDex, shape.cut, grid);
  const fine = logNormal(shape.fineSize, shape.widthDex, shape.cut, grid);
  return coarse.map((weight, k) => (1 - shape.fineShare) * weight + shape.fineShare * fine[k]);
}

/** Normalised to 1; zero throughout if the grid does not reach it. */
function logNormal(centre: number, widthDex: number, cut: number, grid: SizeGrid): Float64Array {
  const width = widthDex * Math.LN10;
  const weights = grid.sizes.map((s, k) =>
    s < cut ? 0 : Math.exp(-0.5 * (Math.log(s / centre) / width) ** 2) * grid.widths[k],
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.fill(0);
}

type MeltPowerLaw = Extract<MarsParams['initial'], { shape: 'melt_truncated_powerlaw' }>;

/** Eq. 9 of docs/physics.md. */
function truncatedPowerLaw(shape: MeltPowerLaw, grid: SizeGrid): Float64Array {
  const from = Math.max(shape.minSize, shape.cut);
  return grid.sizes.map((s, k) =>
    s >= from && s <= shape.maxSize ? s ** (3 - shape.alpha) * grid.widths[k] : 0,
  );
}
