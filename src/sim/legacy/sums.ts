/**
 * Sum of products in the order in which NumPy adds up to 128 terms: eight running sums, then the rest. The accounts of the original are
 * differences of such sums.
 */
export function sumOfProducts(a: Float64Array, b: Float64Array, n: number): number {
  const whole = n - (n % 8);
  let sum = 0;
  let k = 0;
  if (whole > 0) {
    let [p, q, r, s, t, u, v, w] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (; k < whole; k += 8) {
      p += a[k] * b[k];
      q += a[k + 1] * b[k + 1];
      r += a[k + 2] * b[k + 2];
      s += a[k + 3] * b[k + 3];
      t += a[k + 4] * b[k + 4];
      u += a[k + 5] * b[k + 5];
      v += a[k + 6] * b[k + 6];
      w += a[k + 7] * b[k + 7];
    }
    sum = p + q + (r + s) + (t + u + (v + w));
  }
  for (; k < n; k++) sum += a[k] * b[k];
  return sum;
}
