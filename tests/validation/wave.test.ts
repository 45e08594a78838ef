import { diskOf } from '../../src/sim/mars/disk.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import type { Outcomes } from '../../src/sim/mars/remnant.js';
import { suppliedAt } from '../../src/sim/mars/supply/law.js';
import { wholeRun } from '../reference/runs.js';
import { diskParams } from '../sim/params.js';
import { density, impactSpeed, steadyCascade, strengthLaw } from './cascade.js';
import { fitPowerLaw } from './powerLawFit.js';

/**
 * A hard lower end of the sizes (blow-out): grains just above it are hit by nothing, so they pile up, grind down the next larger ones, and so
 * on (Campo Bagatin et al. 1994; Thebault & Augereau 2007). The mean slope stays near 3.5. Eight decades, X_c 1e-3, fits over the
 * middle half.
 */
const hardCut = (perDecade: number, X: number) => ({
  perDecade,
  decades: 8,
  extension: 0,
  strength: strengthLaw(X, 0),
  alphaFrag: 3.5,
  reach: Number.POSITIVE_INFINITY,
});

/** All or nothing: a grain is shattered from Q = Q*_D on and otherwise untouched, the picture behind a critical mass ratio X_c. */
function allOrNothing({ remnant, fragmented, bin }: Outcomes, masses: Float64Array, Q: Float64Array): void {
  const bins = masses.length;
  for (let p = 0; p < bins * bins; p++) {
    const [i, j] = [Math.floor(p / bins), p % bins];
    const total = masses[i] + masses[j];
    const energy = (masses[i] * masses[j] * impactSpeed * impactSpeed) / (2 * total * total);
    const shatters = energy >= Q[Math.max(i, j)];
    remnant[p] = shatters ? 0 : 1;
    fragmented[p] = shatters ? 1 : 0;
    bin[p] = Math.max(i, j);
  }
}

/** An independent program with X_c found 3.487 .. 3.492 and 0.66 dex. */
test.each([
  [10, 3.482, 0.537],
  [20, 3.4828, 0.589],
])('all or nothing, %d bins per decade: slope %d, wave of %d dex', (perDecade, slope, wave) => {
  const found = steadyCascade({ ...hardCut(perDecade, 1e-3), change: allOrNothing }, 3, 3.5).fit(2, 6);
  expect(Math.abs(found.slope - 3.5)).toBeLessThan(0.03);
  expect(found.wave).toBeGreaterThan(0.5);
  expect(found.wave).toBeLessThan(0.8);
  expect(Math.abs(found.slope - slope)).toBeLessThan(1e-3);
  expect(Math.abs(found.wave - wave)).toBeLessThan(1e-3);
});

/** With the disk's own outcomes grains are also eroded by projectiles far below X_c, which fills the valleys: a quarter of the wave is left. */
test.each([
  [5, 3.4915, 0.1279],
  [10, 3.4934, 0.1432],
  [20, 3.4944, 0.1726],
])('outcomes of the disk, %d bins per decade: slope %d, wave of %d dex', (perDecade, slope, wave) => {
  const found = steadyCascade(hardCut(perDecade, 1e-3), 3, 3.5).fit(2, 6);
  expect(Math.abs(found.slope - 3.5)).toBeLessThan(0.03);
  expect(Math.abs(found.slope - slope)).toBeLessThan(1e-3);
  expect(Math.abs(found.wave - wave)).toBeLessThan(1e-3);
});

/**
 * The same through the whole model: blow-out instead of a cut, supply in the largest bin, run until it is steady. Unbound grains leave within
 * one dynamical time, which in a ring this thin (tau = 2e-7) is nothing against the time between collisions.
 */
test('the disk itself, run until what is blown out is what is supplied', () => {
  const perDecade = 5;
  const params = steadyDisk(perDecade);
  const { grid, supply } = diskOf(params);
  const { state } = wholeRun(params);
  const { slope, wave } = fitPowerLaw(state.y, 3 * perDecade, 7 * perDecade, Math.LN10 / perDecade);
  expect(Math.abs(slope - 3.5)).toBeLessThan(0.03);
  expect(Math.abs(slope - 3.48906)).toBeLessThan(1e-4);
  expect(Math.abs(wave - 0.1329)).toBeLessThan(1e-3);
  const { y, time } = state;
  const blown = y[grid.bins] / suppliedAt(supply.law, time);
  expect(Math.abs(blown - 1)).toBeLessThan(1e-6);
  expect(state.largestMassError).toBeLessThan(1e-12);
});

/** Nine decades, the lowest of them unbound at 2000 K; Q*_D is X_c v^2/2 at every size. */
function steadyDisk(perDecade: number): MarsParams {
  const blowout = 1e-6;
  const largest = 1e2;
  const base = diskParams({
    density,
    sizes: { min: blowout / 10, max: largest, bins: 9 * perDecade },
    initial: { shape: 'upper', alpha: 3.5, wavy: 0 },
    tau0: 1e-5,
    efficiency: { kind: 'constant', value: 1 },
    temperature: { kind: 'constant', value: 2000 },
    blowout: { chi: 1 },
    solver: { maxSteps: 2000 },
    output: { sizeHistoryStride: null },
  });
  const { blowoutRoot, relativeSpeed } = diskOf({ ...base, supply: null, sublimation: null });
  const Q = (1e-3 * relativeSpeed * relativeSpeed) / 2;
  const minSize = largest * 10 ** (-0.999 / perDecade);
  return {
    ...base,
    // The blow-out size is proportional to Q_pr: this puts it on the edge at one decade.
    efficiency: { kind: 'constant', value: blowout / blowoutRoot.at(2000) },
    strength: { units: 'si', velocities: [relativeSpeed / 1000], coefficients: [[Q, 0, 0, 1]], muGrav: 0.45 },
    sublimation: null,
    supply: {
      rate: { kind: 'constant', value: 1e-17 },
      injection: { kind: 'powerlaw_bins', slope: 3.5, minSize, maxSize: null },
    },
    stops: { ...base.stops, end: 1e19 },
  };
}
