import { planSharing, stepsUntil } from '../../../src/config/sweep/sharing.js';
import type { SweepSpec } from '../../../src/config/sweep/sweepSpec.js';
import { nothingShared, worthSharing } from '../../../src/config/sweep/worthSharing.js';
import { sharingText } from '../../../src/report/sweepPlanText.js';
import { sweepOf } from './sweeping.js';

/** By title: the leader, and the cases that begin with its states with the year up to which they share it. */
function planned({ cases }: SweepSpec): Record<string, Record<string, number>> {
  const title = (index: number) => cases[index]!.title;
  return Object.fromEntries(
    planSharing(cases).map(({ leader, forks }) => [
      title(leader),
      Object.fromEntries(
        forks.map(({ index, until }) => [title(index), Number((until / 31557600).toPrecision(6))]),
      ),
    ]),
  );
}

describe('cases with a common beginning', () => {
  it('are led by the one that lasts longest, each up to its own end', async () => {
    const sweep = await sweepOf('axes: {T: [4000, 3000], numerics.t_end_years: [1, 10, 5 yr, 2]}');
    expect(planned(sweep)).toEqual({
      T4000_t_end_years10: { T4000_t_end_years1: 1, T4000_t_end_years2: 2, T4000_t_end_years5_yr: 5 },
      T3000_t_end_years10: { T3000_t_end_years1: 1, T3000_t_end_years2: 2, T3000_t_end_years5_yr: 5 },
    });
    expect(planSharing(sweep.cases)[0]!.forks.map(({ index }) => index)).toEqual([0, 3, 2]);
  });

  it('do not exist where the physics differs', async () => {
    expect(planSharing((await sweepOf('axes: {T: [4000, 3000], eps: [1, 0.5]}')).cases)).toEqual([]);
  });

  it('may end by temperature, and by a stop that acts late; stops that act from the start share nothing', async () => {
    expect(
      planned(
        await sweepOf('cases: [{numerics.t_end_until_temperature_K: 2000}, {numerics.t_end_years: 0.5}]'),
      ),
    ).toEqual({ t_end_until_temperature_K2000: { t_end_years0p5: 0.5 } });
    const late = await sweepOf('axes: {optical_depth.tau_stop: [2, 3]}', {
      overrides: ['numerics.min_duration_years=0.25'],
    });
    expect(planned(late)).toEqual({ tau_stop2: { tau_stop3: 0.25 } });
    expect(planned(await sweepOf('axes: {optical_depth.tau_stop: [2, 3]}'))).toEqual({});
  });

  it('are found among those that share nothing with the longest one', async () => {
    const sweep = await sweepOf(
      'cases: [{numerics.t_end_years: 9}, {numerics.t_end_years: 2, optical_depth.tau_stop: 2}, {numerics.t_end_years: 1, optical_depth.tau_stop: 2}]',
    );
    expect(planned(sweep)).toEqual({ t_end_years2_tau_stop2: { t_end_years1_tau_stop2: 1 } });
  });

  it('hold each case once, for a sweep of any size', async () => {
    const { cases } = await sweepOf(
      'axes: {tau: {linspace: [0.5, 1, 10]}, numerics.t_end_years: {linspace: [1, 10, 10]}}',
    );
    const indices = planSharing(cases).flatMap(({ leader, forks }) => [
      leader,
      ...forks.map(({ index }) => index),
    ]);
    expect(indices.sort((a, b) => a - b)).toEqual(cases.map(({ index }) => index));
  });
});

it('the steps up to a time follow the pace of the run', () => {
  const pace = [
    { until: 10, steps: 100 },
    { until: 110, steps: 50 },
  ];
  expect([0, 5, 10, 60, 110, 1e9].map((time) => stepsUntil(pace, time))).toEqual([0, 50, 100, 125, 150, 150]);
});

describe('beginnings that are worth it', () => {
  const specsOf = async (text: string) => (await sweepOf(text)).cases.map(({ spec }) => spec);
  const ends = 'axes: {T: [4000, 3000], numerics.t_end_years: [1, 10, 5 yr]}';

  it('are those that save enough steps, with what they save', async () => {
    const specs = await specsOf(ends);
    const plan = worthSharing(specs, 1);
    expect(plan).toMatchObject({ cases: 6, groups: [{ leader: 1 }, { leader: 4 }] });
    expect(plan.saved).toBeGreaterThan(0.4 * plan.of);
    expect(plan.saved).toBeLessThan(0.7 * plan.of);
    expect(sharingText(plan)).toMatch(
      /^6 cases have 2 beginnings in common: computed once, that saves \S+ of their \S+ steps \(\d\d %\)/,
    );
    expect(worthSharing(specs, plan.of)).toEqual(nothingShared);
  });

  it('join no more cases than one message names', async () => {
    const specs = await specsOf('axes: {numerics.t_end_years: {linspace: [1, 10, 70]}}');
    const { groups } = worthSharing(specs, 1);
    expect(groups.map(({ forks }) => forks.length)).toEqual([5, 31, 31]);
    expect(groups.map(({ leader }) => leader)).toEqual([5, 37, 69]);
  });
});
