import { automaticChi, BlowoutRoot, beta, blowoutScale } from '../../../src/sim/mars/blowout.js';
import { temperaturesOfSize } from '../../../src/sim/mars/breaks.js';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { qprTable, radiationPressureEfficiency } from '../../../src/sim/mars/efficiency.js';
import { diskParams } from '../params.js';

const params = diskParams();
const table = qprTable(params.efficiency);
const root = new BlowoutRoot(table, params.density);
const temperatures = Array.from({ length: 60 }, (_, i) => 950 + 90 * i);

/** spec/validation.md 1, Q = 1. */
test.each([
  [3000, 2000, 0.405889e-6],
  [3000, 4000, 6.4942312e-6],
  [3270, 3000, 1.88515e-6],
  [3270, 6000, 30.1624e-6],
])('density %d, %d K: published blow-out size', (density, T, size) => {
  const constant = new BlowoutRoot(qprTable({ kind: 'constant', value: 1 }), density);
  expect(Math.abs(constant.at(T) / size - 1)).toBeLessThan(5e-6);
});

test('beta of 1 um at 4000 K, density 3000, Q = 1', () => {
  expect(beta(1e-6, 4000, 1, 3000)).toBeCloseTo(3.2471156, 7);
});

test('a = K Q(a) at every temperature, and no larger root', () => {
  for (const T of temperatures) {
    const a = root.at(T);
    const K = blowoutScale(T, params.density);
    const Q = radiationPressureEfficiency(table, a, T);
    expect(Math.abs((K * Q) / a - 1)).toBeLessThan(1e-13);
    for (let s = a * 1.001; s < 1e-2; s *= 1.01) {
      expect(K * radiationPressureEfficiency(table, s, T)).toBeLessThan(s);
    }
  }
});

test('every branch occurs: held below, inside, and above the table', () => {
  const cells = [...temperatures, 1001].map((T) => root.cell(T));
  expect(cells.some((cell) => cell.size < 0)).toBe(true);
  expect(cells.some((cell) => cell.size >= 0)).toBe(true);
  expect(cells.some((cell) => cell.temperature < 0)).toBe(true);
  expect(cells.some((cell) => cell.temperature === table.temperatures.length - 1)).toBe(true);
  const few = qprTable({
    kind: 'table',
    temperatures: [1000, 6000],
    sizes: [1e-8, 2e-8],
    values: [1, 1, 1, 1],
  });
  expect(new BlowoutRoot(few, 3270).cell(4000).size).toBe(1);
});

test('the derivative by temperature is that of the root', () => {
  for (const T of temperatures) {
    const cell = root.cell(T);
    const out = { a: 0, slope: 0 };
    root.inCell(T, cell, out);
    const h = 1e-3;
    const near = [T - h, T + h].map((x) => {
      const o = { a: 0, slope: 0 };
      root.inCell(x, cell, o);
      return o.a;
    });
    expect(Math.abs(out.slope / ((near[1] - near[0]) / (2 * h)) - 1)).toBeLessThan(1e-6);
  }
});

test('the temperature at which a size is blown out is found to the last digits', () => {
  for (const size of [3e-8, 2e-7, 1e-6, 3e-6, 1e-5]) {
    const found = temperaturesOfSize({ table, blowoutRoot: root }, size);
    expect(found.length).toBe(1);
    expect(Math.abs(root.at(found[0]) / size - 1)).toBeLessThan(1e-13);
  }
});

test('chi: automatic, from beta and Q_pr at the start, or the number, limited', () => {
  const { table: efficiency, chi } = diskOf(diskParams({ blowout: { chi: 'auto' } }));
  const Q = radiationPressureEfficiency(efficiency, 1e-7, 4000);
  expect(chi).toBe(automaticChi(beta(1e-7, 4000, Q, 3270), Q));
  expect(diskOf(diskParams({ blowout: { chi: 1.25 } })).chi).toBe(1.25);
  expect(diskOf(diskParams({ blowout: { chi: 7 } })).chi).toBe(2);
  expect(automaticChi(Number.NaN, 0)).toBe(1);
});
