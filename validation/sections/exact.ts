import { fragmentMass } from '../../src/sim/mars/fragments.js';
import { netCollisions } from '../../src/sim/mars/netCoefficients.js';
import { between, close, near, type Row } from '../row.js';
import type { Section } from '../section.js';
import { closedSystem, equalWeights } from '../systems/closedSystem.js';
import { integrate } from '../systems/integrate.js';
import { brokenChains } from '../systems/scission.js';
import { stickyUnits } from '../systems/stickyGrains.js';

const rtol = 1e-6;
/** What is left is an error far below the tolerance of the solver: only its size is watched. */
const drift = { absolute: rtol };

function sticky(): Row[] {
  const { system, start, bins, timeOf, number, worstBin } = stickyUnits;
  return [0.5, 1, 2].flatMap((x) => {
    const { y } = integrate(system, equalWeights(bins), start, 0, timeOf(x), rtol);
    const total = y.reduce((sum, M) => sum + M, 0) / start[0];
    return [
      near(
        `sticky.${x}.N`,
        `sticking grains, K N₀ t/2 = ${x}: N/N₀`,
        1 / (1 + x),
        number(y, x) / (1 + x),
        0.02 * rtol,
        { source: 'N₀/(1 + K N₀ t/2), Smoluchowski 1916', sure: 'A', drift },
      ),
      between(
        `sticky.${x}.bins`,
        `the same: largest error of any bin, in N₀`,
        [0, 0.02 * rtol],
        worstBin(y, x),
        { source: 'x^{k−1}/(1 + x)^{k+1}', sure: 'A', drift },
      ),
      close(`sticky.${x}.mass`, 'the same: total mass over its start', 1, total, 1e-14, {
        source: 'conservation',
        sure: 'A',
        drift: { absolute: 1e-13 },
      }),
    ];
  });
}

/**
 * Equal grains that shatter each other into dust too fine to collide: every collision takes two grains, at a rate K N^2/2, so
 * dN/dt = -K N^2. Tests the factor 1/2 of equal partners.
 */
function shattering(): Row[] {
  const masses = Float64Array.of(1e-3, 2);
  const K = 0.7;
  const outcomes = {
    remnant: new Float64Array(4),
    fragmented: new Float64Array(4).fill(1),
    bin: Int32Array.of(0, 1, 1, 1),
  };
  const kernel = Float64Array.of(0, 0, 0, K);
  const system = closedSystem(netCollisions(masses, kernel, outcomes, fragmentMass(Float64Array.of(1, 0))));
  const N0 = 5;
  return [0.01, 1, 100].map((t) => {
    const { y } = integrate(system, equalWeights(2), Float64Array.of(0, N0 * masses[1]), 0, t, rtol);
    return near(
      `shatter.${t}`,
      `shattering equal grains, K N₀ t = ${K * N0 * t}: N/N₀`,
      1 / (1 + K * N0 * t),
      y[1] / masses[1] / N0,
      2 * rtol,
      { source: 'N₀/(1 + K N₀ t)', sure: 'A', drift },
    );
  });
}

function scission(): Row[] {
  const source = 'Montroll & Simha 1940';
  return [0.01, 0.1, 1].flatMap((t) => {
    const { worst, number } = brokenChains('behind', false, t, rtol);
    return [
      near(
        `scission.${t}.N`,
        `random scission of a chain, t = ${t}: number over 1 + (L − 1)(1 − e^−t)`,
        1,
        number,
        1e-12,
        { source, sure: 'A', drift },
      ),
      between(
        `scission.${t}.bins`,
        'the same: largest error of the number of any length',
        [0, 0.01 * rtol],
        worst,
        { source, sure: 'A', drift },
      ),
    ];
  });
}

export function exact(): Section {
  return {
    id: 'exact',
    title: 'Exact solutions',
    text:
      'Problems with known solutions, run through the disk’s net coefficients, their fast evaluation and its solver at a relative tolerance of 10⁻⁶, on bins of whole ' +
      'units, where sizes are exact: sticking grains (infinite strength; `validation/systems/stickyGrains.ts`), grains that shatter each other, and random scission, made ' +
      'of collisions with countless light hammers (`validation/systems/hammered.ts`). What bins that are not exact cost is in the chapter on resolution in size.',
    rows: [...sticky(), ...shattering(), ...scission()],
    figures: [],
  };
}
