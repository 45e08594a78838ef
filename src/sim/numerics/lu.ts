/**
 * LU decomposition with partial pivoting of a dense row-major matrix, in place: afterwards the strict lower triangle holds the multipliers
 * of L (unit diagonal), the upper triangle U, and `pivots[k]` the row that was swapped with row k.
 * Columns are eliminated in pairs, so that every row of the remainder is loaded and stored once for two pivots.
 *
 * @param a n x n, overwritten
 * @param pivots n row indices, filled
 * @returns false when the matrix is singular or not finite
 */
export function factorize(a: Float64Array, n: number, pivots: Int32Array): boolean {
  let k = 0;
  for (; k + 1 < n; k += 2) {
    if (!takePivot(a, n, k, pivots)) return false;
    eliminateColumn(a, n, k);
    if (!takePivot(a, n, k + 1, pivots)) return false;
    eliminatePair(a, n, k);
  }
  return k === n || takePivot(a, n, k, pivots);
}

/** Swaps the row with the largest entry of column k (at or below the diagonal) into row k. */
function takePivot(a: Float64Array, n: number, k: number, pivots: Int32Array): boolean {
  let row = k;
  let largest = Math.abs(a[k * n + k]);
  for (let i = k + 1; i < n; i++) {
    const size = Math.abs(a[i * n + k]);
    if (size > largest) {
      largest = size;
      row = i;
    }
  }
  pivots[k] = row;
  // A NaN column leaves `largest` NaN or too small; both fail this test.
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return false;
  if (row !== k) {
    for (let j = 0, p = k * n, q = row * n; j < n; j++, p++, q++) {
      const t = a[p];
      a[p] = a[q];
      a[q] = t;
    }
  }
  return true;
}

/** Multipliers of column k, applied to column k + 1 only: that is all the choice of the next pivot needs. */
function eliminateColumn(a: Float64Array, n: number, k: number): void {
  const inverse = 1 / a[k * n + k];
  const next = a[k * n + k + 1];
  for (let i = k + 1; i < n; i++) {
    const p = i * n + k;
    const l = a[p] * inverse;
    a[p] = l;
    a[p + 1] -= l * next;
  }
}

/** Finishes row k + 1 and applies the pivots k and k + 1 to the remainder. */
function eliminatePair(a: Float64Array, n: number, k: number): void {
  const r0 = k * n;
  const r1 = r0 + n;
  const l10 = a[r1 + k];
  for (let j = k + 2; j < n; j++) a[r1 + j] -= l10 * a[r0 + j];
  const inverse = 1 / a[r1 + k + 1];
  for (let i = k + 2; i < n; i++) {
    const r = i * n;
    const l0 = a[r + k];
    const l1 = a[r + k + 1] * inverse;
    a[r + k + 1] = l1;
    if (l0 === 0 && l1 === 0) continue;
    for (let j = k + 2; j < n; j++) a[r + j] -= l0 * a[r0 + j] + l1 * a[r1 + j];
  }
}

/**
 * Solves A x = b with the result of `factorize`.
 *
 * @param b right-hand side in its first n entries, overwritten with x
 */
export function solve(lu: Float64Array, n: number, pivots: Int32Array, b: Float64Array): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k];
    if (row !== k) {
      const t = b[k];
      b[k] = b[row];
      b[row] = t;
    }
  }
  for (let i = 1; i < n; i++) b[i] -= dot(lu, i * n, b, 0, i);
  for (let i = n - 1; i >= 0; i--) {
    b[i] = (b[i] - dot(lu, i * n + i + 1, b, i + 1, n - 1 - i)) / lu[i * n + i];
  }
}

/** Sum of u[p + j] v[q + j], j < count, with four accumulators in a fixed order. */
export function dot(u: Float64Array, p: number, v: Float64Array, q: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < count; j += 4) {
    s0 += u[p + j] * v[q + j];
    s1 += u[p + j + 1] * v[q + j + 1];
    s2 += u[p + j + 2] * v[q + j + 2];
    s3 += u[p + j + 3] * v[q + j + 3];
  }
  for (; j < count; j++) s0 += u[p + j] * v[q + j];
  return s0 + s1 + (s2 + s3);
}
