import type { MarsParams } from '../../src/sim/mars/params.js';
import { caseParams, describeWithReference } from './cases.js';
import { wholeRun } from './runs.js';

const year = 31557600;
const day = 86400;

/** The ten-year case with rows after a day, a year and at the end, and what a test changes. */
function tenYears(change: (params: MarsParams) => void = () => {}) {
  const params = caseParams('r4_10yr_sweep');
  params.output = { mode: 'dense', every: { kind: 'times', times: [day, year] }, sizeHistoryStride: null };
  change(params);
  return wholeRun(params);
}

/** Agreement with a printed number: half a unit of its last digit, and the time error of either program. */
function expectPrinted(found: number, printed: string): void {
  const decimals = printed.split('.')[1].length;
  const value = Number(printed);
  expect(Math.abs(found - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals + 1e-5 * value);
}

/** Measured with an independent program from the same definition (spec/resolved.md 5.4): other numbers of bins than the references have. */
describeWithReference('figures of an independent program', () => {
  test.each([
    [20, ['0.25421', '0.011372', '10.080', '15.380', '0.0049108', '73.320', '2153.94', '164.64', '0.25275']],
    [80, ['0.22538', '0.011223', '12.497', '15.930', '0.0050081', '67.182', '2146.66', '171.92', '0.22618']],
  ])('r4 with %d bins', (bins, printed) => {
    const { rows } = tenYears((params) => {
      params.sizes.bins = bins;
    });
    const [Sigma, tau, B, V] = ['Sigma_surf', 'tau', 'Sigma_blown_out', 'Sigma_sublimed'].map((name) =>
      rows.column('run', name),
    );
    const found = [Sigma[1], tau[1], tau[2], tau[3], B[1], B[2], B[3], V[3], Sigma[3]];
    found.forEach((value, i) => {
      expectPrinted(value, printed[i]);
    });
  });

  /** spec/resolved.md section 4, item 4: B and V after one year. */
  test.each<[string, (params: MarsParams) => void, string, string]>([
    ['log_fraction, 3.5', () => {}, '69.7', '163.9'],
    [
      'lower_edge, 3.5',
      (params) => {
        params.blowout.partialBin = 'lower_edge';
      },
      '71.4',
      '162.3',
    ],
    [
      'log_fraction, 6.5',
      (params) => {
        params.collisions.alphaFrag = 6.5;
      },
      '56.3',
      '177.4',
    ],
    [
      'without sublimation',
      (params) => {
        params.sublimation = null;
      },
      '233.6',
      '0',
    ],
  ])('r4 after a year: %s', (_, change, B, V) => {
    const { rows } = tenYears((params) => {
      params.stops.end = year;
      change(params);
    });
    expectPrinted(rows.column('run', 'Sigma_blown_out').at(-1)!, B);
    if (V !== '0') expectPrinted(rows.column('run', 'Sigma_sublimed').at(-1)!, V);
    else expect(rows.column('run', 'Sigma_sublimed').at(-1)).toBe(0);
  });

  /** The same tableau, control and breaks take the same steps: 539 + 7, and 751 + 14 down to 1000 K (spec/resolved.md 2.2 and 4). */
  test('steps of the ten-year case and of the run to 1000 K', () => {
    const ten = tenYears().state;
    expect([ten.steps, ten.rejected]).toEqual([539, 7]);
    const cold = tenYears((params) => {
      params.stops.end = 60 * year;
      params.stops.temperature = 1000;
    }).state;
    expect([cold.steps, cold.rejected]).toEqual([751, 14]);
    expect(Math.min(...cold.y)).toBeGreaterThan(0);
    expect(cold.largestMassError).toBeLessThan(1e-13);
  });

  test('chi auto is 0.5 for these cases', () => {
    const auto = tenYears((params) => {
      params.blowout.chi = 'auto';
      params.stops.end = 10;
    });
    expect(auto.rows.column('run', 'chi_blow_eff')[0]).toBe(0.5);
  });
});
