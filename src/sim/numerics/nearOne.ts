/**
 * ln(1 + x) and e^x - 1 without loss for small x, made of log and exp alone (W. Kahan): those are the functions whose last bit the
 * fingerprint of the engine watches.
 */
export function log1p(x: number): number {
  const u = 1 + x;
  return u === 1 ? x : (x * Math.log(u)) / (u - 1);
}

export function expm1(x: number): number {
  const u = Math.exp(x);
  if (u === 1) return x;
  if (u < 1e-5 || u > 1e5) return u - 1;
  return ((u - 1) * x) / Math.log(u);
}
