import type { Piece } from './law.js';

/** Keeps the law finite at its start, s (physics.md i). */
const offset = 1e-12;

/**
 * A (t - start + 1e-12 s)^x [kg m-2 s-1] from `from` on, with its integral (eq. 33 of docs/physics.md).
 *
 * @param from s, not before `start`
 */
export function powerLawPiece(from: number, coefficient: number, start: number, exponent: number): Piece {
  const since = (t: number) => t - start + offset;
  const rate = (t: number) => coefficient * Math.exp(exponent * Math.log(since(t)));
  const power = exponent + 1;
  const first = since(from);
  const scale = coefficient * Math.exp(power * Math.log(first));
  return {
    from,
    rate,
    slope: (t) => (exponent * rate(t)) / since(t),
    // (u^p - u0^p)/p without the cancellation of small p or short times.
    amount(t) {
      const logarithm = Math.log1p((t - from) / first);
      return power === 0 ? coefficient * logarithm : (scale * Math.expm1(power * logarithm)) / power;
    },
    name: `powerlaw ${coefficient} ${start} ${exponent}`,
  };
}
