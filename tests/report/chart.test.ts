import * as fc from 'fast-check';
import { fittedLinearAxis, fittedLogAxis, linearAxis, logAxis } from '../../src/report/chart/axis.js';
import { isolated, logColumn, thinned } from '../../src/report/chart/points.js';

const labels = (axis: { ticks: readonly { label: string }[] }) => axis.ticks.map((tick) => tick.label);
const positive = (y: number) => y > 0;

describe('axes', () => {
  test('wide ones carry powers of ten', () => {
    expect(labels(logAxis(1e-3, 20, 9))).toEqual(['10⁻³', '10⁻²', '0.1', '1', '10']);
    expect(labels(logAxis(1e-16, 2e-6, 6))).toEqual(['10⁻¹⁶', '10⁻¹⁴', '10⁻¹²', '10⁻¹⁰', '10⁻⁸', '10⁻⁶']);
  });

  test('narrow ones carry as many numbers as it takes', () => {
    expect(labels(logAxis(0.2, 2.5, 6))).toEqual(['0.2', '0.5', '1', '2']);
    expect(labels(logAxis(0.13, 4.4, 6))).toEqual(['0.3', '1', '3']);
    expect(labels(logAxis(2.05e-11, 2.9e-11, 4))).toEqual([
      '2.2×10⁻¹¹',
      '2.4×10⁻¹¹',
      '2.6×10⁻¹¹',
      '2.8×10⁻¹¹',
    ]);
    expect(labels(linearAxis(3960, 4040, 4))).toEqual(['3960', '3980', '4000', '4020', '4040']);
  });

  test('hold every value that is not too small, with at least two labels inside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-200, max: 1e200, noNaN: true }), { minLength: 1 }),
        (values) => {
          const axis = fittedLogAxis(values, 7, 8)!;
          const largest = Math.max(...values);
          const [low, high] = axis.domain;
          expect(values.filter((y) => y > largest * 1e-7).every((y) => y >= low && y <= high)).toBe(true);
          expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
          expect(axis.ticks.length).toBeLessThanOrEqual(12);
          expect(
            axis.ticks.every((tick) => tick.value >= low && tick.value <= high && !/NaN/.test(tick.label)),
          ).toBe(true);
          expect(new Set(labels(axis)).size).toBe(axis.ticks.length);
        },
      ),
    );
  });

  test('there is none for values without a place', () => {
    expect(fittedLogAxis([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 5e-324], 7, 8)).toBeNull();
    expect(fittedLinearAxis([Number.NaN], 4)).toBeNull();
  });
});

describe('thinning', () => {
  const column = logColumn([1, 1000], 30);

  test('keeps the lowest and the highest of each column, in order', () => {
    const xs = [1, 1.01, 1.02, 1.03, 500];
    expect(thinned(xs, [5, 9, 1, 4, 7], column, positive)).toEqual([
      { x: 1.01, y: 9, part: 0 },
      { x: 1.02, y: 1, part: 0 },
      { x: 500, y: 7, part: 0 },
    ]);
  });

  test('breaks the line at a gap that shows, and not at one within a column', () => {
    const parts = thinned([1, 1.001, 1.002, 10, 100], [1, 0, 2, Number.NaN, 3], column, positive).map(
      (p) => p.part,
    );
    expect(parts).toEqual([0, 0, 1]);
  });

  test('never keeps more than two points a column, and always the extremes', () => {
    const value = fc.oneof(
      fc.double({ min: 0.1, max: 1e9, noNaN: true }),
      fc.constantFrom(0, -1, Number.NaN),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 500 }), (ys) => {
        const xs = ys.map((_, index) => 1 + (998 * index) / Math.max(1, ys.length));
        const points = thinned(xs, ys, column, positive);
        expect(points.length).toBeLessThanOrEqual(60);
        const shown = ys.filter(positive);
        if (shown.length === 0) return expect(points).toEqual([]);
        const heights = points.map((point) => point.y);
        expect(Math.max(...heights)).toBe(Math.max(...shown));
        expect(Math.min(...heights)).toBe(Math.min(...shown));
      }),
    );
  });

  test('finds the parts of a single point', () => {
    const points = [0, 0, 1, 2, 2].map((part, x) => ({ x, y: 1, part }));
    expect(isolated(points).map((point) => point.x)).toEqual([2]);
  });
});
