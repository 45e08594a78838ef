/** `marsdisk sweep --dry-run`: the cases, and what they would take, on standard output. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { SweepSpec } from '../config/sweep/sweepSpec.js';
import type { SharingPlan } from '../config/sweep/worthSharing.js';
import { sampleOf, sumOfPlans } from '../report/sweepPlan.js';
import { sweepPlanText } from '../report/sweepPlanText.js';
import { modelOf } from '../sim/models.js';
import { joinCasesFor } from '../workflows/segments.js';
import { machinery, measuredStep, planOf } from './plan.js';

/** An estimate takes up to 50 ms, and more of them would say nothing new. */
const mostEstimates = 60;

/** @param jobs cases at a time */
export function printSweepPlan(
  sweep: SweepSpec,
  jobs: number,
  sharing: SharingPlan,
  { json }: { readonly json: boolean },
): void {
  const stepSeconds = new Map<number, number>();
  const plans = sampleOf(sweep.cases, mostEstimates).map(({ spec }) => {
    const { model, params } = modelOf(spec);
    // States of one size belong to steps of one price.
    const size = model.workingBytes(params);
    if (!stepSeconds.has(size)) stepSeconds.set(size, measuredStep(spec));
    return planOf(spec, { secondsPerStep: stepSeconds.get(size)!, joinFor: joinCasesFor });
  });
  const figures = sumOfPlans(plans, sweep.cases.length, { jobs, cores: availableParallelism(), machinery });
  const titles = sweep.cases.map(({ title }) => title);
  const { tag, root, identity, seed, duplicates } = sweep;
  const folder = path.relative('.', path.join(root, tag)) || '.';
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, tag, folder: path.join(root, tag), identity, seed, cases: sweep.cases.map(({ title, values, seed: own, spec }) => ({ title, values, seed: own, identity: spec.identity })), duplicates, warnings: sweep.warnings, plan: figures, sharing: summed(sharing) }, null, 2)}\n`
      : sweepPlanText({ tag, folder, titles, duplicates, figures, sharing }),
  );
}

function summed({ groups, cases, saved, of }: SharingPlan) {
  return { groups: groups.length, cases, savedSteps: saved, ofSteps: of };
}
