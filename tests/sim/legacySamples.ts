import type { LegacyParams } from '../../src/sim/legacy/params.js';
import { legacyDiskParams } from './legacyParams.js';

/** Short runs that between them use every option of the legacy solver. */
export const legacySamples: Record<string, LegacyParams> = {
  'dilute, every step': legacyDiskParams({ step: 'auto' }),
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
      absorption: 0.4,
      condense: 1600,
      vaporize: 1750,
      referencePressure: 1e5,
      gasPressure: 0,
      referenceTau: 1,
      liquidSublimation: false,
    },
    shielding: { taus: [0, 1e-6, 1], values: [1, 0.5, 0.1], atStart: true },
    stops: { blowoutBelowGrid: true },
    output: { sizeHistoryStride: null },
  }),
};
