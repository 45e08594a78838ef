import { steadyCascade, strengthLaw } from '../../validation/systems/cascade.js';

/**
 * Q*_D independent of size: dN/ds ~ s^-3.5 (Dohnanyi 1969), at any number of bins, strength and slope of the fragments (mass index
 * 1.6 .. 1.95 is alpha 2.8 .. 3.85; Tanaka, Inaba & Nakazawa 1996). The tables are exactly scale-free here, and so is the power law: the
 * whole remnant's bin, which costs accuracy elsewhere, costs none. What is left is the end of the grid at the top: fits end two
 * decades below it. Measured: |p - 3.5| <= 9.2e-5, residuals <= 4e-4 dex. Further cases stand in docs/validation.md.
 */
test.each([
  [5, 1e-3, 3.5, 3.7],
  [5, 1e-5, 3.5, 3.3],
])('%d bins per decade, X_c %d, fragments %d, from slope %d: p = 3.5', (perDecade, X, alphaFrag, start) => {
  const strength = strengthLaw(X, 0);
  const setup = { perDecade, decades: 6, extension: 3, strength, alphaFrag, reach: 3 };
  const cascade = steadyCascade(setup, 3, start);
  const { slope, wave } = cascade.fit(1, 4);
  expect(Math.abs(slope - 3.5)).toBeLessThan(2e-4);
  expect(wave).toBeLessThan(1e-3);
  for (const flux of cascade.flux) expect(Math.abs(flux - 1)).toBeLessThan(1e-10);
});
