import { readFileSync } from 'node:fs';
import { parseCsv } from '../../../src/config/tables/csv.js';
import { efficiencyTable } from '../../../src/config/tables/efficiency.js';
import { BlowoutRoot, blowoutScale } from '../../../src/sim/mars/blowout.js';
import { temperaturesOfSize } from '../../../src/sim/mars/breaks.js';
import { CubicBlowoutRoot } from '../../../src/sim/mars/cubicBlowout.js';
import { CubicEfficiency } from '../../../src/sim/mars/cubicEfficiency.js';
import { diskOf } from '../../../src/sim/mars/disk.js';
import { qprTable, radiationPressureEfficiency } from '../../../src/sim/mars/efficiency.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { splineSlopes } from '../../../src/sim/numerics/cubicSpline.js';
import { expectRelative } from '../../validation/expectRelative.js';
import { diskParams } from '../params.js';

const shipped = (name: string, reading?: 'cubic'): MarsParams['efficiency'] => ({
  kind: 'table',
  ...efficiencyTable(parseCsv(readFileSync(`tables/${name}.csv`, 'utf8'))),
  ...(reading && { reading }),
});

const table = qprTable(shipped('mie_forsterite', 'cubic'));
const cubic = table.cubic!;
const density = 3270;
const root = new CubicBlowoutRoot(cubic, density);
const temperatures = Array.from({ length: 80 }, (_, i) => 2320 + 53.7 * i);

describe('the spline', () => {
  const axis = Float64Array.of(-1, 0, 0.5, 2, 2.2, 5);

  test('is the cubic itself where there is one, however the nodes lie', () => {
    const slopes = splineSlopes(axis, (i) => 2 - axis[i] + 3 * axis[i] ** 2 - 0.7 * axis[i] ** 3);
    for (const [i, x] of axis.entries()) expect(slopes[i]).toBeCloseTo(-1 + 6 * x - 2.1 * x * x, 11);
    const product = (s: number, T: number) => (1 + s - 0.2 * s ** 3) * (T - 0.5 * T ** 2 + 0.1 * T ** 3);
    const values = Float64Array.from([...axis].flatMap((T) => [...axis].map((s) => product(s, T))));
    const spline = new CubicEfficiency(axis, axis, values);
    for (const [s, T] of [
      [-0.9, 4.1],
      [0.3, 0.2],
      [4, 2.1],
      [2, 0.5],
    ]) {
      expect(spline.at(s, T)).toBeCloseTo(product(s, T), 11);
    }
  });

  test('has the values of the table at its nodes, and is held beyond them', () => {
    const { sizes, temperatures: T, values } = table;
    for (const j of [0, 7, 22, T.length - 1]) {
      for (const i of [0, 13, 40, sizes.length - 1]) {
        expectRelative(cubic.at(sizes[i], T[j]), values[j * sizes.length + i], 1e-13);
      }
    }
    expect(cubic.at(1e-12, 4000)).toBe(cubic.at(sizes[0], 4000));
    expect(cubic.at(1e3, 9000)).toBe(cubic.at(10, 6500));
  });

  test('is smooth where it passes a node, unlike the bilinear reading', () => {
    const linear = qprTable(shipped('mie_forsterite'));
    const bend = (of: typeof table, s: number, h: number) => {
      const [before, at, after] = [s - h, s, s + h].map((x) => radiationPressureEfficiency(of, x, 3100));
      return Math.abs((after - at - (at - before)) / h);
    };
    for (const node of [30, 33, 36]) {
      const s = table.sizes[node];
      expect(bend(table, s, 1e-5 * s)).toBeLessThan(1e-3 * bend(linear, s, 1e-5 * s));
    }
  });

  test('a table that varies too much from node to node is told', () => {
    expect(cubic.doubtfulCell()).toBeNull();
    const steep = Float64Array.from({ length: 16 }, (_, p) => [1e-6, 1e-6, 1, 1][p % 4]);
    const nodes = Float64Array.of(1, 2, 3, 4);
    expect(new CubicEfficiency(nodes, nodes, steep).doubtfulCell()).toMatchObject({ temperature: 1 });
  });
});

describe('the blow-out size', () => {
  test('a = K Q(a), and no larger root', () => {
    for (const T of temperatures) {
      const a = root.at(T);
      const K = blowoutScale(T, density);
      expect(Math.abs((K * cubic.at(a, T)) / a - 1)).toBeLessThan(1e-13);
      for (let s = a * 1.001; s < 1e-3; s *= 1.01) expect(K * cubic.at(s, T)).toBeLessThan(s);
    }
  });

  test('its derivative by temperature, also beyond the table', () => {
    for (const T of [...temperatures, 6700]) {
      const cell = root.cell(T);
      const [low, at, high] = [T - 1e-2, T, T + 1e-2].map((x) => {
        const out = { a: 0, slope: 0 };
        root.inCell(x, cell, out);
        return out;
      });
      expectRelative(at.slope, (high.a - low.a) / 2e-2, 1e-6);
    }
  });

  test('is the same from whichever cell of its branch the search begins', () => {
    const out = { a: 0, slope: 0 };
    for (const T of temperatures) {
      const cell = root.cell(T);
      for (const size of [cell.size - 1, cell.size + 3]) {
        root.inCell(T, { ...cell, size }, out);
        expect(out.a).toBe(root.at(T));
      }
    }
  });

  test('ends where no grain is blown out any more, and keeps its branch up to there', () => {
    const sources = { table, blowoutRoot: root };
    const [T] = temperaturesOfSize(sources, 1e-7);
    expect(temperaturesOfSize(sources, 3e-7)).toEqual([T]);
    expect(T).toBeGreaterThan(2200);
    expect(T).toBeLessThan(2350);
    expect(root.at(T)).toBeGreaterThan(3e-7);
    expect(root.at(T - 1e-6)).toBeLessThan(1e-9);
    // A stage of a step that ends there, a rounding off.
    const out = { a: 0, slope: 0 };
    root.inCell(T - 1e-9, root.cell(T + 1), out);
    expectRelative(out.a, root.at(T), 1e-6);
  });

  test('a linear table gives the same within the error of its own reading', () => {
    const linear = new BlowoutRoot(qprTable(shipped('mie_forsterite')), density);
    for (const T of temperatures) expectRelative(root.at(T), linear.at(T), 2e-2);
  });
});

test('nodes of a spline are no break times; its ends and the edges of the bins are', () => {
  const efficiency = (reading?: 'cubic') =>
    diskParams({
      efficiency: shipped('mie_forsterite', reading) as never,
      temperature: { kind: 'slab', start: 5500, layer: 1e5, density: 3000, heatCapacity: 1000 },
      stops: { end: 1e8 },
    });
  const [smooth, kinked] = [diskOf(efficiency('cubic')), diskOf(efficiency())];
  expect(smooth.breaks.length).toBeLessThan(kinked.breaks.length / 5);
  const edge = smooth.grid.edges.find((size) => size > 2e-6)!;
  const [T] = temperaturesOfSize(smooth, edge);
  const times = smooth.cooling.passes(T, smooth.end.time);
  expect(times.length).toBe(1);
  expect([...smooth.breaks]).toContain(times[0]);
});
