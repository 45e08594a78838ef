import type { MarsParams } from '../../../src/sim/mars/params.js';
import { diskParams } from '../params.js';
import { Decks } from './decks.js';
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
function geometry(decks: Decks): object[] {
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

/** Q_pr ~ s^3 below the wavelength: from some temperature on no grain is blown out any more, and the blow-out size jumps. */
const smallGrainsAreBound = (() => {
  const temperatures = [1000, 1500, 2000, 2600, 3200, 4000, 5000, 6500];
  const sizes = Array.from({ length: 25 }, (_, i) => 10 ** (-8 + i / 6));
  const values = temperatures.flatMap((T) => sizes.map((s) => 1 / (1 + (1e-3 / (s * T)) ** 3)));
  return { kind: 'table', temperatures, sizes, values, reading: 'cubic' };
})();

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
  const strengths = decks.of<object>(
    {},
    {},
    { velocities: [2], coefficients: [[1.5e8, 0.38, 1.2, 1.36]] },
    { units: 'si', velocities: [3], coefficients: [[500, 0.36, 1e-4, 1.3]] },
  );
  const efficiencies = decks.of<object>(
    {},
    {},
    { kind: 'constant', value: 1 },
    { kind: 'constant', value: 0.7 },
    {
      kind: 'table',
      temperatures: [1000, 3500, 6000],
      sizes: [1e-7, 3e-6, 1e-4],
      values: [0.2, 0.7, 1, 0.4, 0.9, 1, 0.6, 1, 1],
    },
    { reading: 'cubic' },
    smallGrainsAreBound,
  );
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
    strength: { ...strengths[i], muGrav: gravities[i] },
    efficiency: efficiencies[i],
    // Only a whole bin can leave as one.
    blowout: remnants[i] === 'whole' ? blowouts[i] : { ...blowouts[i], partialBin: 'log_fraction' },
  }));
}

const initialSizes = [
  {},
  { fineShare: 0.6, fineSize: 3e-4, widthDex: 0.2, meterSize: 1, cut: 1e-5 },
  { shape: 'upper', alpha: 3, wavy: 0 },
  { shape: 'upper', alpha: 3.4, wavy: 0.3 },
  { shape: 'melt_truncated_powerlaw', alpha: 3.5, minSize: 1e-4, maxSize: 1, cut: 0 },
  { shape: 'melt_truncated_powerlaw', alpha: 3, minSize: 1e-5, maxSize: 0.5, cut: 1e-3 },
];

const temperatures: readonly ((end: number) => object)[] = [
  () => ({ kind: 'constant', value: 2200 }),
  () => ({ kind: 'constant', value: 4200 }),
  () => ({}),
  // A layer that has cooled by the end, however early that is.
  (end) => ({ kind: 'slab', start: 4500, layer: 3e-3 * end, density: 2800, heatCapacity: 900 }),
  () => ({ kind: 'linear', start: 4000, layer: 1e5 }),
  (end) => ({ kind: 'linear', start: 3800, layer: 2.6e-3 * end }),
  // Falls, rises and falls: passes temperatures more than once.
  (end) => ({
    kind: 'table',
    times: [0, 0.01 * end, 0.1 * end, 0.4 * end, end],
    temperatures: [3900, 3000, 4100, 2500, 1700],
  }),
  // So many nodes that steps are limited instead of ending on each.
  (end) => ({
    kind: 'table',
    times: Array.from({ length: 1001 }, (_, i) => (i * end) / 200),
    temperatures: Array.from({ length: 1001 }, (_, i) => 3000 + 200 * Math.cos(i / 7) - 2 * Math.min(i, 400)),
  }),
];

const sublimations = [
  {},
  {},
  null,
  { gasPressure: 1e-3 },
  { liquid: null, alphaEvap: 0.3 },
  { molarMass: 0.06, A: 13.2, B: 25898.9, liquid: null, gasPressure: 10 },
  { liquid: { switch: 1900, A: 11.2, B: 22600 } },
  { kind: 'exponential', reference: 2000, width: 50 },
  { kind: 'exponential', reference: 1900, width: 40 },
  {
    gasPressure: 1e-3,
    pressureTable: {
      temperatures: [1500, 1700, 1900, 2050],
      logPressures: [-4, -1.9, -0.4, 0.5],
      cold: { A: 13.2, B: 25900 },
      hot: { A: 12.9, B: 25000 },
    },
  },
  {
    pressureTable: {
      temperatures: [1000, 2200],
      logPressures: [-12, 1.4],
      cold: { A: 13.8, B: 28000 },
      hot: { A: 13, B: 26000 },
    },
  },
];

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
  const escapes = decks.of(
    undefined,
    { strength: 1e-6, exponent: 1, reference: 2000, leastFraction: 1e-3 },
    { strength: 1e-9, exponent: 2.5, reference: 2500, leastFraction: 0.7 },
  );
  const exponential = { kind: 'exponential' };
  const table = (last: number) => ({ kind: 'table', depths: [0, 1, last], values: [1, 0.4, 6 / last] });
  const fixed = (phi: object, tau: number, surfaceDensity: number | string, margin: number) => ({
    ...{ mode: 'fixed_tau1', phi, tau, surfaceDensity, margin },
  });
  const shields = decks.of<object | undefined>(
    undefined,
    undefined,
    { mode: 'psitau', phi: exponential },
    { mode: 'psitau', phi: table(30) },
    { mode: 'psitau', phi: table(50) },
    fixed(table(20), 1, 3, 0),
    fixed(table(40), 2, 5, 0),
    fixed(exponential, 0.5, 'auto', 0.05),
    fixed(exponential, 0.7, 'auto_max', 0.1),
  );
  return phase.map((law, i) => ({
    phase: law,
    blowout: { ...gates[i], ...targets[i] },
    gasDrag: drags[i],
    escape: escapes[i],
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
