import type { PlanFigures } from './planText.js';

/** What the cases of a sweep take together; bytes, seconds and counts. */
export interface SweepFigures {
  readonly cases: number;
  /** Cases that were estimated; the sums are scaled up when they are not all. */
  readonly estimated: number;
  /** Cases at a time. */
  readonly jobs: number;
  readonly steps: number;
  readonly computeSeconds: number;
  /** CPU of the server and the worker for cases, files and books. */
  readonly upkeepSeconds: number;
  /** With that many at a time. */
  readonly wallSeconds: number;
  /** Of the processes that compute, when the hungriest cases meet. */
  readonly memory: number;
  readonly disk: {
    /** When all is done. */
    readonly final: number;
    /** On the way: with the parts of the cases that are being computed. */
    readonly peak: number;
    /** In the server's database. */
    readonly history: number;
  };
}

/** CPU that a case takes beside its steps, s: measured, 0.15 to 0.25 with one segment. */
const upkeepOfCase = 0.2;

/** Where the cases are computed. */
export interface Machine {
  /** Cases at a time. */
  readonly jobs: number;
  readonly cores: number;
  /** Memory of the process that computes before the first case, bytes. */
  readonly machinery: number;
}

/** Sums up the plans of cases, or of a sample of them. */
export function sumOfPlans(plans: readonly PlanFigures[], cases: number, machine: Machine): SweepFigures {
  const { jobs, cores, machinery } = machine;
  const scale = cases / plans.length;
  const total = (of: (plan: PlanFigures) => number) => plans.reduce((sum, plan) => sum + of(plan), 0) * scale;
  const most = (of: (plan: PlanFigures) => number) => Math.max(...plans.map(of));
  const atATime = Math.min(jobs, cases);
  const computeSeconds = total((plan) => plan.computeSeconds);
  const upkeepSeconds = cases * upkeepOfCase;
  const final = total(({ disk }) => disk.series + disk.checkpoints);
  return {
    cases,
    estimated: plans.length,
    jobs: atATime,
    steps: Math.round(total((plan) => plan.steps)),
    computeSeconds,
    upkeepSeconds,
    wallSeconds: Math.max(
      (computeSeconds + upkeepSeconds) / Math.min(atATime, cores),
      most((plan) => plan.computeSeconds),
    ),
    memory: machinery + atATime * Math.max(most((plan) => plan.memory.withSegments) - machinery, 0),
    disk: {
      final,
      peak: final + atATime * most((plan) => plan.disk.parts),
      history: total((plan) => plan.disk.history),
    },
  };
}

/** Cases that stand for all when there are too many to estimate each: spread evenly, the first and the last among them. */
export function sampleOf<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}
