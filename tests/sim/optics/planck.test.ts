import { forsterite } from '../../../src/sim/optics/forsterite.js';
import { compatibleSphere, physicalSphere, planckMean } from '../../../src/sim/optics/planckMean.js';
import { PlanckTable } from '../../../src/sim/optics/planckTable.js';
import { silica } from '../../../src/sim/optics/silica.js';
import { describeWithReference, readCsv } from '../../reference/cases.js';
import { expectRelative } from '../../validation/expectRelative.js';

const fits = { forsterite, sio2: silica };

describeWithReference('Planck means', () => {
  test.each(
    readCsv('reference/optics/planck_mean_check_values.csv').map((row) => [
      `${row.material}, ${row.T_K} K, ${row.s_m} m`,
      row,
    ]),
  )('%s', (_, row) => {
    const fit = fits[row.material as keyof typeof fits];
    const options = { ...physicalSphere, kFloor: Number(row.k_floor) };
    const s = Number(row.s_m);
    const T = Number(row.T_K);
    expectRelative(planckMean(fit, s, T, options, 600), Number(row.Q_pr_N600), 1e-8);
    // Another quadrature; around 10 um 2400 points alias the ripples.
    expectRelative(
      new PlanckTable(fit, [T], options).means(s)[0],
      Number(row.Q_pr_N4801),
      s === 1e-5 || s === 1e-4 ? 2e-3 : 1e-3,
    );
  });

  test.each([
    ['qpr_forsterite_generated', forsterite, physicalSphere],
    ['qpr_forsterite_compat_x1e4', forsterite, compatibleSphere],
    ['qpr_sio2_generated', silica, physicalSphere],
  ])('%s to the digits given', (file, fit, options) => {
    const rows = readCsv(`reference/optics/${file}.csv`);
    const temperatures = [...new Set(rows.map((row) => Number(row.T_K)))];
    const sizes = [...new Set(rows.map((row) => Number(row.s_m)))];
    const table = new PlanckTable(fit, temperatures, options);
    for (const j of [0, 13, 20, 31, 52]) {
      const exact = 1e-6 * Math.exp((Math.log(3e6) / 39) * (j - 13));
      expectRelative(exact, sizes[j], 1e-9);
      for (const [i, mean] of table.means(exact).entries()) {
        expectRelative(mean, Number(rows[i * sizes.length + j].Q_pr), 6e-7);
      }
    }
  });
});
