/**
 * Root of f between a and b by the Illinois variant of false position, safeguarded by bisection.
 *
 * @param fa, fb values at the ends, of opposite signs
 * @param width stop when the bracket is this small
 */
export function illinois(
  f: (x: number) => number,
  a: number,
  fa: number,
  b: number,
  fb: number,
  width: number,
): number {
  let [near, far, vNear, vFar] = [a, b, fa, fb];
  for (let turn = 0; turn < 200 && Math.abs(far - near) > width; turn++) {
    const guess = turn % 4 === 3 ? (near + far) / 2 : (near * vFar - far * vNear) / (vFar - vNear);
    const x = guess > Math.min(near, far) && guess < Math.max(near, far) ? guess : (near + far) / 2;
    const v = f(x);
    if (v === 0) return x;
    if (v > 0 === vFar > 0) vNear /= 2;
    else [near, vNear] = [far, vFar];
    far = x;
    vFar = v;
  }
  return Math.abs(vFar) < Math.abs(vNear) ? far : near;
}
