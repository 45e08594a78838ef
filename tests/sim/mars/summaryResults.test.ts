import { diskOf } from '../../../src/sim/mars/disk.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { wholeRun } from '../../reference/runs.js';
import { diskParams } from '../params.js';
import { feedback, heated, reservoir, supplies } from './supply/supplies.js';

type Numbers = Readonly<Record<string, number>>;

function ran(params: MarsParams) {
  const { rows, state } = wholeRun(params);
  const of = marsDisk.summary(state, params) as Numbers;
  return { of, state, column: (name: string) => rows.column('run', name) };
}

describe.each(['whole', 'finite_volume'] as const)('on %s bins', (remnant) => {
  test('extremes of the supply are those of all steps', () => {
    const supply = { ...supplies.constant!, feedback, reservoir: reservoir(40, 0.5) };
    const { of, column } = ran(diskParams({ supply, collisions: { remnant } }));
    const [scales, shares] = [column('supply_feedback_scale'), column('supply_visibility_factor')];
    expect(of.supply_feedback_scale_min).toBe(Math.min(...scales));
    expect(of.supply_feedback_scale_max).toBe(Math.max(...scales));
    expect(of.supply_visibility_min).toBe(Math.min(...shares));
    expect(of.supply_visibility_max).toBe(Math.max(...shares));
    expect(of.supply_feedback_scale_min!).toBeLessThan(of.supply_feedback_scale_max!);
    const { supply_reservoir_mass_used_Mmars: used, mass_supplied } = of;
    expect(used! / mass_supplied!).toBeCloseTo(1, 12);
  });
});

test('a supply by time alone reaches the surface whole; without one there is nothing to reach it', () => {
  const { of, state } = ran(diskParams({ stops: { end: 1e4 } }));
  expect([of.supply_visibility_min, of.supply_visibility_max]).toEqual([1, 1]);
  expect(state.accounts).toHaveLength(0);
  const none = ran(diskParams({ supply: null, stops: { end: 1e4 } })).of;
  expect([none.supply_visibility_min, none.sigma_surf_mu_reference]).toEqual([null, null]);
});

test('the factor by temperature falls with Mars', () => {
  const params = diskParams({ supply: { ...supplies.constant!, temperature: heated } });
  const { of, column } = ran(params);
  const scales = column('supply_temperature_scale');
  expect(of.supply_temperature_scale_min! / Math.min(...scales)).toBeCloseTo(1, 9);
  expect(of.supply_temperature_scale_max! / Math.max(...scales)).toBeCloseTo(1, 9);
  const T = diskOf(params).cooling.at(1.5e7);
  expect(of.supply_temperature_scale_median! / (T / 3500) ** 4).toBeCloseTo(1, 9);
});

test('the optical depth that has ended a run is its limit', () => {
  const { of } = ran(diskParams({ stops: { tau: 1.2, tauTolerance: 0 } }));
  expect(of.stop_tau_los! / 1.2).toBeCloseTo(1, 9);
  expect(ran(diskParams({ stops: { end: 10 } })).of.stop_tau_los).toBeNull();
});

test('shielding lowers the effective opacity of the start, and raises the reference of the supply by it', () => {
  const params = diskParams({
    stops: { end: 1e3 },
    shielding: { mode: 'psitau', phi: { kind: 'exponential' } },
  });
  const { of } = ran(params);
  const depth = of.tau_initial!;
  expect(of.kappa_eff_initial! / (of.kappa_surf_initial! * Math.exp(-depth))).toBeCloseTo(1, 12);
  expect(of.sigma_surf_mu_reference! / (Math.E / of.kappa_surf_initial!)).toBeCloseTo(1, 12);
});

test('the mean step is the time over the steps', () => {
  const { of } = ran(diskParams({ stops: { end: 1e5 } }));
  expect((of.dt_over_t_blow_mean! * of.t_blow_s! * of.n_steps!) / 1e5).toBeCloseTo(1, 12);
});
