import { coolingOf } from '../../../src/sim/mars/cooling.js';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { outputTimes } from '../../../src/sim/mars/outputTimes.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { PhysicsError } from '../../../src/sim/model.js';
import { diskParams } from '../params.js';

const slab: MarsParams['temperature'] = {
  kind: 'slab',
  start: 4000,
  layer: 1e5,
  density: 3000,
  heatCapacity: 1000,
};
const table: MarsParams['temperature'] = {
  kind: 'table',
  times: [10, 20, 40],
  temperatures: [2000, 3000, 1500],
};

/** spec/validation.md 1: 6000 -> 4000 K 224.432 d, 4000 -> 2000 K 2232.51 d. */
test('the slab law takes its published times', () => {
  const [first] = coolingOf({ ...slab, start: 6000 }).passes(4000, 1e12);
  const [second] = coolingOf(slab).passes(2000, 1e12);
  expect(first / 86400).toBeCloseTo(224.432, 3);
  expect(second / 86400).toBeCloseTo(2232.51, 2);
});

test('a table is linear between its nodes and held outside', () => {
  const law = coolingOf(table);
  expect([0, 10, 15, 20, 30, 40, 99].map((t) => law.at(t))).toEqual([
    2000, 2000, 2500, 3000, 2250, 1500, 1500,
  ]);
  expect([5, 10, 20, 40].map((t) => law.slope(t))).toEqual([0, 100, -75, 0]);
  expect(law.kinks(100)).toEqual([10, 20, 40]);
  expect(law.kinks(30)).toEqual([10, 20]);
  expect(law.passes(2400, 100)).toEqual([14, 28]);
  expect(law.passes(2400, 20)).toEqual([14]);
});

test('a long table limits the step instead of breaking it', () => {
  const times = Array.from({ length: 1500 }, (_, i) => i * 60);
  const law = coolingOf({ kind: 'table', times, temperatures: times.map((t) => 4000 - t / 1000) });
  expect(law.kinks(1e9)).toEqual([]);
  expect(law.longestStep).toBe(60);
});

test.each<MarsParams['temperature']>([slab, { kind: 'linear', start: 4000, layer: 1e5 }])(
  '%j: slope and inverse',
  (law) => {
    const cooling = coolingOf(law);
    for (const T of [3900, 3000, 2000, 1000]) {
      const [t] = cooling.passes(T, 1e12);
      expect(Math.abs(cooling.at(t) / T - 1)).toBeLessThan(1e-14);
      const h = 1e-5 * t;
      const difference = (cooling.at(t + h) - cooling.at(t - h)) / (2 * h);
      expect(Math.abs(cooling.slope(t) / difference - 1)).toBeLessThan(1e-8);
    }
    expect(cooling.passes(4001, 1e12)).toEqual([]);
    expect(cooling.passes(1000, 10)).toEqual([]);
  },
);

test.each([
  ['too cold', { temperature: { kind: 'constant', value: 900 } }],
  ['too hot', { temperature: { kind: 'constant', value: 7000 } }],
  ['cools below the range', { stops: { end: 1e12 } }],
] as const)('a run that is %s is refused, with the temperature', (_, changes) => {
  expect(() => diskOf(diskParams(changes))).toThrow(PhysicsError);
  expect(() => diskOf(diskParams(changes))).toThrow(/T_M is .* K at .* s/);
});

test('output times', () => {
  const log = outputTimes({ kind: 'log', perDecade: 2 }, 100);
  expect([0, 1, 2, 3, 4].map((i) => log.at(i))).toEqual([
    1,
    10 ** 0.5,
    10,
    10 ** 1.5,
    Number.POSITIVE_INFINITY,
  ]);
  const interval = outputTimes({ kind: 'interval', seconds: 40 }, 100);
  expect([0, 1, 2].map((i) => interval.at(i))).toEqual([40, 80, Number.POSITIVE_INFINITY]);
  const listed = outputTimes({ kind: 'times', times: [3, 7, 200] }, 100);
  expect([0, 1, 2].map((i) => listed.at(i))).toEqual([3, 7, Number.POSITIVE_INFINITY]);
});
