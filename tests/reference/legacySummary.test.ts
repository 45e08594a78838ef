import { readFileSync } from 'node:fs';
import path from 'node:path';
import { caseFolder, hasReference, legacyCases, specOfCase } from '../../validation/legacy/cases.js';
import { Computed } from '../../validation/legacy/computed.js';

const withReference = hasReference() ? describe : describe.skip;

type Summary = Readonly<Record<string, unknown>>;

/** What has another meaning here, with that in summaryMeanings. */
const others = /^(stop_reason|analysis_window_years|mass_budget_max_error_percent|Sigma_tau1_initial)$/;

/** Medians are of samples. */
const tolerance = (name: string) => (name.endsWith('_median') ? 1e-3 : 1e-11);

function isClose(name: string, found: unknown, expected: unknown): boolean {
  if (found === expected) return true;
  if (typeof found !== 'number' || typeof expected !== 'number') return false;
  return (
    Math.abs(found - expected) <= tolerance(name) * Math.abs(expected) || Math.abs(found - expected) < 1e-30
  );
}

withReference('summary.json of the original program', () => {
  test.each(legacyCases.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    // It writes NaN, which JSON does not know.
    const text = readFileSync(path.join(caseFolder(name), 'summary.json'), 'utf8');
    const expected = JSON.parse(text.replaceAll(/\bNaN\b/g, 'null'));
    const { summary }: { summary: Summary } = new Computed(await specOfCase(each));
    const shared = Object.keys(summary).filter((field) => field in expected && summary[field] !== null);
    const compared = shared.filter((field) => !others.test(field));
    expect(compared.length).toBeGreaterThan(40);
    expect(compared.filter((field) => !isClose(field, summary[field], expected[field]))).toEqual([]);
    const { phase_usage_time_s: phases, sink_branch_usage_time_s: sinks } = expected.phase_branching;
    expect([summary.time_solid_s, summary.time_vapor_s]).toEqual([phases.solid ?? 0, phases.vapor ?? 0]);
    // Decided by rounding in the first one (Z13).
    if (name === 'ref1_reduced_1e-6yr') return;
    const { time_blowout_s, time_hydro_escape_s, time_no_sink_s } = summary;
    expect([time_blowout_s, time_hydro_escape_s, time_no_sink_s]).toEqual([
      sinks.rp_blowout ?? 0,
      sinks.hydro_escape ?? 0,
      sinks.none ?? 0,
    ]);
  });
});
