/** The worker's own thread describes and sums up thousands of runs: it must not make the tables of pairs, which only a solver needs. */
import { marsDisk } from '../../../src/sim/mars/model.js';
import { diskParams } from '../params.js';

test.each([
  { remnant: 'whole', bins: 1500 },
  { remnant: 'finite_volume', bins: 300 },
] as const)('tables of pairs are not made for who does not compute: $remnant', ({ remnant, bins }) => {
  const params = diskParams({ sizes: { bins }, collisions: { remnant } });
  const before = process.memoryUsage().arrayBuffers;
  const state = marsDisk.initial(params);
  expect(marsDisk.tables(params).length).toBeGreaterThan(3);
  expect(marsDisk.status(state, params).done).toBe(false);
  expect(marsDisk.summary(state, params)).toBeDefined();
  expect(marsDisk.conserved(state, params)).toBeDefined();
  const onePerPair = 8 * bins * bins;
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(onePerPair);
});
