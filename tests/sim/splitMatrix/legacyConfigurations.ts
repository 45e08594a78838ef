import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import { legacyDiskParams } from '../legacyParams.js';
import { geometry } from './configurations.js';
import { Decks } from './decks.js';
import { efficiencies, escapes, shieldings, strengths, sublimations, temperatures } from './laws.js';
import { supplies } from './supplies.js';

/**
 * Small disks that between them use every option of the legacy solver, most of them dilute, so that the state moves with the clock.
 *
 * @param count at least 70, so that the rarest values occur several times
 */
export function legacyConfigurations(seed: number, count: number): LegacyParams[] {
  const decks = new Decks(seed, count);
  const ends = decks.of(600, 4e3, 1.2e4, 4e4);
  const parts = [
    decks.of(7, 8, 13, 20).map((bins) => ({ sizes: { bins } })),
    decks.of(1e-6, 1e-6, 1e-7).map((min) => ({ sizes: { min } })),
    decks.of(1e-3, 1e-3, 1e-2, 1).map((max) => ({ sizes: { max } })),
    geometry(decks).map(({ tau0: _, initialDensity: __, ...rest }: Thick) => rest),
    grains(decks),
    laws(decks, ends),
    blowout(decks),
    gates(decks),
    course(decks, ends),
    mass(decks, suppliesOf(decks, ends)),
  ];
  const { shielding: _, ...bare } = legacyDiskParams();
  return Array.from({ length: count }, (_, i) =>
    parts.reduce<LegacyParams>((params, part) => legacyDiskParams(part[i] as object, params), bare),
  );
}

/** What the geometries of the Mars disk say of its mass. */
type Thick = { tau0?: number; initialDensity?: number };

/** Sizes, strength and radiation pressure of the grains, and the floor of their sizes. */
function grains(decks: Decks): object[] {
  const initial = decks.of(...initialShapes);
  const densities = decks.of(3270, 2000);
  const gravities = decks.of(0.45, 0.4);
  const hardness = decks.of(...strengths);
  const efficiency = decks.of(...efficiencies);
  const slopes = decks.of(3.5, 3.5, 0.5);
  const enabled = decks.of(true, true, true, true, false);
  const floor = decks.of('none', 'none', 'fixed', 'evolve_smin');
  const surface = { alpha: 3.5, gamma: 2e4, eta: 0.1, collider: null, largestFragment: 0.5 };
  const floors = decks.of<object | undefined>(
    undefined,
    undefined,
    undefined,
    surface,
    { ...surface, gamma: 3e3, alpha: 3.3, eta: 0.2 },
    { ...surface, collider: 1e-2, largestFragment: 0.2 },
    { ...surface, collider: 1e-3, gamma: 1 },
  );
  return initial.map((shape, i) => ({
    initial: shape,
    density: densities[i],
    strength: { ...hardness[i], muGrav: gravities[i] },
    efficiency: efficiency[i],
    collisions: { fragmentSlope: slopes[i], enabled: enabled[i] },
    floor: floor[i],
    surfaceEnergy: floors[i],
  }));
}

/** They have mass on every grid, also on one whose bottom is raised. */
const initialShapes = [
  { shape: 'upper', alpha: 3, wavy: 0.2 },
  { shape: 'upper', alpha: 3.4, wavy: 0 },
  lognormal(0.25, 1e-4, 1e-3, 0.3, 0),
  lognormal(0.6, 2e-4, 0.5, 0.2, 1e-6),
  { shape: 'melt_truncated_powerlaw', alpha: 3.5, minSize: 1e-6, maxSize: 1e-3, cut: 0 },
  { shape: 'melt_truncated_powerlaw', alpha: 3, minSize: 1e-5, maxSize: 0.5, cut: 1e-6 },
];

function lognormal(fineShare: number, fineSize: number, meterSize: number, widthDex: number, cut: number) {
  return { shape: 'melt_lognormal_mixture', fineShare, fineSize, meterSize, widthDex, cut };
}

/** Temperature, sublimation and phase. */
function laws(decks: Decks, ends: readonly number[]): object[] {
  const mars = decks.of(...temperatures);
  const samplings = decks.of(3600, 600);
  const absorptions = decks.of(0.4, 0.4, 0.8);
  const vapours = decks.of(...sublimations);
  const locations = decks.of('smol', 'smol', 'surface', 'both');
  const conserving = decks.of(false, false, true);
  const phase = decks.of(...phases);
  return mars.map((law, i) => ({
    temperature: law(ends[i]!),
    temperatureSampling: samplings[i],
    absorption: absorptions[i],
    sublimation:
      vapours[i] === null ? null : { law: vapours[i], location: locations[i], massConserving: conserving[i] },
    phase: phase[i],
  }));
}

const particle = {
  ...{ input: 'particle', condense: 1400, vaporize: 1750, referencePressure: 1, pressure: 0 },
  ...{ referenceTau: 1e-6 as number | null, sublimesAsMelt: false },
};
const surface = { ...particle, input: 'mars_surface', condense: 2500, vaporize: 4300 };

const phases = [
  undefined,
  undefined,
  particle,
  { ...particle, pressure: 10, referenceTau: null },
  surface,
  { ...surface, referenceTau: 1, condense: 3000, vaporize: 3900, referencePressure: 0, sublimesAsMelt: true },
  { ...surface, referenceTau: null, sublimesAsMelt: true },
];

/** Blow-out and what holds it back. */
function blowout(decks: Decks): object[] {
  const chi = decks.of<number | string>(0.5, 1, 'auto', 'auto');
  const switched = decks.of<object>({}, {}, {}, { enabled: false });
  const depths = decks.of<object>({}, {}, { tauMax: 8e-7 }, { tauMax: 1e-6 });
  const books = decks.of<object>(
    {},
    {},
    { gate: 'sublimation_competition' },
    { gate: 'collision_competition' },
  );
  const corrected = decks.of<object>({}, {}, { correctsFast: true });
  const targets = decks.of<object>({}, {}, { anyPhase: true });
  return chi.map((value, i) => ({
    blowout: {
      chi: value,
      ...{ ...switched[i], ...depths[i], ...books[i], ...corrected[i], ...targets[i] },
    },
  }));
}

/** Other sinks, shielding, and what is held at its start. */
function gates(decks: Decks): object[] {
  const drags = decks.of(undefined, undefined, 1e-9, 1e-12);
  const winds = decks.of(...escapes);
  const shields = decks.of(...shieldings);
  const holds = decks.of(undefined, undefined, undefined, { sigma: false, opacity: true });
  return drags.map((gasDrag, i) => ({
    ...{ gasDrag, escape: winds[i], shielding: shields[i], frozen: holds[i] },
  }));
}

/** Steps, ends, rows and accounts. */
function course(decks: Decks, ends: readonly number[]): object[] {
  const counts = decks.of(30, 45, 90, null);
  const stop = decks.of(...stops);
  const strides = decks.of(1, 1, 7);
  const sizes = decks.of(1, 3, null);
  const orbits = decks.of(true, true, false);
  const energies = decks.of(
    undefined,
    undefined,
    { cratering: 0.1, fragmentation: 0.25 },
    { cratering: 0, fragmentation: 1 },
  );
  return ends.map((end, i) => ({
    step: counts[i] === null ? 'auto' : end / counts[i]!,
    stops: { end, ...stop[i]!(end) },
    output: { seriesStride: strides[i], sizeHistoryStride: sizes[i], orbits: orbits[i] },
    energy: energies[i],
  }));
}

const stops: readonly ((end: number) => object)[] = [
  () => ({}),
  () => ({}),
  () => ({ blowoutBelowGrid: true }),
  (end) => ({ blowoutBelowGrid: true, minDuration: 0.3 * end }),
  () => ({ tau: 1.2e-6 }),
  () => ({ tau: 1e-3, tauTolerance: 1e-2 }),
  (end) => ({ lossRate: 1e-18, minDuration: 0.2 * end }),
  (end) => ({ lossRate: 1e-25, minDuration: 0.5 * end }),
  () => ({ massError: 1e-7 }),
  () => ({ massError: 1e-14 }),
];

/** Supplies with the speeds of their grains. */
function suppliesOf(decks: Decks, ends: readonly number[]): readonly { supply: object | null }[] {
  const blend = (of: object, how: string, weight: string) => ({ velocity: { of, blend: how, weight } });
  const speeds = decks.of<object>(
    {},
    {},
    blend({ kind: 'factor', factor: 0.8 }, 'rms', 'delta_sigma'),
    blend({ kind: 'factor', factor: 1.1 }, 'linear', 'sigma_ratio'),
    blend({ kind: 'fixed', e: 0.1, i: 0.02 }, 'linear', 'delta_sigma'),
    blend({ kind: 'fixed', e: 0.3, i: 0.1 }, 'rms', 'sigma_ratio'),
  );
  const all = supplies(decks, ends) as { supply: { rate: object } | null }[];
  const mixing = decks.of({ epsilon: 0.2 }, { epsilon: 1 });
  return all.map(({ supply }, i) => {
    if (supply === null) return { supply };
    const rate = 'kind' in supply.rate ? supply.rate : { ...supply.rate, ...mixing[i] };
    return { supply: { ...supply, ...speeds[i], rate } };
  });
}

/**
 * Mass of the ring and its supply. Wakes open the orbits of thick rings, and a surface density that is held makes relative numbers grow
 * without end under supplies that would fill the ring in a step: these two have none.
 */
function mass(decks: Decks, given: readonly { supply: object | null }[]): object[] {
  const depths = decks.of(1e-6, 1e-6, 1e-4, 1);
  const densities = decks.of(undefined, undefined, undefined, 1e-7, 1e-4);
  const wakes = decks.of(...new Array<undefined>(6).fill(undefined), 1, 2);
  const holds = decks.of(undefined, { sigma: true, opacity: false }, { sigma: true, opacity: true });
  return depths.map((tau0, i) =>
    wakes[i] === undefined
      ? { tau0, initialDensity: densities[i], ...given[i] }
      : { tau0: 1e-6, wake: wakes[i], frozen: holds[i], supply: null },
  );
}
