import { nothingShared } from '../../src/config/sweep/worthSharing.js';
import type { PlanFigures } from '../../src/report/planText.js';
import { sampleOf, sumOfPlans } from '../../src/report/sweepPlan.js';
import { sweepPlanText } from '../../src/report/sweepPlanText.js';

const machine = (jobs: number) => ({ jobs, cores: 4, machinery: 5e7 });

const plan = (seconds: number, memory: number, parts: number): PlanFigures => ({
  steps: 500,
  segments: 10,
  rows: { run: 500 },
  computeSeconds: seconds,
  memory: { withSegments: memory, withoutSegments: 0, original: 0, limit: 0 },
  disk: { series: 1e6, parts, checkpoints: 5e5, history: 2e5, peak: 0 },
  checkpointFiles: 1,
});

describe('what the cases of a sweep take together', () => {
  it('is the sum of all, with the hungriest of those that are computed at a time', () => {
    expect(sumOfPlans([plan(10, 1e8, 1e6), plan(30, 3e8, 4e6), plan(20, 2e8, 2e6)], 3, machine(2))).toEqual({
      cases: 3,
      estimated: 3,
      jobs: 2,
      steps: 1500,
      computeSeconds: 60,
      upkeepSeconds: expect.closeTo(0.6),
      wallSeconds: expect.closeTo(30.3),
      memory: 5.5e8,
      disk: { final: 4.5e6, peak: 12.5e6, history: 6e5 },
    });
  });

  it('takes no less time than its longest case, and no more at a time than there are cases', () => {
    expect(sumOfPlans([plan(10, 1e8, 0), plan(100, 1e8, 0)], 2, machine(8))).toMatchObject({
      jobs: 2,
      wallSeconds: 100,
      memory: 1.5e8,
    });
  });

  it('is scaled up from a sample, which has both ends', () => {
    const all = Array.from({ length: 1000 }, (_, i) => i);
    const sample = sampleOf(all, 5);
    expect(sample).toEqual([0, 250, 500, 749, 999]);
    expect(sampleOf(all.slice(0, 5), 5)).toEqual([0, 1, 2, 3, 4]);
    expect(
      sumOfPlans(
        sample.map(() => plan(1, 1e8, 0)),
        1000,
        machine(4),
      ),
    ).toMatchObject({ steps: 500_000, computeSeconds: 1000, upkeepSeconds: 200, wallSeconds: 300 });
  });
});

describe('the text of a dry run', () => {
  const shown = (
    cases: number,
    duplicates: { title: string; times: number }[] = [],
    sharing = nothingShared,
  ) =>
    sweepPlanText({
      tag: 'few',
      folder: 'out/few',
      titles: Array.from({ length: cases }, (_, i) => `T${i}`),
      duplicates,
      figures: sumOfPlans([plan(10, 1e8, 1e6)], cases, machine(2)),
      sharing,
    });

  it('says what common beginnings save', () => {
    const groups = [{ leader: 0, forks: [{ index: 1, until: 10 }] }];
    expect(shown(2, [], { groups, cases: 2, saved: 4321, of: 12_345 })).toContain(
      '\n\n2 cases have one beginning in common: computed once, that saves 4,300 of their 12,000 steps (35 %); --no-share gives the same files\n\n',
    );
  });

  it('shows cases, sums and what was asked for several times', () => {
    expect(
      shown(2, [{ title: 'T1', times: 3 }]),
    ).toBe(`few: nothing has been started; the sweep would take about
  Cases   2, 2 at a time, in out/few
  Steps   1,000, estimated from 1 of the cases
  Time    10 s with 2 at a time: 20 s of computing on this machine, 0.4 s for files and books
  Memory  150 MB at the most
  Disk    3 MB in the end, 5 MB on the way
          400 kB of history in the server's database

Asked for several times, computed once:
  T1 (3 times)

T0
T1
`);
  });

  it('is bounded for thousands of cases', () => {
    const lines = shown(
      5000,
      Array.from({ length: 50 }, (_, i) => ({ title: `T${i}`, times: 2 })),
    ).split('\n');
    expect(lines.length).toBeLessThan(90);
    expect(lines).toContain('... 4940 more ...');
    expect(lines).toContain('  and 40 more');
    expect(lines.at(-2)).toBe('T4999');
  });
});
