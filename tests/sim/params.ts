import type { MarsParams } from '../../src/sim/mars/params.js';

/** Nested changes of parameters; a value that is not a plain object replaces what was there. */
export type Changes<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: Changes<T[K]> }
    : T;

/** `base` with the changes laid over it. */
export function merge(base: unknown, changes: unknown): unknown {
  if (changes === undefined) return base;
  const isPlain = (x: unknown): x is Record<string, unknown> =>
    typeof x === 'object' && x !== null && !Array.isArray(x);
  if (!isPlain(base) || !isPlain(changes)) return changes;
  // A change of kind is a different shape: nothing of the old one belongs to it.
  for (const tag of ['kind', 'shape']) if (tag in changes && changes[tag] !== base[tag]) return changes;
  const merged = { ...base };
  for (const [key, value] of Object.entries(changes)) merged[key] = merge(base[key], value);
  return merged;
}

const marsRadius = 3.3895e6;
const radius = 1.85 * marsRadius;

/** A made-up efficiency: falls below 1 for small grains and low temperatures, so that every branch of the blow-out size occurs. */
function efficiency(): MarsParams['efficiency'] {
  const temperatures = [1000, 1500, 2000, 3000, 4000, 6000];
  const sizes = [2e-7, 5e-7, 1e-6, 2e-6, 5e-6, 2e-5, 1e-3];
  const values = temperatures.flatMap((T) =>
    sizes.map((s) => 1 / (1 + 4e-4 / (s * T)) + 0.1 / (1 + s / 1e-6)),
  );
  return { kind: 'table', temperatures, sizes, values };
}

const base: MarsParams = {
  radius,
  area: Math.PI * (2.7 ** 2 - 1) * marsRadius ** 2,
  eccentricity: 1 - marsRadius / radius,
  inclination: 0.05,
  relativeVelocity: 'pericenter',
  scaleHeight: { kind: 'inclination', factor: 1 },
  density: 3270,
  sizes: { min: 1e-7, max: 3, bins: 14 },
  initial: {
    shape: 'melt_lognormal_mixture',
    fineShare: 0.25,
    fineSize: 1e-4,
    meterSize: 1.5,
    widthDex: 0.3,
    cut: 1e-6,
  },
  tau0: 1,
  lineOfSight: 1,
  collisions: { enabled: true, alphaFrag: 3.5, remnant: 'whole' },
  strength: {
    units: 'ba99_cgs',
    velocities: [1, 3, 5],
    coefficients: [
      [1.9509e8, 0.38, 0.8187652527440811, 1.36],
      [1.9509e8, 0.38, 1.6722, 1.36],
      [3.9018e8, 0.38, 2.787, 1.36],
    ],
    muGrav: 0.45,
  },
  efficiency: efficiency(),
  blowout: { enabled: true, chi: 0.5, partialBin: 'log_fraction' },
  temperature: { kind: 'slab', start: 4000, layer: 1e5, density: 3000, heatCapacity: 1000 },
  sublimation: {
    alphaEvap: 0.1,
    molarMass: 0.140694,
    A: 13.809441833,
    B: 28362.904024,
    liquid: { switch: 2163, A: 11.08, B: 22409 },
    gasPressure: 0,
  },
  supply: {
    rate: { kind: 'orbit', mu: 1, orbitFraction: 0.05, referenceTau: 1, epsilon: 1 },
    injection: { kind: 'powerlaw_bins', slope: 3.5, minSize: null, maxSize: null },
  },
  stops: {
    end: 3e7,
    temperature: null,
    temperatureMargin: 0,
    blowoutBelowGrid: false,
    tau: null,
    tauTolerance: 1e-6,
    lossRate: null,
    minDuration: 0,
  },
  solver: { rtol: 1e-5, eta: 1e-4 },
  output: { mode: 'dense', every: { kind: 'steps', stride: 1 }, sizeHistoryStride: 1 },
};

/** Parameters of a small, quick disk with the physics of the ten-year case, and what a test changes in them. */
export function diskParams(changes: Changes<MarsParams> = {}, of: MarsParams = base): MarsParams {
  return structuredClone(merge(of, changes)) as MarsParams;
}
