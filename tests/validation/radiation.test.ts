import { BlowoutRoot, beta } from '../../src/sim/mars/blowout.js';
import { marsMass, marsRadius, stefanBoltzmann } from '../../src/sim/mars/constants.js';
import { qprTable } from '../../src/sim/mars/efficiency.js';
import { sizeGrid } from '../../src/sim/mars/grid.js';
import { grainTemperatureRatio } from '../../src/sim/mars/sublimation.js';
import { quickParams } from '../config/loading.js';
import { expectRelative } from './expectRelative.js';

const blowoutSize = (T: number, density: number, Q = 1) =>
  new BlowoutRoot(qprTable({ kind: 'constant', value: Q }), density).at(T);

/** The other temperatures of spec/validation.md section 1 stand in tests/sim/mars/blowout.test.ts. */
test.each([
  [3000, 1000, 0.0253681],
  [3000, 1500, 0.128426],
  [3000, 2500, 0.990941],
  [3000, 3000, 2.05482],
  [3000, 5000, 15.8551],
  [3000, 6000, 32.877],
  [3270, 2000, 0.372376],
  [3270, 4000, 5.95801],
])('blow-out size at density %d, %d K: %d um', (density, T, micrometres) => {
  expectRelative(blowoutSize(T, density), 1e-6 * micrometres, 1e-5);
});

test('blow-out size ~ T^4 Q/rho; beta s is constant', () => {
  const unit = blowoutSize(2000, 3000);
  expectRelative(blowoutSize(4000, 3000), 16 * unit, 1e-12);
  expectRelative(blowoutSize(2000, 1500), 2 * unit, 1e-12);
  expectRelative(blowoutSize(2000, 3000, 0.37), 0.37 * unit, 1e-12);
  for (const s of [1e-8, 1e-4, 1])
    expectRelative(s * beta(s, 4000, 0.6, 3000), beta(1, 4000, 0.6, 3000), 1e-12);
});

/**
 * Light and gravity of Mars stand in the same ratio as those of the Sun at T_Sun (R_Sun/R_M)^(1/2) (M_M/M_Sun)^(1/4) = 1970.7 K. There
 * beta must be that of the Sun: 0.574 Q/(rho s), g cm-3 and um (Burns, Lamy & Soter 1979).
 */
test('the solar limit', () => {
  const luminosity = 3.828e26;
  const sunMass = 1.98841e30;
  const area = 4 * Math.PI * marsRadius * marsRadius;
  const T = ((luminosity * marsMass) / (sunMass * area * stefanBoltzmann)) ** 0.25;
  expect(T).toBeCloseTo(1970.7, 0);
  expectRelative(beta(1e-6, T, 1, 1000), 0.5742, 1e-3);
  expectRelative(blowoutSize(T, 2500), 0.4594e-6, 1e-3);
});

test.each([
  [1.5, 1836.599],
  [2, 1590.541],
  [2.7, 1368.92],
])('a grain of emissivity ratio 0.4 at %d Mars radii, Mars at 4000 K: %d K', (radii, T) => {
  expectRelative(4000 * 0.4 ** 0.25 * grainTemperatureRatio(radii * marsRadius), T, 1e-6);
});

test('opacity: 250 m2/kg for 1 um at 3000 kg/m3, cross-section over mass', () => {
  const { opacities, sizes, masses } = sizeGrid(1e-7, 1e-5, 1, 3000);
  expectRelative(opacities[0], 250, 1e-12);
  expectRelative((Math.PI * sizes[0] ** 2) / masses[0], opacities[0], 1e-14);
});

test('3e-5 Mars masses over 1 .. 2.7 Mars radii: 84798.5 kg/m2', async () => {
  const { area } = await quickParams();
  expectRelative((3e-5 * marsMass) / area, 84798.5, 1e-6);
});
