import fc from 'fast-check';
import { pchip } from '../../../src/sim/numerics/pchip.js';

const of = (nodes: number[], values: number[]) => pchip(Float64Array.from(nodes), Float64Array.from(values));

test('a line and its slope are reproduced', () => {
  const line = of([0, 1, 3, 4], [1, 3, 7, 9]);
  for (const x of [0, 0.3, 1, 2.7, 4]) {
    expect(line.value(x)).toBeCloseTo(1 + 2 * x, 14);
    expect(line.slope(x)).toBeCloseTo(2, 14);
  }
  expect(of([1, 2], [5, 3]).value(1.25)).toBeCloseTo(4.5, 14);
});

test('the slopes of Fritsch and Butland, computed by hand', () => {
  // Secants 1 and 3 with widths 1 and 2: the middle slope is (w1 + w2)/(w1/1 + w2/3), w1 = 2*2 + 1, w2 = 2 + 2*1.
  const cubic = of([0, 1, 3], [0, 1, 7]);
  expect(cubic.slope(1)).toBeCloseTo(9 / (5 + 4 / 3), 14);
  // End: ((2*1 + 2)*1 - 1*3)/3.
  expect(cubic.slope(0)).toBeCloseTo(1 / 3, 14);
  expect(cubic.slope(3)).toBeCloseTo(((2 * 2 + 1) * 3 - 2 * 1) / 3, 14);
});

test('rising data give a rising curve through every node, and the slope is its derivative', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.double({ min: 0.1, max: 10, noNaN: true }),
          fc.double({ min: 0.1, max: 10, noNaN: true }),
        ),
        {
          minLength: 2,
          maxLength: 8,
        },
      ),
      (steps) => {
        const sumOf = (which: 0 | 1, until: number) =>
          steps.slice(0, until + 1).reduce((sum, step) => sum + step[which], 0);
        const points = steps.map((_, i) => [sumOf(0, i), sumOf(1, i)] as const);
        const nodes = points.map(([at]) => at);
        const curve = of(
          nodes,
          points.map(([, value]) => value),
        );
        for (const [at, value] of points) expect(curve.value(at)).toBeCloseTo(value, 9);
        const span = nodes.at(-1)! - nodes[0]!;
        let last = Number.NEGATIVE_INFINITY;
        for (let i = 0; i <= 60; i++) {
          const at = nodes[0]! + (span * i) / 60;
          expect(curve.value(at)).toBeGreaterThanOrEqual(last - 1e-9);
          last = curve.value(at);
        }
        const middle = nodes[0]! + 0.37 * (nodes[1]! - nodes[0]!);
        const h = 1e-6 * (nodes[1]! - nodes[0]!);
        const difference = (curve.value(middle + h) - curve.value(middle - h)) / (2 * h);
        expect(Math.abs(curve.slope(middle) - difference)).toBeLessThan(1e-5 * (1 + Math.abs(difference)));
      },
    ),
    { numRuns: 50 },
  );
});
