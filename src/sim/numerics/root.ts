/**
 * Where f changes sign between a and b, by bisection.
 *
 * @param f needs opposite signs (or a zero) at a and b
 * @param width stop when the bracket is this small; 0 = until no number lies between
 * @returns the end of the last bracket on b's side, so that f there has the sign it has at b
 */
export function bisect(f: (x: number) => number, a: number, b: number, width: number): number {
  const above = f(b) > 0;
  let near = a;
  let far = b;
  while (Math.abs(far - near) > width) {
    const middle = near + (far - near) / 2;
    if (middle === near || middle === far) break;
    if (f(middle) > 0 === above) far = middle;
    else near = middle;
  }
  return far;
}
