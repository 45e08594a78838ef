import type { MarsParams } from '../../src/sim/mars/params.js';
import { diskParams } from './params.js';

/** Short runs that between them use every kind of output, stop and time-dependent law. */
export const samples: Record<string, MarsParams> = {
  'every step, sizes every second row': diskParams({
    output: { every: { kind: 'steps', stride: 3 }, sizeHistoryStride: 2 },
  }),
  'dense rows at an interval': diskParams({ output: { every: { kind: 'interval', seconds: 1e6 } } }),
  'diagnostics, orbits and energies': diskParams({
    stops: { end: 3e5 },
    output: { every: { kind: 'interval', seconds: 4e4 }, diagnosticsStride: 3, orbitRollup: true },
    energy: { cratering: 0.1, fragmentation: 0.25 },
  }),
  'landing on a logarithmic cadence': diskParams({
    output: { mode: 'land', every: { kind: 'log', perDecade: 3 }, sizeHistoryStride: null },
  }),
  'lower_edge, temperature stop': diskParams({
    blowout: { partialBin: 'lower_edge' },
    stops: { end: 1e9, temperature: 3000 },
    output: { every: { kind: 'times', times: [1, 100, 3e6] } },
  }),
  'stop on tau_bound': diskParams({
    stops: { tau: 1.2, minDuration: 10 },
    output: { every: { kind: 'interval', seconds: 0.5 } },
  }),
  'temperature table, threshold of the loss rate': diskParams({
    temperature: { kind: 'table', times: [0, 1e5, 4e6, 3e7], temperatures: [4200, 4100, 2900, 1600] },
    stops: { lossRate: 1e-15, minDuration: 1e5 },
    supply: null,
  }),
  'phases, a gate by optical depth, drag and escape': diskParams({
    phase: {
      temperatureRatio: 1,
      condense: 2500,
      vaporize: 3900,
      referencePressure: 1,
      pressure: 0,
      referenceTau: 1,
      sublimesAsMelt: false,
    },
    blowout: { tauGate: 5 },
    gasDrag: { density: 1e-9, size: null },
    escape: { strength: 1e-7, exponent: 1, reference: 2000, leastFraction: 1e-3 },
    shielding: { mode: 'psitau', phi: { kind: 'exponential' } },
  }),
  'supply regulated by tau and coupled to T_M, through a deep buffer, from a reservoir that is used up':
    diskParams({
      supply: {
        reservoir: { mass: 5e15, taper: 0 },
        feedback: { target: 0.3, gain: 3, responseTime: 1e5, min: 0.5, max: 4, initial: 1 },
        temperature: { kind: 'power', reference: 3500, exponent: 2, atReference: 1, floor: 0.2, cap: 1.2 },
        mixingTime: 2e5,
      },
      stops: { end: 3e6 },
      output: { every: { kind: 'interval', seconds: 2e5 } },
    }),
};
