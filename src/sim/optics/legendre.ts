/** Nodes and weights of Gauss-Legendre quadrature on (0, 1). */
export interface Quadrature {
  readonly length: number;
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Zeros of the Legendre polynomial by Newton from Chebyshev's guess; its derivative gives the weights. */
export function legendreNodes(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let z = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let turn = 0; turn < 10; turn++) {
      let before = 1;
      let value = z;
      for (let j = 2; j <= count; j++) {
        const next = ((2 * j - 1) * z * value - (j - 1) * before) / j;
        before = value;
        value = next;
      }
      slope = (count * (z * value - before)) / (z * z - 1);
      const change = value / slope;
      z -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = (1 - z) / 2;
    weights[i] = 1 / ((1 - z * z) * slope * slope);
  }
  return { length: count, nodes, weights };
}
