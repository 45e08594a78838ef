import { Bins } from '../../../src/sim/legacy/bins.js';
import { CollisionStep, type Sinks } from '../../../src/sim/legacy/collisionStep.js';
import { CollisionTables, largestRemnant } from '../../../src/sim/legacy/collisionTables.js';
import { legacyDisk } from '../../../src/sim/legacy/disk.js';
import { builtIn } from '../../../src/sim/legacy/shielding.js';
import { driftSizes } from '../../../src/sim/legacy/sizeDrift.js';
import { startState } from '../../../src/sim/legacy/state.js';
import { injected } from '../../../src/sim/legacy/supply.js';
import { route } from '../../../src/sim/legacy/supplyRouting.js';
import { automaticChi } from '../../../src/sim/mars/blowout.js';
import { grainMass } from '../../../src/sim/mars/grid.js';
import { shieldingAt } from '../../../src/sim/mars/shielding.js';
import { caseParams, describeWithReference, readCsv, readJson } from '../../reference/cases.js';
import { legacyDiskParams } from '../legacyParams.js';

const tolerance = 1e-12;

function expectRelative(found: number, expected: number, allowed = tolerance): void {
  if (found === expected) return;
  expect(Math.abs(found / expected - 1)).toBeLessThanOrEqual(allowed);
}

function expectAll(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expectRelative(found[k]!, expected[k]!);
}

const steps = [
  'smol_step_n8',
  'smol_step_n12',
  'smol_step_n40',
  'smol_step_n8_dilute_massconserving',
  'smol_step_n8_dilute_sink_sub',
];

/** The strength that the tables of single steps were made with. */
const strength = () => caseParams('r4_10yr_sweep').strength;

describeWithReference('functions of the original (../shared/reference/unit)', () => {
  test.each(steps)('%s: kernel, outcomes, supply and the step itself', (name) => {
    const { input, ...expected } = readJson(`reference/unit/${name}.json`);
    const n: number = input.n_bins;
    const of = (list: number[]) => Float64Array.from(list);
    const grains = { edges: of(input.edges), sizes: of(input.sizes), masses: of(input.m_k) };
    const params = legacyDiskParams({ density: input.rho, strength: strength() });
    const tables = new CollisionTables(params, n, grains.edges);
    tables.build(grains, input.v_rel, input.H);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const wide = grains.sizes[i]! + grains.sizes[j]!;
        const both = input.N_k[i] * input.N_k[j] * (i === j ? 0.5 : 1);
        expectRelative(tables.reach * wide * wide * both, expected.kernel_C[i][j]);
      }
    }
    const numbers = new Float64Array(n + 1);
    numbers.set(input.N_k);
    const sinks = sinksOf(input, grains, expected.S_blow);
    expectAll(sinks.source, expected.source_k);
    const step = new CollisionStep(n);
    step.take(numbers, grains, tables, sinks, input.dt);
    expectRelative(1 / step.fastest, expected.t_coll_min);
    expectRelative(step.covered, expected.dt_eff);
    expectRelative(step.sigma, expected.sigma_after);
    expect(Math.abs(step.massError - expected.mass_error)).toBeLessThanOrEqual(2e-15);
    expectRelative(step.gain, expected.gain_mass_rate);
    expectRelative(step.loss, expected.loss_mass_rate);
    expectRelative(step.source, expected.source_mass_rate);
    expectRelative(step.blown, expected.mass_loss_rate_blowout);
    expectRelative(step.external, expected.mass_loss_rate_sinks);
    expectRelative(step.sublimed, expected.mass_loss_rate_sublimation);
    expectRelative(step.blown + step.external + step.sublimed, expected.sink_mass_rate);
    const back = Float64Array.from(
      numbers.subarray(0, n),
      (N, k) => N / (input.scale_to_sigma * input.widths[k]),
    );
    expectAll(back, expected.number_after);
  });

  test('size drift, twice', () => {
    const { before, second, ...first } = readJson('reference/unit/size_drift.json');
    const of = (list: number[]) => Float64Array.from(list);
    const bins = {
      edges: of(before.edges),
      widths: of(before.widths),
      sizes: of(before.sizes),
      number: of(before.number),
    };
    let sigma: number = first.sigma_surf;
    for (const each of [{ ...first, ...first.after }, second]) {
      const ratio = driftSizes(bins, each.ds_dt * 20, each.floor);
      expectRelative(ratio, each.diag.mass_ratio);
      expectRelative(sigma - sigma * ratio, each.delta_sigma, 1e-11);
      sigma *= ratio;
      expectRelative(sigma, each.sigma_after);
      // Where the original ends at size 0 there is a least one here.
      each.sizes.forEach((s: number, k: number) => {
        if (s === 0) expect(bins.sizes[k]).toBeLessThanOrEqual(1e-12);
        else expectRelative(bins.sizes[k]!, s);
      });
      expectAll(bins.number, each.number);
    }
  });

  test('routes of the supply', () => {
    const rows = readCsv('reference/unit/supply_split.csv');
    for (const row of rows) {
      const number = (name: string) => Number(row[name]);
      const limited = row.headroom_policy !== 'none' && row.sigma_tau1 !== '';
      const rule = {
        mode: row.transport as 'direct' | 'deep_mixing',
        mixingTime: row.t_mix === '' ? null : number('t_mix'),
        headroom: limited
          ? Math.max(number('sigma_tau1') - number('sigma_surf'), 0)
          : Number.POSITIVE_INFINITY,
        spill: row.headroom_policy === 'spill',
      };
      const routed = route(rule, number('rate_in'), number('sigma_deep'), number('dt'));
      expectRelative(routed.applied, number('applied'));
      expect(Math.abs(routed.diverted - number('diverted'))).toBeLessThanOrEqual(1e-20);
      expect(Math.abs(routed.fromDeep - number('deep_to_surf'))).toBeLessThanOrEqual(1e-19);
      expectRelative(routed.deep, number('sigma_deep_after'));
      expect(Math.abs(routed.intoDeep - number('into_deep'))).toBeLessThanOrEqual(1e-20);
    }
  });

  test('Phi(tau) that is built in, and one from a table', () => {
    for (const row of readCsv('reference/unit/phi_tau.csv')) {
      expectRelative(shieldingAt(builtIn, Number(row.tau)), Number(row.phi_w0_0_g_0));
      const table = { depths: [0, 1], values: [1, 0.37] };
      expectRelative(shieldingAt(table, Number(row.tau)), Number(row.phi_037));
    }
  });

  test('automatic chi', () => {
    for (const row of readCsv('reference/unit/chi_blow_auto.csv')) {
      expectRelative(automaticChi(Number(row.beta), Number(row.qpr)), Number(row.chi));
    }
  });

  test('largest remnant', () => {
    for (const row of readCsv('reference/unit/largest_remnant.csv')) {
      expectRelative(largestRemnant(Number(row.phi)), Number(row.f_lr));
    }
  });

  test('initial sizes: numbers, masses and opacity', () => {
    const cases = readJson('reference/unit/psd.json');
    const { args, number, kappa } = cases.upper_n12;
    const params = legacyDiskParams({
      sizes: { min: args.s_min, max: args.s_max, bins: args.n_bins },
      density: args.rho,
      initial: { shape: 'upper', alpha: args.alpha, wavy: args.wavy_strength },
    });
    const disk = legacyDisk(params);
    const state = startState(disk);
    expectAll(state.number, number);
    if (kappa !== undefined) expectRelative(new Bins(disk, state).opacity(), kappa);
    expectRelative(disk.grid.masses[0]!, grainMass(disk.grid.sizes[0]!, args.rho));
  });
});

function sinksOf(
  input: unknown,
  grains: { edges: Float64Array; sizes: Float64Array; masses: Float64Array },
  blowout: number[],
): Sinks {
  const given = input as unknown as Record<string, number | string | boolean | null> & { widths: number[] };
  const n = grains.sizes.length;
  const numbers = new Float64Array(n);
  const injection =
    given.injection_mode === 'min_bin'
      ? ({ kind: 'min_bin', minSize: null } as const)
      : ({ kind: 'powerlaw_bins', slope: given.q as number, minSize: null, maxSize: null } as const);
  const bins = { ...grains, widths: Float64Array.from(given.widths) };
  const supply = given.source_rate as number;
  const rate = supply / injected(injection, bins, grains.edges[0]!, new Float64Array(n), numbers);
  const speed = -((given.ds_dt as number | null) ?? 0);
  const rates = Float64Array.from(blowout);
  if (given.mass_conserving === true) {
    grains.sizes.forEach((s, k) => {
      const distance = s - (given.a_blow as number);
      if (distance > 0 && distance <= speed * (given.dt as number)) rates[k] += speed / distance;
    });
  }
  return {
    blowout: rates,
    sublimation: grains.sizes.map((s) => (given.mass_conserving === true ? 0 : speed / s)),
    external: given.t_sink === null ? 0 : 1 / (given.t_sink as number),
    source: numbers.map((each) => rate * each),
    supply,
  };
}
