import { plannedSegments } from '../../src/config/plannedSegments.js';

const limits = { interval: 10, maxSteps: null, maxCompute: 60, minCompute: null, runSteps: 1e7 };
const pace = [{ until: 100, steps: 50 }];

test('a segment for each multiple of the interval', () => {
  expect(plannedSegments(pace, limits, 0.1)).toBe(10);
});

test('steps and compute cut more often than the interval', () => {
  expect(plannedSegments(pace, { ...limits, maxSteps: 2 }, 0.1)).toBe(25);
  expect(plannedSegments(pace, { ...limits, maxCompute: 0.25 }, 0.1)).toBe(20);
});

test('no more segments than steps', () => {
  expect(plannedSegments([{ until: 100, steps: 3 }], limits, 0.1)).toBe(3);
});

test('segments that would compute too little are joined', () => {
  expect(plannedSegments(pace, limits, 0.1, 2.5)).toBe(2);
});

test('steps that cost nothing, as for counting checkpoint files, are cut by the interval alone', () => {
  expect(plannedSegments(pace, limits, 0)).toBe(10);
});
