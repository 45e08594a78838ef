import { linearPiece, type Piece } from './law.js';

/** Keeps the law finite at its start, s (physics.md i). */
const offset = 1e-12;

/**
 * A power law from a time on. At its start it is singular, on a scale that times far from zero cannot even express: what it supplies in the
 * first microsecond, or the first billionth of the time reached, is supplied evenly. From there on the supplied mass is exactly that of the law.
 *
 * @param from s, not before `start`; @param to end, s
 */
export function powerLawPieces(
  from: number,
  to: number,
  coefficient: number,
  start: number,
  exponent: number,
): Piece[] {
  const next = from + Math.min(Math.max(1e-6, 1e-9 * from), (to - from) / 2);
  const first = next - from;
  const whole = powerLawPiece(from, coefficient, start, exponent);
  if (exponent === 0 || from - start >= first) return [whole];
  const even = linearPiece(from, whole.amount(next) / first, 0);
  return [even, powerLawPiece(next, coefficient, start, exponent)];
}

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
