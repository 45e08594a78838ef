import type { LegacyParams } from '../../src/sim/legacy/params.js';
import { type Changes, diskParams, merge } from './params.js';

const disk = diskParams();

/** A dilute disk of which every step covers its whole length, so that the state moves. */
const base: LegacyParams = {
  radius: disk.radius,
  area: disk.area,
  eccentricity: disk.eccentricity,
  inclination: disk.inclination,
  relativeVelocity: disk.relativeVelocity,
  scaleHeight: disk.scaleHeight,
  density: disk.density,
  sizes: { min: 1e-6, max: 1e-3, bins: 10 },
  initial: { shape: 'upper', alpha: 3, wavy: 0.2 },
  tau0: 1e-6,
  lineOfSight: 1,
  strength: disk.strength,
  efficiency: disk.efficiency,
  temperature: disk.temperature,
  temperatureSampling: 3600,
  collisions: { enabled: true, fragmentSlope: 3.5 },
  floor: 'none',
  blowout: { enabled: true, chi: 'auto' },
  sublimation: { law: disk.sublimation!, location: 'smol', massConserving: false },
  absorption: 0.4,
  shielding: { mode: 'psitau', phi: { kind: 'exponential' } },
  supply: {
    rate: { kind: 'orbit', mu: 1, orbitFraction: 0.05, referenceTau: 1e-6, epsilon: 0.5 },
    injection: { kind: 'powerlaw_bins', slope: 3.5, minSize: null, maxSize: null },
  },
  stops: { end: 4e4, blowoutBelowGrid: false, tau: null, tauTolerance: 1e-6, lossRate: null, minDuration: 0 },
  step: 100,
  output: { seriesStride: 1, sizeHistoryStride: 1, orbits: true },
};

/** Parameters of a small run of the legacy solver, and what a test changes in them. */
export function legacyDiskParams(changes: Changes<LegacyParams> = {}, of: LegacyParams = base): LegacyParams {
  return structuredClone(merge(of, changes)) as LegacyParams;
}
