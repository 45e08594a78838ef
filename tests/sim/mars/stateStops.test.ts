import { firstCrossing } from '../../../src/sim/mars/crossing.js';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { DiskRates } from '../../../src/sim/mars/rates.js';
import { startState } from '../../../src/sim/mars/state.js';
import { StateStops } from '../../../src/sim/mars/stateStops.js';
import { boundOpticalDepth } from '../../../src/sim/mars/totals.js';
import { DenseOutput } from '../../../src/sim/numerics/denseOutput.js';
import { rodas5p } from '../../../src/sim/numerics/rodas5p.js';
import { diskParams } from '../params.js';

const params = diskParams({
  temperature: { kind: 'constant', value: 4000 },
  stops: { tau: 1, tauTolerance: 0 },
});
const disk = diskOf(params);
const stops = new StateStops(disk, new DiskRates(disk));

/** A dense output that starts and ends as the disk starts, and is `height` times as much at theta = 1/2. */
function bump(height: number): DenseOutput {
  const { y } = startState(disk);
  const level = 0.5 / boundOpticalDepth(disk, y, disk.blowoutRoot.at(4000));
  const half = y.map((mass) => level * mass);
  const dense = new DenseOutput(rodas5p, y.length);
  // theta (1 - theta) H_1 is H_1/4 in the middle; one stage carries all of it, so the other two terms come along.
  const increments = new Float64Array(rodas5p.stages * y.length);
  const [h1, h2, h3] = [0, 1, 2].map((r) => rodas5p.dense[r * rodas5p.stages]);
  const middle = h1 + h2 / 2 + h3 / 4;
  half.forEach((mass, x) => {
    increments[x] = (4 * (height - 1) * mass) / middle;
  });
  dense.set(half, half, increments);
  return dense;
}

test('an optical depth that is above its limit only inside the step is seen, at its first crossing', () => {
  const work = new Float64Array(disk.grid.bins + 2);
  const dense = bump(4);
  const found = firstCrossing(stops.switches, 0, 10, dense, work);
  expect(found?.of.code).toBe(4);
  dense.at(found!.theta, work);
  expect(boundOpticalDepth(disk, work, disk.blowoutRoot.at(4000))).toBeCloseTo(1, 10);
  expect(found!.theta).toBeGreaterThan(0);
  expect(found!.theta).toBeLessThan(0.5);
  dense.at(1, work);
  expect(boundOpticalDepth(disk, work, disk.blowoutRoot.at(4000))).toBeCloseTo(0.5, 12);
});

test('one that stays below is not', () => {
  expect(firstCrossing(stops.switches, 0, 10, bump(1.5), new Float64Array(disk.grid.bins + 2))).toBeNull();
});

test('without state-dependent stops none acts', () => {
  const free = diskOf(diskParams());
  expect(new StateStops(free, new DiskRates(free)).actsFrom(1e9)).toBe(false);
});
