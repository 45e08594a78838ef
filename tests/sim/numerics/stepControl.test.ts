import { ErrorNorm } from '../../../src/sim/numerics/errorNorm.js';
import { rodas5p } from '../../../src/sim/numerics/rodas5p.js';
import { bisect } from '../../../src/sim/numerics/root.js';
import { type LedgerSystem, Rosenbrock } from '../../../src/sim/numerics/rosenbrock.js';
import { fitStep, proposeStep, stepFactor, tryStep } from '../../../src/sim/numerics/stepControl.js';

test('the factor is 0.9 err^(-1/p) between 0.2 and 5', () => {
  expect(stepFactor(1, 5)).toBeCloseTo(0.9, 14);
  expect(stepFactor(0.9 ** 5 / 32, 5)).toBeCloseTo(2, 13);
  expect(stepFactor(0, 5)).toBe(5);
  expect(stepFactor(1e-30, 5)).toBe(5);
  expect(stepFactor(1e30, 5)).toBe(0.2);
});

test('a step meets the remaining time, or half of it, or stays', () => {
  expect(fitStep(3, 2)).toBe(2);
  expect(fitStep(2, 2)).toBe(2);
  expect(fitStep(1.5, 2)).toBe(1);
  expect(fitStep(1, 2)).toBe(1);
  expect(fitStep(0.4, 2)).toBe(0.4);
});

test('a shortened step never enlarges the proposal', () => {
  expect(proposeStep(2, 2, 3)).toBe(6);
  expect(proposeStep(2, 1, 3)).toBe(2);
  expect(proposeStep(2, 1, 0.5)).toBe(0.5);
  expect(proposeStep(2, 1.5, 0.95)).toBe(1.5 * 0.95);
});

describe('error norm', () => {
  const scales = {
    weights: Float64Array.of(2, 1),
    rtol: 1e-3,
    eta: 1e-2,
    leastTotal: 1e-30,
    leastWeighted: 1e-30,
  };

  /** Sigma 4, tau 5: floors 1e-5 min(4, 5/2) and 1e-5 min(4, 5); bins 1 and 3, one ledger. */
  test('by hand', () => {
    const norm = new ErrorNorm(scales);
    const before = Float64Array.of(1, 3, 2);
    const after = Float64Array.of(0.5, 3.5, 2.5);
    const error = Float64Array.of(1e-3, -2e-3, 3e-3);
    norm.start(before);
    const e0 = 1e-3 / (2.5e-5 + 1e-3);
    const e1 = -2e-3 / (4e-5 + 3.5e-3);
    const eL = 3e-3 / (1e-3 * (2.5 + 4e-6));
    const eTau = (2 * 1e-3 - 2e-3) / (1e-3 * 5);
    const expected = Math.sqrt((e0 * e0 + e1 * e1 + eL * eL + eTau * eTau) / 4);
    expect(norm.of(before, after, error)).toBeCloseTo(expected, 14);
  });

  test('an empty ring has a finite norm; a bin below minus its floor is seen', () => {
    const norm = new ErrorNorm(scales);
    const zero = new Float64Array(3);
    norm.start(zero);
    expect(norm.of(zero, zero, zero)).toBe(0);
    const start = Float64Array.of(1, 3, 0);
    norm.start(start);
    expect(norm.negative(start, Float64Array.of(-2.4e-5, 1, 0))).toBe(false);
    expect(norm.negative(start, Float64Array.of(-2.6e-5, 1, 0))).toBe(true);
    // What was there before, below a floor that has fallen since, is no fault of this step.
    expect(norm.negative(Float64Array.of(-1, 3, 0), Float64Array.of(-1, 3, 0))).toBe(false);
    expect(norm.negative(Float64Array.of(-1, 3, 0), Float64Array.of(-1.1, 3, 0))).toBe(true);
  });

  test('what grows from nothing is resolved relative to what it has become', () => {
    const norm = new ErrorNorm(scales);
    norm.start(Float64Array.of(1e-40, 0, 0));
    const after = Float64Array.of(1, 1e-9, 0);
    expect(norm.of(Float64Array.of(1e-40, 0, 0), after, Float64Array.of(0, 1e-9, 0))).toBeLessThan(1);
    expect(norm.of(Float64Array.of(1e-40, 0, 0), Float64Array.of(1e-38, 1e-47, 0), after)).toBeGreaterThan(1);
  });
});

test('bisection goes down to neighbouring numbers, and returns the far side', () => {
  const root = bisect((x) => x * x - 2, 0, 2, 0);
  expect(root).toBeGreaterThanOrEqual(Math.SQRT2);
  expect(root - Math.SQRT2).toBeLessThan(5e-16);
  expect(bisect((x) => 0.9 - x, 0, 4, 1e-3)).toBeGreaterThan(0.9);
});

/** With a tolerance that lets everything pass, only the sign can refuse. */
test('a step that leaves a bin negative is refused although its error is small', () => {
  const decay: LedgerSystem = {
    coupled: 1,
    ledgers: 1,
    weights: Float64Array.of(1, 1),
    rates: (_, y, out) => out.set([-y[0], y[0]]),
    timeDerivative: (_, __, out) => void out.fill(0),
    jacobian: (_, __, out) => out.set([-1]),
    ledgerJacobian: (_, __, out) => out.set([1]),
    supply: () => 0,
    supplyDerivative: () => 0,
  };
  const solver = new Rosenbrock(decay, rodas5p);
  const norm = new ErrorNorm({
    weights: Float64Array.of(1),
    rtol: 10,
    eta: 1e-8,
    leastTotal: 1e-30,
    leastWeighted: 1e-30,
  });
  const y = Float64Array.of(1, 0);
  solver.prepare(0, y);
  norm.start(y);
  let refused = 0;
  for (let h = 0.5; h < 60; h += 0.5) {
    const { accepted, factor } = tryStep(solver, norm, 0, y, h);
    expect(norm.of(y, solver.solution, solver.error)).toBeLessThan(1);
    expect(accepted).toBe(solver.solution[0] >= -norm.floors[0]);
    if (accepted) continue;
    expect(factor).toBeLessThanOrEqual(0.5);
    refused++;
  }
  expect(refused).toBeGreaterThan(3);
});
