import { cascadeTables, steadyCascade, strengthLaw } from './cascade.js';

const unlimited = Number.POSITIVE_INFINITY;

/**
 * Q*_D independent of size: dN/ds ~ s^-3.5 (Dohnanyi 1969), at any number of bins, strength and slope of the fragments (mass index
 * 1.6 .. 1.95 is alpha 2.8 .. 3.85; Tanaka, Inaba & Nakazawa 1996). The tables are exactly scale-free here, and so is the power law: the
 * whole remnant's bin, which costs accuracy elsewhere, costs none. What is left is the end of the grid at the top: fits end two
 * decades below it. Measured: |p - 3.5| <= 9.2e-5, residuals <= 4e-4 dex.
 */
test.each([
  [5, 1e-3, 3.5, 3.3],
  [5, 1e-3, 3.5, 3.7],
  [10, 1e-3, 3.5, 3.3],
  [5, 1e-5, 3.5, 3.3],
  [5, 1e-3, 2.8, 3.3],
  [5, 1e-3, 3.85, 3.3],
])('%d bins per decade, X_c %d, fragments %d, from slope %d: p = 3.5', (perDecade, X, alphaFrag, start) => {
  const strength = strengthLaw(X, 0);
  const setup = { perDecade, decades: 6, extension: 3, strength, alphaFrag, reach: 3 };
  const cascade = steadyCascade(setup, 3, start);
  const { slope, wave } = cascade.fit(1, 4);
  expect(Math.abs(slope - 3.5)).toBeLessThan(2e-4);
  expect(wave).toBeLessThan(1e-3);
  for (const flux of cascade.flux) expect(Math.abs(flux - 1)).toBeLessThan(1e-10);
});

/** Mass per second that the remnants of a bin hand down is the same in every logarithmic bin (Wyatt, Clarke & Booth 2011). */
test('on s^-3.5 the flow of mass does not depend on size', () => {
  const perDecade = 5;
  const strength = strengthLaw(1e-3, 0);
  const setup = { perDecade, decades: 8, extension: 0, strength, alphaFrag: 3.5, reach: 3 };
  const { net, sizes } = cascadeTables(setup);
  const { bins, sent, others } = net;
  const M = sizes.map((s, k) => (k === 0 ? 0 : Math.sqrt(s)));
  const flow = M.map((mass, k) =>
    M.reduce((sum, partner, l) => sum + (l <= k ? sent[k * bins + l] * mass * partner : 0), 0),
  );
  for (let p = 0; p < others.count; p++) {
    flow[others.q[p]] += others.sent[p] * M[others.i[p]] * M[others.j[p]];
  }
  // Away from the ends every bin has all its partners, and all the larger bodies whose remnants fall into it.
  const inner = flow.slice(1 + 3 * perDecade, bins - 2 * perDecade);
  expect(inner.length).toBe(15);
  for (const each of inner) expect(Math.abs(each / inner[0] - 1)).toBeLessThan(1e-10);
});

/**
 * Q*_D ~ s^b: p = (7 + b/3)/(2 + b/3) (O'Brien & Greenberg 2003). Outcomes are no longer scale-free, so that remnants change bins at
 * certain sizes: residuals of about 0.1 dex (0.2 at 5 bins per decade and b = 1.36) about a straight line. Measured p: see the table.
 */
test.each([
  [-0.38, 5, 1e-3, 3.666],
  [-0.38, 10, 1e-5, 3.6681],
  [1.36, 5, 1e-10, 3.0466],
  [1.36, 10, 1e-11, 3.0468],
])('Q* ~ s^%d, %d bins per decade, X_c %d: p = %d', (b, perDecade, X, measured) => {
  const published = (7 + b / 3) / (2 + b / 3);
  const decades = b < 0 ? 8 : 6;
  const strength = strengthLaw(X, b);
  const setup = { perDecade, decades, extension: 5, strength, alphaFrag: 3.5, reach: unlimited };
  const cascade = steadyCascade(setup, b < 0 ? 4 : 3, 3.3);
  const { slope, wave } = cascade.fit(0, decades - (b < 0 ? 2 : 1));
  expect(Math.abs(slope - published)).toBeLessThan(b < 0 ? 0.02 : 0.04);
  expect(Math.abs(slope - measured)).toBeLessThan(1e-3);
  expect(wave).toBeLessThan(0.3);
  for (const flux of cascade.flux) expect(Math.abs(flux - 1)).toBeLessThan(1e-10);
});
