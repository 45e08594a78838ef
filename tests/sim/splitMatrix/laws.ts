// Laws and values that configurations of either model are dealt.

/** Q_pr ~ s^3 below the wavelength: from some temperature on no grain is blown out any more, and the blow-out size jumps. */
const smallGrainsAreBound = (() => {
  const temperatures = [1000, 1500, 2000, 2600, 3200, 4000, 5000, 6500];
  const sizes = Array.from({ length: 25 }, (_, i) => 10 ** (-8 + i / 6));
  const values = temperatures.flatMap((T) => sizes.map((s) => 1 / (1 + (1e-3 / (s * T)) ** 3)));
  return { kind: 'table', temperatures, sizes, values, reading: 'cubic' };
})();

export const strengths: readonly object[] = [
  {},
  {},
  { velocities: [2], coefficients: [[1.5e8, 0.38, 1.2, 1.36]] },
  { units: 'si', velocities: [3], coefficients: [[500, 0.36, 1e-4, 1.3]] },
];

export const efficiencies: readonly object[] = [
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
];

export const initialSizes = [
  {},
  { fineShare: 0.6, fineSize: 3e-4, widthDex: 0.2, meterSize: 1, cut: 1e-5 },
  { shape: 'upper', alpha: 3, wavy: 0 },
  { shape: 'upper', alpha: 3.4, wavy: 0.3 },
  { shape: 'melt_truncated_powerlaw', alpha: 3.5, minSize: 1e-4, maxSize: 1, cut: 0 },
  { shape: 'melt_truncated_powerlaw', alpha: 3, minSize: 1e-5, maxSize: 0.5, cut: 1e-3 },
];

export const temperatures: readonly ((end: number) => object)[] = [
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

export const sublimations = [
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

export const escapes = [
  undefined,
  { strength: 1e-6, exponent: 1, reference: 2000, leastFraction: 1e-3 },
  { strength: 1e-9, exponent: 2.5, reference: 2500, leastFraction: 0.7 },
];

const exponential = { kind: 'exponential' };
const depths = (last: number) => ({ kind: 'table', depths: [0, 1, last], values: [1, 0.4, 6 / last] });
const fixed = (phi: object, tau: number, surfaceDensity: number | string, margin: number) => ({
  ...{ mode: 'fixed_tau1', phi, tau, surfaceDensity, margin },
});

export const shieldings: readonly (object | undefined)[] = [
  undefined,
  undefined,
  { mode: 'psitau', phi: exponential },
  { mode: 'psitau', phi: depths(30) },
  { mode: 'psitau', phi: depths(50) },
  fixed(depths(20), 1, 3, 0),
  fixed(depths(40), 2, 5, 0),
  fixed(exponential, 0.5, 'auto', 0.05),
  fixed(exponential, 0.7, 'auto_max', 0.1),
];
