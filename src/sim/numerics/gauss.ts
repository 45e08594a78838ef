/** Nodes in [-1, 1] and weights (sum 2) of a Gauss-Legendre rule. */
export interface GaussRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** The rule with `count` points, exact for polynomials of degree 2 count - 1: roots of P_count by Newton's method. */
export function gaussLegendre(count: number): GaussRule {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = legendreSlope(count, x);
    for (let turn = 0; turn < 10; turn++) {
      x -= legendre(count, x) / slope;
      slope = legendreSlope(count, x);
    }
    nodes[i] = 2 * i + 1 === count ? 0 : x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

function legendre(degree: number, x: number): number {
  let before = 1;
  let value = x;
  for (let k = 2; k <= degree; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return degree === 0 ? 1 : value;
}

function legendreSlope(degree: number, x: number): number {
  return (degree * (x * legendre(degree, x) - legendre(degree - 1, x))) / (x * x - 1);
}
