/** What planning promises before a run starts, against what the run then does. */
import { diskOf } from '../../../src/sim/mars/disk.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { diskParams } from '../params.js';
import { samples } from '../samples.js';

const year = 31557600;
const never = Number.POSITIVE_INFINITY;

/** Steps and rows per table of the whole run. */
function counted(params: MarsParams) {
  const rows = marsDisk.tables(params).map(() => 0);
  const sink = {
    write(table: number) {
      rows[table]! += 1;
    },
  };
  return { rows, state: marsDisk.advance(marsDisk.initial(params), params, never, () => false, sink) };
}

const dense = Array.from({ length: 1501 }, (_, i) => 1e4 * i);
const slab = diskOf(diskParams()).cooling;

/** Forty bins unless the case says otherwise: more than the trial run has. */
const disk = (changes: Parameters<typeof diskParams>[0] = {}) =>
  diskParams({ ...changes, sizes: { bins: 40, ...changes.sizes } });

const cases: Record<string, MarsParams> = {
  ...samples,
  'as it is': disk(),
  'few bins': disk({ sizes: { bins: 8 } }),
  'many bins': disk({ sizes: { bins: 80 } }),
  loose: disk({ solver: { rtol: 1e-3 } }),
  tight: disk({ solver: { rtol: 1e-8 } }),
  'tighter than the trial': disk({ sizes: { bins: 12 }, solver: { rtol: 1e-10 } }),
  'half a minute': disk({ stops: { end: 30 } }),
  'ten years': disk({ stops: { end: 10 * year } }),
  'without supply': disk({ supply: null, stops: { end: 10 * year } }),
  'without supply and sublimation': disk({ supply: null, sublimation: null, stops: { end: 10 * year } }),
  'constant temperature': disk({ temperature: { kind: 'constant', value: 3500 } }),
  'without collisions': disk({ collisions: { enabled: false }, stops: { end: 10 * year } }),
  'landing on every tenth of a year': disk({
    output: { mode: 'land', every: { kind: 'interval', seconds: year / 10 } },
  }),
  'landing on every hour': disk({
    stops: { end: 4e6 },
    output: { mode: 'land', every: { kind: 'interval', seconds: 3600 } },
  }),
  'a temperature table with more nodes than steps': disk({
    temperature: { kind: 'table', times: dense, temperatures: dense.map((t) => slab.at(t)) },
    stops: { end: 1.4e7 },
  }),
  'a stop that is true at the start': disk({ stops: { tau: 0.5 } }),
};

test.each(Object.entries(cases))('steps and rows within a factor of two: %s', (_, params) => {
  const estimate = marsDisk.estimate(params);
  const { rows, state } = counted(params);
  const within = (guess: number, truth: number) => {
    expect(guess).toBeGreaterThanOrEqual(truth / 2);
    expect(guess).toBeLessThanOrEqual(truth * 2);
  };
  within(estimate.steps, state.steps);
  rows.forEach((count, table) => {
    within(estimate.rows[table]!, count);
  });
  expect(estimate.stateBytes).toBe(marsDisk.encode(state).length);
  expect(Math.abs(estimate.pace.reduce((sum, { steps }) => sum + steps, 0) - estimate.steps)).toBeLessThan(1);
});

test.each<MarsParams['output']['every']>([
  { kind: 'interval', seconds: 12345 },
  { kind: 'log', perDecade: 7 },
  { kind: 'times', times: [1, 2, 3e6] },
])('rows at times of their own are counted exactly: %j', (every) => {
  const params = diskParams({ output: { every, sizeHistoryStride: 4 } });
  expect(marsDisk.estimate(params).rows).toEqual(counted(params).rows);
});
