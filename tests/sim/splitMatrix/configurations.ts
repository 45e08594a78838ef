import type { MarsParams } from '../../../src/sim/mars/params.js';
import { diskParams } from '../params.js';
import { Decks } from './decks.js';
import {
  efficiencies,
  escapes,
  initialSizes,
  shieldings,
  strengths,
  sublimations,
  temperatures,
} from './laws.js';
import { supplies } from './supplies.js';

/**
 * Small disks that between them use every option of the model. Lengths of time hang on the end of the run, so that each law acts within
 * it; everything else is dealt freely.
 *
 * @param count at least 60, so that the rarest values occur several times
 */
export function configurations(seed: number, count: number): MarsParams[] {
  const decks = new Decks(seed, count);
  const ends = decks.of(20, 2e3, 1e5, 3e6, 3e7, 3e7);
  const parts = [
    decks.of(8, 11, 14, 14, 20, 27, 40).map((bins) => ({ sizes: { bins } })),
    decks.of(1e-7, 1e-7, 2e-6).map((min) => ({ sizes: { min } })),
    decks.of(3, 3, 0.7).map((max) => ({ sizes: { max } })),
    decks.of(1e-4, 1e-5, 1e-5, 1e-6, 1e-7, 1e-8).map((rtol) => ({ solver: { rtol } })),
    decks.of(1e-4, 1e-3).map((eta) => ({ solver: { eta } })),
    geometry(decks),
    matter(decks),
    decks.of(...initialSizes).map((initial) => ({ initial })),
    decks.of(...temperatures).map((law, i) => ({ temperature: law(ends[i]!) })),
    decks.of(...sublimations).map((sublimation) => ({ sublimation })),
    supplies(decks, ends),
    switches(decks),
    decks.of(...stops).map((stop, i) => ({ stops: stop(ends[i]!) })),
    output(decks, ends),
    accounts(decks, ends),
  ];
  return Array.from({ length: count }, (_, i) =>
    parts.reduce<MarsParams>((params, part) => diskParams(part[i] as object, params), diskParams()),
  );
}

/** Orbit, area and speeds of the ring, and how it is looked at. */
export function geometry(decks: Decks): object[] {
  const radii = decks.of(6.27e6, 6.27e6, 7.5e6);
  const areas = decks.of(2.27e14, 1e14);
  const eccentricities = decks.of(0.4595, 0.2);
  const inclinations = decks.of(0.05, 0.05, 0.02);
  const speeds = decks.of('pericenter', 'ohtsuki');
  const heights = decks.of(
    { kind: 'inclination', factor: 1 },
    { kind: 'inclination', factor: 0.5 },
    { kind: 'fixed', overRadius: 0.04 },
    { kind: 'fixed', overRadius: 0.1 },
  );
  const depths = decks.of(1, 1, 0.1, 5);
  const densities = decks.of(null, null, null, 0.05, 1);
  const sights = decks.of(1, 1, 2.5);
  return radii.map((radius, i) => ({
    radius,
    area: areas[i],
    eccentricity: eccentricities[i],
    inclination: inclinations[i],
    relativeVelocity: speeds[i],
    scaleHeight: heights[i],
    tau0: depths[i],
    lineOfSight: sights[i],
    ...(densities[i] !== null && { initialDensity: densities[i] }),
  }));
}

/** Density, strength, fragments and radiation pressure of the grains. */
function matter(decks: Decks): object[] {
  const densities = decks.of(3270, 2000);
  const collisions = decks.of(
    { enabled: true, alphaFrag: 3.5 },
    { enabled: true, alphaFrag: 3.5 },
    { enabled: true, alphaFrag: 3.9 },
    { enabled: false, alphaFrag: 3.5 },
  );
  const gravities = decks.of(0.45, 0.4);
  const hardness = decks.of(...strengths);
  const pressures = decks.of(...efficiencies);
  const blowouts = decks.of<object>(
    {},
    { partialBin: 'lower_edge' },
    { chi: 1 },
    { chi: 'auto' },
    { enabled: false },
  );
  const remnants = decks.of('whole', 'finite_volume');
  return densities.map((density, i) => ({
    density,
    collisions: { ...collisions[i], remnant: remnants[i] },
    strength: { ...hardness[i], muGrav: gravities[i] },
    efficiency: pressures[i],
    // Only a whole bin can leave as one.
    blowout: remnants[i] === 'whole' ? blowouts[i] : { ...blowouts[i], partialBin: 'log_fraction' },
  }));
}

const phases = [
  undefined,
  undefined,
  undefined,
  { ...phaseOf(1, 1700, 2000), referencePressure: 0 },
  { ...phaseOf(1, 2500, 4200), pressure: 1e4 },
  phaseOf(0.41, 1300, 1301),
  { ...phaseOf(0.41, 900, 1600), referenceTau: null, sublimesAsMelt: true },
  { ...phaseOf(1, 3000, 4300), referenceTau: 30, sublimesAsMelt: true },
];

function phaseOf(temperatureRatio: number, condense: number, vaporize: number) {
  return {
    ...{ temperatureRatio, condense, vaporize, referencePressure: 1, pressure: 0 },
    ...{ referenceTau: 1 as number | null, sublimesAsMelt: false },
  };
}

/** What opens and closes processes, other sinks, shielding. */
function switches(decks: Decks): object[] {
  const phase = decks.of(...phases);
  const gates = decks.of<object>({}, {}, {}, { tauGate: 0.5 }, { tauGate: 20 });
  const targets = decks.of<object>({}, { anyPhase: true });
  const drags = decks.of(
    undefined,
    undefined,
    { density: 1e-12, size: 1e-6 },
    { density: 1e-7, size: null },
    { density: 1e-8, size: 1e-3 },
  );
  const winds = decks.of(...escapes);
  const shields = decks.of(...shieldings);
  return phase.map((law, i) => ({
    phase: law,
    blowout: { ...gates[i], ...targets[i] },
    gasDrag: drags[i],
    escape: winds[i],
    shielding: shields[i],
  }));
}

const stops: readonly ((end: number) => object)[] = [
  (end) => ({ end }),
  (end) => ({ end }),
  (end) => ({ end, temperature: 2600 }),
  (end) => ({ end, temperature: 3500, temperatureMargin: 0.05 * end }),
  (end) => ({ end, blowoutBelowGrid: true }),
  (end) => ({ end, blowoutBelowGrid: true, minDuration: 0.2 * end }),
  (end) => ({ end, tau: 1.3 }),
  (end) => ({ end, tau: 0.8, tauTolerance: 1e-3, minDuration: 0.02 * end }),
  (end) => ({ end, lossRate: 1e-15 }),
  (end) => ({ end, massError: 1e-6 }),
  (end) => ({ end, massError: 3e-16 }),
  (end) => ({ end, lossRate: 3e-14, minDuration: 0.1 * end }),
  (end) => ({ end, tau: 3, lossRate: 1e-13, temperature: 2000, minDuration: 1e-3 * end }),
];

function output(decks: Decks, ends: readonly number[]): object[] {
  const modes = decks.of('dense', 'dense', 'land');
  const strides = decks.of(null, 1, 1, 2, 5);
  const cadences = decks.of<(end: number) => object>(
    () => ({ kind: 'steps', stride: 1 }),
    () => ({ kind: 'steps', stride: 3 }),
    (end) => ({ kind: 'interval', seconds: end / 40 }),
    (end) => ({ kind: 'interval', seconds: 0.013 * end }),
    () => ({ kind: 'log', perDecade: 5 }),
    () => ({ kind: 'log', perDecade: 12 }),
    (end) => ({ kind: 'times', times: [0.5, 1, 3e-3 * end + 1, 0.3 * end + 1] }),
    (end) => ({ kind: 'times', times: [0.9 * end] }),
  );
  return modes.map((mode, i) => ({
    output: { mode, every: cadences[i]!(ends[i]!), sizeHistoryStride: strides[i] },
  }));
}

/** Accounts that a run keeps on request. So many orbits only where they are few enough to be compared quickly. */
function accounts(decks: Decks, ends: readonly number[]): object[] {
  const strides = decks.of(null, null, 1, 3);
  const orbits = decks.of(true, true, false);
  const names = decks.of(true, false, false);
  const energies = decks.of<object | null>(
    null,
    null,
    { cratering: 0.1, fragmentation: 0.25 },
    { cratering: 0, fragmentation: 1 },
  );
  return ends.map((end, i) => ({
    output: {
      ...(strides[i] !== null && { diagnosticsStride: strides[i] }),
      ...(orbits[i] && end < 1e7 && { orbitRollup: true }),
      ...(names[i] && { originalNames: true }),
    },
    ...(energies[i] !== null && { energy: energies[i] }),
  }));
}
