import type { SphereEfficiencies } from './sphere.js';

type Complex = readonly [re: number, im: number];

const plus = (a: Complex, b: Complex): Complex => [a[0] + b[0], a[1] + b[1]];
const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const scaled = (a: Complex, by: number): Complex => [a[0] * by, a[1] * by];
const shifted = (a: Complex, by: number): Complex => [a[0] + by, a[1]];
const norm = (a: Complex) => a[0] * a[0] + a[1] * a[1];
const over = (a: Complex, b: Complex): Complex => scaled(times(a, [b[0], -b[1]]), 1 / norm(b));
/** -i times a. */
const turned = (a: Complex): Complex => [a[1], -a[0]];

/**
 * Power series of the first coefficients for x < 0.01, |m| x < 0.1, where the recurrences lose digits (spec/optics.md 4.1; Wiscombe 1979,
 * 1980). a1, b1, a2 are divided by x^3.
 */
export function tinySphere(x: number, n: number, k: number, out: SphereEfficiencies): void {
  const w: Complex = [n * n - k * k, 2 * n * k];
  const y = x * x;
  const contrast = shifted(w, -1);
  const w2 = times(w, w);
  const D = [
    shifted(w, 2),
    scaled(shifted(scaled(w, -0.7), 1), y),
    scaled(shifted(plus(scaled(w2, 8), scaled(w, -385)), 350), (-y * y) / 1400),
    turned(scaled(contrast, (2 / 3) * x * y * (1 - 0.1 * y))),
  ].reduce(plus);
  const head = shifted(scaled(shifted(scaled(w, 4), 5), (y * y) / 1400), 1 - 0.1 * y);
  const a1 = over(turned(times(scaled(contrast, 2 / 3), head)), D);
  const twist = shifted(scaled(w, 2), -5);
  const b1 = over(
    turned(times(scaled(contrast, y / 45), shifted(scaled(twist, y / 70), 1))),
    shifted(scaled(twist, -y / 30), 1),
  );
  const a2 = over(
    turned(scaled(contrast, (y / 15) * (1 - y / 14))),
    plus(shifted(scaled(w, 2), 3), scaled(shifted(scaled(w, 2), -7), -y / 14)),
  );
  const S = norm(a1) + norm(b1) + (5 / 3) * norm(a2);
  out.scattering = 6 * y * y * S;
  // b1 and a2 have no radiative term: without absorption extinction is what is scattered.
  out.extinction = k === 0 ? out.scattering : 6 * x * (a1[0] + b1[0] + (5 / 3) * a2[0]);
  const [re, im] = plus(a2, b1);
  out.asymmetry = (a1[0] * re + a1[1] * im) / S;
  out.pressure = out.extinction - out.asymmetry * out.scattering;
}
