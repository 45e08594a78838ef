import type { LegacyParams } from '../../src/sim/legacy/params.js';
import { legacyDiskParams } from './legacyParams.js';

/** Short runs that between them use every option of the legacy solver. */
export const legacySamples: Record<string, LegacyParams> = {
  'dilute, every step, energies': legacyDiskParams({
    step: 'auto',
    energy: { cratering: 0.1, fragmentation: 0.25 },
  }),
  'dense, floor fixed, thinned rows': legacyDiskParams({
    tau0: 1,
    floor: 'fixed',
    sizes: { min: 1e-7, max: 1 },
    stops: { end: 3000 },
    step: 2,
    supply: { mixingTime: 2e4 },
    output: { seriesStride: 70, sizeHistoryStride: 33 },
  }),
  'drift, blended speeds, floor that rises': legacyDiskParams({
    floor: 'evolve_smin',
    temperature: { start: 3000 },
    sublimation: { location: 'both' },
    supply: { velocity: { of: { kind: 'factor', factor: 0.8 }, blend: 'rms', weight: 'delta_sigma' } },
    stops: { end: 9000 },
    output: { orbits: false },
  }),
  'phase, shielding of its own, stop at the blow-out size': legacyDiskParams({
    temperature: { start: 4500, layer: 30 },
    phase: {
      input: 'particle',
      condense: 1600,
      vaporize: 1750,
      referencePressure: 1,
      pressure: 0,
      referenceTau: 1,
      sublimesAsMelt: false,
    },
    shielding: { mode: 'psitau', phi: { kind: 'table', depths: [0, 1e-6, 1], values: [1, 0.5, 0.1] } },
    stops: { blowoutBelowGrid: true },
    output: { sizeHistoryStride: null },
  }),
  'vapour that escapes, reservoir that empties, feedback, gates': legacyDiskParams({
    temperature: { start: 4500, layer: 30 },
    phase: {
      input: 'mars_surface',
      condense: 3900,
      vaporize: 4400,
      referencePressure: 0,
      pressure: 0,
      referenceTau: null,
      sublimesAsMelt: true,
    },
    escape: { strength: 1e-5, exponent: 1, reference: 2000, leastFraction: 1e-3 },
    gasDrag: 1e-9,
    blowout: { tauMax: 2e-6, gate: 'collision_competition', correctsFast: true, anyPhase: true },
    shielding: {
      mode: 'fixed_tau1',
      phi: { kind: 'exponential' },
      tau: 0.3,
      surfaceDensity: 'auto_max',
      margin: 0.05,
    },
    wake: 1.5,
    frozen: { sigma: false, opacity: true },
    supply: {
      reservoir: { mass: 1e5, taper: 0 },
      feedback: { target: 2e-6, gain: 1, responseTime: 1e4, min: 0.1, max: 4, initial: 2 },
      temperature: { kind: 'power', reference: 4000, exponent: 1, atReference: 1, floor: 0, cap: 10 },
    },
  }),
};
