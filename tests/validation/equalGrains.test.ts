import { fragmentMass } from '../../src/sim/mars/fragments.js';
import { netCollisions } from '../../src/sim/mars/netCoefficients.js';
import { closedSystem, equalWeights } from './closedSystem.js';
import { integrate } from './integrate.js';

/**
 * Equal grains that shatter each other into dust too fine to collide: every collision takes two grains, at a rate K N^2/2, so
 * dN/dt = -K N^2 and N = N0/(1 + K N0 t). Tests the factor 1/2 of equal partners, the net coefficients and the solver together.
 */
test.each([1e-6, 1e-9])('N = N0/(1 + K N0 t) at rtol %d', (rtol) => {
  const masses = Float64Array.of(1e-3, 2);
  const K = 0.7;
  const kernel = Float64Array.of(0, 0, 0, K);
  const outcomes = {
    remnant: new Float64Array(4),
    fragmented: new Float64Array(4).fill(1),
    bin: Int32Array.of(0, 1, 1, 1),
  };
  const system = closedSystem(netCollisions(masses, kernel, outcomes, fragmentMass(Float64Array.of(1, 0))));
  const N0 = 5;
  for (const t of [0.01, 1, 100]) {
    const start = Float64Array.of(0, N0 * masses[1]);
    const { y } = integrate(system, equalWeights(2), start, 0, t, rtol);
    const N = y[1] / masses[1];
    expect(Math.abs((N * (1 + K * N0 * t)) / N0 - 1)).toBeLessThan(2 * rtol);
    expect(Math.abs((y[0] + y[1]) / start[1] - 1)).toBeLessThan(1e-14);
  }
});
