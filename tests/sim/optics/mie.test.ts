import { geometricPressure } from '../../../src/sim/optics/geometricOptics.js';
import { pressureEfficiency, sphereEfficiencies } from '../../../src/sim/optics/sphere.js';
import { tinySphere } from '../../../src/sim/optics/tinySphere.js';
import { describeWithReference, readCsv } from '../../reference/cases.js';
import { expectRelative } from '../../validation/expectRelative.js';

const none = () => ({ extinction: 0, scattering: 0, asymmetry: 0, pressure: 0 });

function mie(x: number, n: number, k: number) {
  const out = none();
  sphereEfficiencies(x, n, k, out);
  return out;
}

describeWithReference('Mie efficiencies of 70-digit arithmetic', () => {
  test.each(
    readCsv('reference/optics/mie_check_values.csv').map((row) => [`x ${row.x}, ${row.n} + ${row.k}i`, row]),
  )('%s', (_, row) => {
    const found = mie(Number(row.x), Number(row.n), Number(row.k));
    expectRelative(found.extinction, Number(row.Q_ext), 1e-11);
    expectRelative(found.scattering, Number(row.Q_sca), 1e-11);
    expectRelative(found.pressure, Number(row.Q_pr), 1e-11);
    expectRelative(found.asymmetry, Number(row.g), Number(row.x) < 0.1 ? 1e-8 : 1e-10);
  });
});

describe('Mie efficiencies', () => {
  // Other implementations: the first in print (six digits), the others as miepython 3 (S. Prahl) gives them.
  test.each([
    [5.21282, 1.55, 0, 3.10543, 3.10543, 0.633137],
    [1, 1.5, 1, 2.336320984672381, 0.6634537615162462, 0.19213639589188627],
    [1000, 1.5, 1, 2.0206217394032895, 1.2476917148146, 0.8475783499509881],
    [777.7, 1.65, 1e-4, 2.0264258081865587, 1.7858855552674795, 0.8226880302216121],
    [101.3, 0.75, 0, 1.9831932097298934, 1.9831932097298934, 0.8495732261330815],
  ])('as others find them: x %d, m = %d + %di', (x, n, k, extinction, scattering, asymmetry) => {
    const tolerance = extinction === 3.10543 ? 2e-6 : 1e-9;
    expectRelative(mie(x, n, k).extinction, extinction, tolerance);
    expectRelative(mie(x, n, k).scattering, scattering, tolerance);
    expectRelative(mie(x, n, k).asymmetry, asymmetry, tolerance);
  });

  test('the three forms meet where one takes over from the other', () => {
    for (const [n, k] of [
      [1.65, 0],
      [1.65, 1e-6],
      [1.5, 1],
      [0.75, 0.1],
    ]) {
      const tiny = none();
      tinySphere(0.00999, n, k, tiny);
      const series = mie(0.01001, n, k);
      // Between the two sizes Q_sca grows as x^4; what is left is the digits that the series loses.
      expectRelative(tiny.scattering * (1.001 / 0.999) ** 4, series.scattering, 1e-5);
    }
    for (const [n, k, tolerance] of [
      [1.65, 1e-6, 2e-3],
      [1.65, 1e-2, 2e-3],
      [1.46, 1e-6, 4e-3],
      [2.5, 0.3, 2e-3],
    ]) {
      const around = Array.from({ length: 60 }, (_, i) => pressureEfficiency(1455 + 1.5 * i, n, k, Infinity));
      const mean = around
        .filter((_, i) => 1455 + 1.5 * i <= 1500)
        .reduce((a, b, _i, all) => a + b / all.length, 0);
      expectRelative(geometricPressure(1478, n, k), mean, tolerance);
    }
  });

  test('a black sphere takes the momentum of its cross section, a perfect mirror as well', () => {
    expectRelative(geometricPressure(1e9, 1 + 1e-9, 0.001), 1, 1e-3); // reflects only what grazes it
    expectRelative(geometricPressure(1e9, 1, 1e6), 1, 1e-5);
  });

  test('energy is conserved without absorption, and Q_ext > Q_sca with it', () => {
    for (const x of [0.003, 0.05, 0.7, 5, 60, 900]) {
      expectRelative(mie(x, 1.6, 0).scattering, mie(x, 1.6, 0).extinction, 1e-9);
      expect(mie(x, 1.6, 1e-3).extinction).toBeGreaterThan(mie(x, 1.6, 1e-3).scattering);
    }
  });

  test('the cut of the compatible table', () => {
    expect(pressureEfficiency(1.0001e4, 1.65, 0, 1e4)).toBe(1);
    expect(pressureEfficiency(0.9999e4, 1.65, 0, 1e4)).toBeLessThan(0.5);
    expect(pressureEfficiency(1.0001e4, 1.65, 0, Number.POSITIVE_INFINITY)).toBeLessThan(0.5);
  });
});
