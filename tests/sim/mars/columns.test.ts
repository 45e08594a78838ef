import { diskOf } from '../../../src/sim/mars/disk.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import { orbitColumns } from '../../../src/sim/mars/orbitRollup.js';
import { summaryMeanings } from '../../../src/sim/mars/summaryMeanings.js';
import { budgetColumns } from '../../../src/sim/mars/tables/budgetColumns.js';
import { diagnosticColumns } from '../../../src/sim/mars/tables/diagnosticColumns.js';
import {
  type LeftOut,
  leftOutOfBudget,
  leftOutOfDiagnostics,
  leftOutOfOrbits,
  leftOutOfRun,
  leftOutOfSizes,
} from '../../../src/sim/mars/tables/leftOut.js';
import { originalNames } from '../../../src/sim/mars/tables/originalNames.js';
import { runColumns } from '../../../src/sim/mars/tables/runColumns.js';
import { describeWithReference, readCsv } from '../../reference/cases.js';
import { wholeRun } from '../../reference/runs.js';
import { diskParams } from '../params.js';

type Named = readonly { readonly name: string }[];
const names = (columns: Named) => columns.map(({ name }) => name);
const missing = (leftOut: readonly LeftOut[]) => leftOut.flatMap((each) => each.names);

const tables: Record<string, [Named, readonly LeftOut[]]> = {
  run: [[...runColumns, ...originalNames], leftOutOfRun],
  diagnostics: [diagnosticColumns, leftOutOfDiagnostics],
  mass_budget: [budgetColumns, leftOutOfBudget],
  orbit_rollup: [orbitColumns, leftOutOfOrbits],
};

test.each(Object.entries(tables))('%s: what is said to be left out is', (_, [columns, leftOut]) => {
  const all = [...names(columns), ...missing(leftOut)];
  expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
});

test('with the names of the original, columns repeat bit for bit', () => {
  const params = diskParams({ stops: { end: 1e4 }, output: { originalNames: true } });
  const { rows } = wholeRun(params);
  for (const { name, meaning } of originalNames) {
    const of = /^the same as (\w+)$/.exec(meaning)![1]!;
    expect(rows.column('run', name)).toEqual(rows.column('run', of));
  }
});

describeWithReference('files of the original', () => {
  const headersOf = (file: string) =>
    ['ref2_const4000_40bin_dt20', 'ref5_shielding_phi'].flatMap((folder) =>
      Object.keys(readCsv(`reference/legacy/${folder}/${file}.csv`)[0]!),
    );
  const here = (...which: string[]) =>
    which.flatMap((table) => [...names(tables[table]![0]), ...missing(tables[table]![1])]);

  test.each([
    ['series', here('run', 'diagnostics')],
    ['mass_budget', here('mass_budget')],
    ['orbit_rollup', here('orbit_rollup')],
    ['psd', ['step', 'time', 'Sigma_surf', ...missing(leftOutOfSizes)]],
  ])('every column of %s is here, or it is said why not', (file, known) => {
    expect(headersOf(file).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('every result of the summary has a meaning, and nothing else has', () => {
  const params = diskParams({ stops: { end: 1e4 } });
  const { state } = wholeRun(params);
  const summary = marsDisk.summary(state, params);
  expect(Object.keys(summary).sort()).toEqual(Object.keys(summaryMeanings).sort());
});

test('means per orbit and medians over time', () => {
  const params = diskParams({ stops: { end: 2e7 } });
  const { state } = wholeRun(params);
  const of = (name: string) => marsDisk.summary(state, params)[name] as number;
  expect(
    of('M_loss_mean_per_orbit') / ((of('M_loss') * 2 * Math.PI) / (diskOf(params).Omega * 2e7)),
  ).toBeCloseTo(1, 12);
  expect(of('T_M_median')).toBe(diskOf(params).cooling.at(1e7));
  expect(of('a_blow_median')).toBeGreaterThan(of('a_blow_min'));
  expect(of('a_blow_median')).toBeLessThan(of('a_blow_max'));
  expect([of('early_stop_reason'), of('early_stop_time_s')]).toEqual([null, null]);
});
