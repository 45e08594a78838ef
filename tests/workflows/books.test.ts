import { describe, expect, it } from '@jest/globals';
import type { SegmentResult } from '../../src/activities/contract.js';
import { accept, emptyBooks, withRestart } from '../../src/workflows/books.js';

function result(attempt: number): SegmentResult {
  const status = { time: 5, end: 9, steps: 3, done: false, stopReason: null, figures: [], notes: [] };
  const record = {
    index: 0,
    fromTime: 0,
    toTime: 5,
    steps: 3,
    startHash: 'a',
    endHash: 'b',
    parts: [],
  };
  return { record, rows: [3, 1], status, attempt, details: '' };
}

describe('the books', () => {
  it('take over where a segment has ended', () => {
    const carry = accept(emptyBooks, result(1));
    expect(carry).toMatchObject({ segment: 1, time: 5, steps: 3, done: false, rows: [3, 1], restarts: [] });
    expect(carry.pending).toEqual([result(1).record]);
  });

  it('name a repeated segment, and stay small however often that happens', () => {
    let carry = accept(emptyBooks, result(2));
    expect(carry.restarts).toEqual([{ segment: 0, cause: 'segment needed 2 attempts' }]);
    for (let i = 1; i < 5000; i += 1) carry = withRestart(carry, { segment: i, cause: 'killed' });
    expect(carry.restartCount).toBe(5000);
    expect(carry.restarts).toHaveLength(100);
    expect(carry.restarts.at(-1)).toEqual({ segment: 4999, cause: 'killed' });
  });
});
