import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { type Changes, diskParams } from '../params.js';

/** Rings that lose all they have, by evaporation in hours, and live on: configurations in which once no step was accepted any more. */
/** Empty after minutes; after a hundred days the grains are solid enough for the supply, which sets in along the ramp. */
const refilled: Changes<MarsParams> = {
  ...{ radius: 6.27e6, eccentricity: 0.2, inclination: 0.02, lineOfSight: 2.5, initialDensity: 1 },
  scaleHeight: { kind: 'inclination', factor: 0.5 },
  initial: { shape: 'upper', alpha: 3.4, wavy: 0.3 },
  collisions: { alphaFrag: 3.9 },
  temperature: { kind: 'slab', start: 4000, layer: 1e5, density: 3000, heatCapacity: 1000 },
  sublimation: { kind: 'exponential', reference: 1900, width: 40 },
  supply: {
    rate: { kind: 'constant', value: 2e-5 },
    injection: { kind: 'powerlaw_bins', slope: 3, minSize: 1e-6, maxSize: 0.1 },
  },
  phase: {
    ...{ temperatureRatio: 1, condense: 3000, vaporize: 4300 },
    ...{ referencePressure: 1, pressure: 0, referenceTau: 30, sublimesAsMelt: true },
  },
  stops: { end: 3e7, temperature: null },
  solver: { rtol: 1e-5, eta: 1e-4 },
};

/** Blown out and evaporated without a supply to a share of 1e-17, of which errors make less than nothing. */
const belowZero: Changes<MarsParams> = {
  ...{ radius: 7.5e6, eccentricity: 0.4595, tau0: 5 },
  scaleHeight: { kind: 'fixed', overRadius: 0.04 },
  sizes: { min: 2e-6, max: 0.7, bins: 40 },
  initial: { shape: 'melt_truncated_powerlaw', alpha: 3.5, minSize: 1e-4, maxSize: 1, cut: 0 },
  collisions: { alphaFrag: 3.9, remnant: 'finite_volume' },
  blowout: { chi: 0.5, anyPhase: true },
  temperature: {
    kind: 'table',
    times: [0, 3e5, 3e6, 1.2e7, 3e7],
    temperatures: [3900, 3000, 4100, 2500, 1700],
  },
  sublimation: { liquid: { switch: 1900, A: 11.2, B: 22600 } },
  supply: {
    rate: { kind: 'orbit', mu: 0.3, orbitFraction: 0.1, referenceTau: 2, epsilon: 0.5 },
    injection: { kind: 'min_bin', minSize: 0.01 },
    feedback: { min: 0.2, max: 3, initial: 0.5, target: 3, gain: 1, responseTime: 6e5 },
    temperature: { kind: 'power', reference: 3000, exponent: 3, atReference: 1, floor: 0.1, cap: 2 },
  },
  phase: {
    ...{ temperatureRatio: 0.41, condense: 900, vaporize: 1600 },
    ...{ referencePressure: 1, pressure: 0, referenceTau: null, sublimesAsMelt: true },
  },
  shielding: { mode: 'psitau', phi: { kind: 'table', depths: [0, 1, 30], values: [1, 0.4, 0.2] } },
  stops: { end: 3e7, temperature: null },
  solver: { rtol: 1e-4, eta: 1e-3 },
};

it.each([
  ['is filled again by a supply that opens smoothly', refilled],
  ['and is left with less than nothing goes on', belowZero],
])('a ring that is empty %s', (_, changes) => {
  const params = diskParams(changes);
  const end = marsDisk.advance(
    marsDisk.initial(params),
    params,
    Number.POSITIVE_INFINITY,
    ({ steps }) => steps >= 3000,
    { write() {} },
  );
  expect(marsDisk.status(end, params)).toMatchObject({ done: true, stopReason: 't_end' });
  for (const { error, limit } of marsDisk.conserved(end, params)) expect(error).toBeLessThanOrEqual(limit);
});
