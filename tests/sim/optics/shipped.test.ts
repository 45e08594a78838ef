import { readFileSync } from 'node:fs';
import { parseCsv } from '../../../src/config/tables/csv.js';
import { efficiencyTable } from '../../../src/config/tables/efficiency.js';
import { CubicEfficiency } from '../../../src/sim/mars/cubicEfficiency.js';
import type { MaterialName } from '../../../src/sim/optics/materialNames.js';
import { compatibleSphere, physicalSphere } from '../../../src/sim/optics/planckMean.js';
import { PlanckTable } from '../../../src/sim/optics/planckTable.js';
import { denseGrid, originalGrid } from '../../../src/sim/optics/qprGrid.js';
import { materials, QprColumns } from '../../../src/sim/optics/qprTable.js';
import { describeWithReference, readCsv } from '../../reference/cases.js';
import { expectRelative } from '../../validation/expectRelative.js';

const read = (file: string) => efficiencyTable(parseCsv(readFileSync(file, 'utf8')));

/** Sizes that between them meet the small, the Mie and the geometric sphere, and the range where silica ripples most. */
const someSizes = [0, 4, 17, 27, 36, 56, 90];

const physical: [string, MaterialName][] = [
  ['mie_forsterite', 'forsterite'],
  ['mie_silica', 'silica'],
];

describe('the tables that are shipped', () => {
  test.each([
    ['mie_forsterite', 'forsterite', physicalSphere, denseGrid],
    ['mie_silica', 'silica', physicalSphere, denseGrid],
    ['mie_forsterite_compat', 'forsterite', compatibleSphere, originalGrid],
  ] as const)('%s is what the generator makes', (name, material, options, grid) => {
    const { sizes, temperatures, values } = read(`tables/${name}.csv`);
    expect(sizes).toEqual(grid.sizes);
    expect(temperatures).toEqual(grid.temperatures);
    const some = [200, 300, 1000, 1900, 1950, 4100, 4250].filter((T) => temperatures.includes(T));
    const columns = new QprColumns({ material, temperatures: some, options });
    for (const i of someSizes.filter((node) => node < sizes.length)) {
      for (const [j, Q] of columns.at(sizes[i]!).entries()) {
        const shipped = values[temperatures.indexOf(some[j]!) * sizes.length + i]!;
        // The last of seven digits is rounded, and engines may differ in what they round.
        expectRelative(Q, shipped, 2e-6);
      }
    }
  });

  test.each(physical)(
    '%s, read as a spline, errs by less than 0.5 %% between its nodes',
    (name, material) => {
      const { sizes, temperatures, values } = read(`tables/${name}.csv`);
      const axes = [temperatures, sizes, values].map((axis) => Float64Array.from(axis));
      const spline = new CubicEfficiency(axes[0]!, axes[1]!, axes[2]!);
      const between = [225, 1050, 1550, 1750, 2025, 2875, 5125];
      const exact = new PlanckTable(materials[material], between, physicalSphere);
      let largest = 0;
      for (const i of someSizes.filter((node) => node + 1 < sizes.length)) {
        const s = Math.sqrt(sizes[i]! * sizes[i + 1]!);
        for (const [j, Q] of exact.means(s).entries()) {
          largest = Math.max(largest, Math.abs(spline.at(s, between[j]!) / Q - 1));
        }
      }
      expect(largest).toBeLessThan(5e-3);
      expect(largest).toBeGreaterThan(5e-4); // else this looked where nothing happens
    },
  );
});

describeWithReference('the compatible table against that of the original', () => {
  /** spec/optics.md 3: largest difference, %, by size range for T >= 1000 K and below; a tenth of it for other wavelengths of the mean. */
  test.each([
    [1e-6, 4.7e-6, 0.94, 1.9],
    [6.7e-6, 6.8e-5, 1.9, 3.9],
    [9e-5, 6.8e-4, 0.92, 2.5],
    [9e-4, 0.015, 0.36, 0.4],
  ])('%d to %d m: within %d %% from 1000 K on, %d %% below', (from, to, hot, cold) => {
    const ours = read('tables/mie_forsterite_compat.csv');
    const worst = { hot: 0, cold: 0 };
    for (const row of readCsv('tables/qpr_planck_forsterite_mie.csv')) {
      const [s, T] = [Number(row.s ?? row.s_m), Number(row.T_M ?? row.T_K)];
      if (s < from || s > to) continue;
      const i = ours.sizes.findIndex((size) => Math.abs(size / s - 1) < 1e-6);
      const Q = ours.values[ours.temperatures.indexOf(T) * ours.sizes.length + i]!;
      const key = T >= 1000 ? 'hot' : 'cold';
      worst[key] = Math.max(worst[key], 100 * Math.abs(Q / Number(row.Q_pr) - 1));
    }
    expect(worst.hot).toBeLessThan(1.1 * hot);
    expect(worst.cold).toBeLessThan(1.1 * cold);
    expect(worst.cold).toBeGreaterThan(0.1);
  });
});
