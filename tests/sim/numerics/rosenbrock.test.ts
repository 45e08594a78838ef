import { DenseOutput } from '../../../src/sim/numerics/denseOutput.js';
import { rodas5p } from '../../../src/sim/numerics/rodas5p.js';
import { type LedgerSystem, project, Rosenbrock } from '../../../src/sim/numerics/rosenbrock.js';

/** Two bins that feed each other, one ledger, a source and a loss that vary with time. */
const exchange: LedgerSystem = {
  coupled: 2,
  ledgers: 1,
  weights: Float64Array.of(1, 1, 1),
  rates(t, y, out) {
    const swap = y[0] * y[1];
    out[0] = this.supply(t, y) - swap;
    out[1] = swap - (1 + Math.sin(t)) * y[1];
    out[2] = (1 + Math.sin(t)) * y[1];
  },
  timeDerivative(t, y, out) {
    out[0] = this.supplyDerivative(t, y);
    out[1] = -Math.cos(t) * y[1];
    out[2] = Math.cos(t) * y[1];
  },
  jacobian(t, y, out) {
    out.set([-y[1], -y[0], y[1], y[0] - 1 - Math.sin(t)]);
  },
  ledgerJacobian(t, _, out) {
    out.set([0, 1 + Math.sin(t)]);
  },
  supply: (t) => 1 + 0.5 * Math.cos(t),
  supplyDerivative: (t) => -0.5 * Math.sin(t),
};

const supplied = (t: number) => t + 0.5 * Math.sin(t);

/** Solution at t = 2 with steps of one length; dense values at the middle of the last step. */
function integrate(steps: number): { end: Float64Array; middle: Float64Array; middleTime: number } {
  const solver = new Rosenbrock(exchange, rodas5p);
  const dense = new DenseOutput(rodas5p, 3);
  const y = Float64Array.of(1, 0.5, 0);
  const middle = new Float64Array(3);
  const h = 2 / steps;
  for (let i = 0; i < steps; i++) {
    solver.prepare(i * h, y);
    if (!solver.attempt(i * h, y, h)) throw new Error('failed');
    if (i === steps / 2) {
      dense.set(y, solver.solution, solver.increments);
      dense.at(0.5, middle);
    }
    y.set(solver.solution);
  }
  return { end: y, middle, middleTime: (steps / 2 + 0.5) * h };
}

const error = (found: Float64Array, exact: Float64Array) =>
  Math.max(...found.map((x, i) => Math.abs(x - exact[i])));

test('the measured order is 5', () => {
  const exact = integrate(2000).end;
  const errors = [10, 20, 40].map((steps) => error(integrate(steps).end, exact));
  for (let i = 0; i < 2; i++) {
    const order = Math.log2(errors[i] / errors[i + 1]);
    expect(order).toBeGreaterThan(4.7);
    expect(order).toBeLessThan(5.6);
  }
});

/** One step only, so that the error of the end point before it does not matter: local order 5 for a dense output of order 4. */
test('the dense output is of order 4', () => {
  const local = (h: number) => {
    const solver = new Rosenbrock(exchange, rodas5p);
    const dense = new DenseOutput(rodas5p, 3);
    const start = Float64Array.of(1, 0.5, 0);
    solver.prepare(0, start);
    solver.attempt(0, start, h);
    dense.set(start, solver.solution, solver.increments);
    const found = new Float64Array(3);
    dense.at(0.3, found);
    const y = start.slice();
    for (let i = 0; i < 100; i++) {
      solver.prepare(i * 0.003 * h, y);
      solver.attempt(i * 0.003 * h, y, 0.003 * h);
      y.set(solver.solution);
    }
    return error(found, y);
  };
  const order = Math.log2(local(0.1) / local(0.05));
  expect(order).toBeGreaterThan(4.6);
});

test('the dense output is exact at both ends of the step', () => {
  const solver = new Rosenbrock(exchange, rodas5p);
  const dense = new DenseOutput(rodas5p, 3);
  const y = Float64Array.of(1, 0.5, 0);
  const out = new Float64Array(3);
  solver.prepare(0, y);
  solver.attempt(0, y, 0.7);
  dense.set(y, solver.solution, solver.increments);
  dense.at(0, out);
  expect(out).toEqual(y);
  dense.at(1, out);
  expect(out).toEqual(solver.solution);
});

/** The quadrature of the supply inside a step has the method's order, so the total is exact to rounding against that quadrature only. */
test('the total of bins and ledgers follows the source', () => {
  const { end, middle, middleTime } = integrate(200);
  expect(Math.abs(end[0] + end[1] + end[2] - 1.5 - supplied(2))).toBeLessThan(1e-13);
  expect(Math.abs(middle[0] + middle[1] + middle[2] - 1.5 - supplied(middleTime))).toBeLessThan(1e-11);
});

test('a step that is not finite is refused', () => {
  const solver = new Rosenbrock(exchange, rodas5p);
  const y = Float64Array.of(1e300, 1e300, 0);
  solver.prepare(0, y);
  expect(solver.attempt(0, y, 1)).toBe(false);
});

/** Nothing leaves: the columns of J sum to zero and W is singular to rounding for a huge step. Both bins must still relax rightly. */
test('a conserving system keeps its total and its equilibrium over an enormous step', () => {
  const rate = [3, 7];
  const closed: LedgerSystem = {
    coupled: 2,
    ledgers: 1,
    weights: Float64Array.of(1, 1, 1),
    rates(_, y, out) {
      out[0] = rate[1] * y[1] - rate[0] * y[0];
      out[1] = -out[0];
      out[2] = 0;
    },
    timeDerivative: (_, __, out) => void out.fill(0),
    jacobian: (_, __, out) => out.set([-rate[0], rate[1], rate[0], -rate[1]]),
    ledgerJacobian: (_, __, out) => void out.fill(0),
    supply: () => 0,
    supplyDerivative: () => 0,
  };
  const solver = new Rosenbrock(closed, rodas5p);
  const y = Float64Array.of(1, 0, 0);
  solver.prepare(0, y);
  expect(solver.attempt(0, y, 1e18)).toBe(true);
  expect(Math.abs(solver.solution[0] - 0.7)).toBeLessThan(1e-12);
  expect(Math.abs(solver.solution[1] - 0.3)).toBeLessThan(1e-12);
});

test('the projection spreads a missing total in proportion to the size of the entries', () => {
  const into = new Float64Array(5);
  expect(project(Float64Array.of(1, 2, -1), into, 1, 3, 2.5)).toBe(true);
  expect(Array.from(into)).toEqual([0, 1.125, 2.25, -0.875, 0]);
  expect(project(new Float64Array(3), into, 1, 3, 0)).toBe(true);
  expect(Array.from(into)).toEqual([0, 0, 0, 0, 0]);
  expect(project(Float64Array.of(1, Number.NaN, 1), into, 1, 3, 1)).toBe(false);
  expect(project(Float64Array.of(1, Number.POSITIVE_INFINITY, 1), into, 1, 3, 1)).toBe(false);
});
