import { readFileSync } from 'node:fs';
import { summaryMeanings as legacyMeanings } from '../../../src/sim/legacy/summary.js';
import { summaryMeanings } from '../../../src/sim/mars/summaryMeanings.js';
import type { LeftOut } from '../../../src/sim/mars/tables/leftOut.js';
import {
  leftOutOfBothSummaries,
  leftOutOfLegacySummary,
  leftOutOfSummary,
} from '../../../src/sim/mars/tables/leftOutOfSummary.js';
import { describeWithReference, shared } from '../../reference/cases.js';

const solvers: Record<string, [object, readonly LeftOut[]]> = {
  resolved: [summaryMeanings, [...leftOutOfBothSummaries, ...leftOutOfSummary]],
  legacy: [legacyMeanings, [...leftOutOfBothSummaries, ...leftOutOfLegacySummary]],
};

/** Names of all values, with dots where one lies within another. */
function namesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) =>
    namesOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** Names of all results that the original writes. The program writes NaN, which JSON does not know. */
function originalNames(): string[] {
  const folders = ['ref1_reduced_1e-6yr', 'ref5_shielding_phi', 'ref7_resolved_dilute_sublimation_cooling'];
  const names = folders.flatMap((folder) => {
    const text = readFileSync(`${shared}reference/legacy/${folder}/summary.json`, 'utf8');
    return namesOf(JSON.parse(text.replaceAll(/\bNaN\b/g, 'null')));
  });
  return [...new Set(names)];
}

describe.each(Object.entries(solvers))('summary.json of the %s solver', (_, [meanings, leftOut]) => {
  const missing = leftOut.flatMap(({ names }) => names);
  const covers = (pattern: string, name: string) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

  test('nothing is left out twice, or although it is there', () => {
    expect(missing.filter((name, i) => missing.indexOf(name) !== i)).toEqual([]);
    expect(Object.keys(meanings).filter((name) => missing.some((each) => covers(each, name)))).toEqual([]);
  });

  describeWithReference('held against the original', () => {
    test('every result is here, or it is said why not', () => {
      const known = (name: string) => name in meanings || missing.some((each) => covers(each, name));
      expect(originalNames().filter((name) => !known(name))).toEqual([]);
    });

    test('what is said to be left out is there', () => {
      const original = originalNames();
      expect(missing.filter((each) => !original.some((name) => covers(each, name)))).toEqual([]);
    });

    test('the reasons name results that there are', () => {
      const named = leftOut.flatMap(
        ({ reason }) => reason.match(/\b(time_|supply_|s_|T_M_|M_loss_|Q_pr_|beta_)\w+/g) ?? [],
      );
      const others = /^(supply_(feedback_scale|rate_nominal|rate_scaled)|s_min)$/;
      expect(named.filter((name) => !(name in meanings) && !others.test(name))).toEqual([]);
    });
  });
});
