/** How the mass of fragments is spread over the bins below the largest remnant. */
export interface FragmentMass {
  /** b_k, relative mass of bin k. */
  readonly weights: Float64Array;
  /** C_k = b_0 + ... + b_k. */
  readonly cumulative: Float64Array;
}

/**
 * Mass distribution dM/ds ~ s^-(alpha-3), alpha the slope of dN/ds: b_k = (e_{k+1}^p - e_k^p)/p with p = 4 - alpha, ln(e_{k+1}/e_k) if
 * p = 0 (eq. 23 of docs/physics.md). Edges are taken relative to the lowest, which only scales the weights.
 */
export function powerLawFragments(edges: Float64Array, alpha: number): FragmentMass {
  const p = 4 - alpha;
  const bottom = edges[0];
  const weights = new Float64Array(edges.length - 1);
  for (let k = 0; k < weights.length; k++) {
    const low = edges[k] / bottom;
    const high = edges[k + 1] / bottom;
    weights[k] = p === 0 ? Math.log(high / low) : (high ** p - low ** p) / p;
  }
  return fragmentMass(weights);
}

export function fragmentMass(weights: Float64Array): FragmentMass {
  let sum = 0;
  const cumulative = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return { weights, cumulative };
}
