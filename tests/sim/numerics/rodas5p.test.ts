import { rodas5p } from '../../../src/sim/numerics/rodas5p.js';

/** A rooted tree as the list of its children. */
interface Tree {
  readonly children: readonly Tree[];
}

/** All rooted trees with the number of nodes. */
function trees(order: number): Tree[] {
  return forests(order - 1, order - 1).map((children) => ({ children }));
}

/** Multisets of trees with `nodes` nodes in total, none larger than `largest`. */
function forests(nodes: number, largest: number): Tree[][] {
  if (nodes === 0) return [[]];
  const found: Tree[][] = [];
  for (let size = Math.min(nodes, largest); size >= 1; size--) {
    const heads = trees(size);
    for (const rest of forests(nodes - size, size)) {
      heads.forEach((head, index) => {
        // Among equal sizes only non-increasing sequences, so that no multiset comes twice.
        const next = rest[0];
        if (next !== undefined && nodesOf(next) === size && indexIn(heads, next) > index) return;
        found.push([head, ...rest]);
      });
    }
  }
  return found;
}

const nodesOf = (tree: Tree): number => 1 + tree.children.reduce((sum, child) => sum + nodesOf(child), 0);
const indexIn = (heads: Tree[], tree: Tree) =>
  heads.findIndex((head) => JSON.stringify(head) === JSON.stringify(tree));
const density = (tree: Tree): number =>
  tree.children.reduce((product, child) => product * density(child), nodesOf(tree));

type Matrix = number[][];
const s = rodas5p.stages;
const square = (flat: Float64Array): Matrix =>
  Array.from({ length: s }, (_, i) => Array.from(flat.subarray(i * s, (i + 1) * s)));
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
const apply = (a: Matrix, v: number[]) => a.map((row) => row.reduce((sum, x, k) => sum + x * v[k], 0));

/** Inverse of a lower triangular matrix. */
function inverse(L: Matrix): Matrix {
  const X: Matrix = L.map(() => new Array(s).fill(0));
  for (let j = 0; j < s; j++) {
    for (let i = j; i < s; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= L[i][k] * X[k][j];
      X[i][j] = sum / L[i][i];
    }
  }
  return X;
}

/** The method in its textbook form (Hairer & Wanner, Solving ODE II, IV.7). */
const c = square(rodas5p.c);
const G = inverse(c.map((row, i) => row.map((x, j) => (i === j ? 1 / rodas5p.gamma : 0) - x)));
const a = square(rodas5p.a);
const A = times(a, G);
const beta = A.map((row, i) => row.map((x, j) => x + G[i][j]));
const weights = [...a[s - 1].slice(0, s - 1), 1];
const b = times([weights], G)[0];

/** Elementary weight of each stage: a node with one child takes beta, one with several takes A. */
function phi(tree: Tree): number[] {
  const one = new Array(s).fill(1);
  if (tree.children.length === 1) return apply(beta, phi(tree.children[0]));
  return tree.children.reduce((product, child) => {
    const below = apply(A, phi(child));
    return product.map((x, i) => x * below[i]);
  }, one);
}

test('the numbers of rooted trees are 1, 1, 2, 4, 9', () => {
  expect([1, 2, 3, 4, 5].map((order) => trees(order).length)).toEqual([1, 1, 2, 4, 9]);
});

test('row sums give alpha and gamma_i', () => {
  for (let i = 0; i < s; i++) {
    expect(Math.abs(A[i].reduce((x, y) => x + y, 0) - rodas5p.alpha[i])).toBeLessThan(1e-13);
    expect(Math.abs(G[i].reduce((x, y) => x + y, 0) - rodas5p.gammaSum[i])).toBeLessThan(1e-13);
  }
});

test.each([1, 2, 3, 4, 5])('order conditions of order %d', (order) => {
  for (const tree of trees(order)) {
    const sum = phi(tree).reduce((total, x, i) => total + b[i] * x, 0);
    expect(Math.abs(sum - 1 / density(tree))).toBeLessThan(1e-13);
  }
});

test('a condition of order 6 fails: the test can tell', () => {
  const errors = trees(6).map((tree) =>
    Math.abs(phi(tree).reduce((t, x, i) => t + b[i] * x, 0) - 1 / density(tree)),
  );
  expect(Math.max(...errors)).toBeGreaterThan(1e-4);
});

test('L-stable: R(infinity) = 1 - b beta^-1 1 = 0', () => {
  const solved = apply(inverse(beta), new Array(s).fill(1));
  expect(Math.abs(1 - solved.reduce((sum, x, i) => sum + b[i] * x, 0))).toBeLessThan(1e-12);
});

/** Weights of the dense output at theta: those of the solution plus the three correction terms. */
test.each([0.2, 0.5, 0.9])('dense output at theta = %d has order 4', (theta) => {
  const dense = Array.from({ length: s }, (_, j) => {
    const [h1, h2, h3] = [0, 1, 2].map((r) => rodas5p.dense[r * s + j]);
    return theta * (weights[j] + (1 - theta) * (h1 + theta * (h2 + theta * h3)));
  });
  const bTheta = times([dense], G)[0];
  for (const order of [1, 2, 3, 4]) {
    for (const tree of trees(order)) {
      const sum = phi(tree).reduce((total, x, i) => total + bTheta[i] * x, 0);
      expect(Math.abs(sum - theta ** order / density(tree))).toBeLessThan(1e-12);
    }
  }
});
