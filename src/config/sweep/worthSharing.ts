import { modelOf } from '../../sim/models.js';
import type { RunSpec } from '../runSpec.js';
import { planSharing, type SharedBeginning, stepsUntil } from './sharing.js';

/**
 * A beginning costs a workflow of its own and a part more for each of its cases: 0.1 s of CPU time for a case (measured), as much as half of
 * these steps take with the usual number of bins.
 */
const leastSaved = 2000;

/** An estimate takes up to 50 ms; more leaders than this take the pace of one of these. */
const mostEstimates = 20;

/** What a sweep saves by computing common beginnings once. */
export interface SharingPlan {
  readonly groups: readonly SharedBeginning[];
  /** Cases in them. */
  readonly cases: number;
  /** Steps that need not be computed, by the estimate of their pace. */
  readonly saved: number;
  /** Steps that these cases would take by themselves. */
  readonly of: number;
}

export const nothingShared: SharingPlan = { groups: [], cases: 0, saved: 0, of: 0 };

/** Common beginnings that are long enough to be computed apart from what follows. */
export function worthSharing(specs: readonly RunSpec[], least = leastSaved): SharingPlan {
  const found = planSharing(specs.map((spec, index) => ({ index, spec })));
  const every = Math.ceil(found.length / mostEstimates);
  let plan = nothingShared;
  let pace: ReturnType<typeof paceOf> = [];
  for (const [i, { leader, forks }] of found.entries()) {
    if (i % every === 0) pace = paceOf(specs[leader]!);
    const steps = (time: number) => stepsUntil(pace, time);
    const worth = forks.filter(({ until }) => steps(until) >= least);
    if (worth.length > 0) plan = withGroup(plan, { leader, forks: worth }, specs, steps);
  }
  return plan;
}

function withGroup(
  plan: SharingPlan,
  group: SharedBeginning,
  specs: readonly RunSpec[],
  steps: (time: number) => number,
): SharingPlan {
  const { leader, forks } = group;
  const whole = [leader, ...forks.map(({ index }) => index)].map((index) => steps(plannedEnd(specs[index]!)));
  return {
    groups: [...plan.groups, group],
    cases: plan.cases + whole.length,
    saved: plan.saved + sum(forks.map(({ until }) => steps(until))),
    of: plan.of + sum(whole),
  };
}

function paceOf(spec: RunSpec) {
  const { model, params } = modelOf(spec);
  return model.estimate(params).pace;
}

function plannedEnd(spec: RunSpec): number {
  const { model, params } = modelOf(spec);
  return model.sharing?.plannedEnd(params) ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
