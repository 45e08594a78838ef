import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { manifestDue, nextBoundary, segmentSummary } from '../../src/workflows/segments.js';

describe('segment boundaries', () => {
  it('lie beyond the time reached, at a multiple of the interval, and no more than one interval away', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e10, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        (time, interval) => {
          const boundary = nextBoundary(time, interval);
          expect(boundary).toBeGreaterThan(time);
          expect(boundary - interval).toBeLessThanOrEqual(time * (1 + 1e-15));
          expect(boundary).toBe(Math.round(boundary / interval) * interval);
        },
      ),
    );
  });

  it.each([1e-30, Number.MIN_VALUE * 2 ** 60, 1e-6])(
    'are found for an interval of %d s far below what the time resolves',
    (interval) => {
      for (const time of [1, 3.15e8, 1e15]) expect(nextBoundary(time, interval)).toBeGreaterThan(time);
    },
  );

  it('move on from a time that stands exactly on a multiple', () => {
    for (let k = 1; k < 2000; k += 1) expect(nextBoundary(k * 0.1, 0.1)).toBe((k + 1) * 0.1);
  });
});

describe('a manifest entry', () => {
  it('is due after so many segments, or when their states would not fit into one message', () => {
    const states = (count: number, bytes: number) =>
      Array.from({ length: count }, () => new Uint8Array(bytes));
    expect(manifestDue(states(99, 500), 99, 100)).toBe(false);
    expect(manifestDue(states(100, 500), 100, 100)).toBe(true);
    expect(manifestDue(states(15, 32_768), 15, 100)).toBe(false);
    expect(manifestDue(states(16, 32_768), 16, 100)).toBe(true);
  });

  it('is due when the parts of long segments, a piece every half minute, would not fit into one message', () => {
    const parts = 24 * 120;
    const starts = [new Uint8Array(500)];
    expect(manifestDue(starts, 400, 100)).toBe(false);
    expect(manifestDue(starts, parts, 100)).toBe(true);
  });
});

describe('segment summary', () => {
  it('names segment and times in the unit of its length', () => {
    expect(segmentSummary(12, 11 * 31_557_600, 12 * 31_557_600)).toBe('segment 12: 11 → 12 yr');
    expect(segmentSummary(0, 0, 30 * 86_400)).toBe('segment 0: 0 → 30 d');
  });
});
