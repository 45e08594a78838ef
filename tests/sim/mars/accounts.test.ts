import { diskOf } from '../../../src/sim/mars/disk.js';
import { energyError, errorClass } from '../../../src/sim/mars/energy.js';
import { geometricKernel } from '../../../src/sim/mars/kernel.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { split } from '../../../src/sim/mars/remnant.js';
import { wholeRun } from '../../reference/runs.js';
import { diskParams } from '../params.js';

const shares = { cratering: 0.1, fragmentation: 0.25 };
const period = (params: MarsParams) => (2 * Math.PI) / diskOf(params).Omega;

describe('orbit roll-up', () => {
  const params = diskParams({ stops: { end: 2e5 }, output: { orbitRollup: true } });
  const { rows, state } = wholeRun(params);
  const column = (name: string) => rows.column('orbit_rollup', name);
  const orbit = period(params);

  test('a row for each orbit at its exact end, and one for what the run has begun of the last', () => {
    const whole = Math.floor(2e5 / orbit);
    expect(column('orbit_index')).toEqual(Array.from({ length: whole + 1 }, (_, k) => k + 1));
    expect(column('time_s')).toEqual([...Array.from({ length: whole }, (_, k) => (k + 1) * orbit), 2e5]);
    expect(column('orbit_fraction').slice(0, -1)).toEqual(new Array(whole).fill(1));
    expect(column('orbit_fraction').at(-1)).toBeCloseTo(2e5 / orbit - whole, 12);
  });

  test('the orbits together are the ledgers, which say the same at these times in rows of their own', () => {
    const sum = (name: string) => column(name).reduce((total, value) => total + value, 0);
    const { M_loss_rp_mars: out, M_loss_from_sinks: sunk } = marsDisk.summary(state, params) as Record<
      string,
      number
    >;
    expect(sum('M_out_orbit') / out!).toBeCloseTo(1, 12);
    expect(sum('M_sink_orbit') / sunk!).toBeCloseTo(1, 12);
    const times = column('time_s').slice(0, -1);
    const timed = wholeRun({ ...params, output: { ...params.output, every: { kind: 'times', times } } });
    expect(timed.rows.column('run', 'mass_lost_by_blowout').slice(1)).toEqual(column('M_out_cum'));
    expect(timed.rows.column('run', 'mass_lost_by_sinks').slice(1)).toEqual(column('M_sink_cum'));
    expect(timed.rows.tables.orbit_rollup).toEqual(rows.tables.orbit_rollup);
  });

  test('rates are per second of what the row covers; shares are of the mass at the start', () => {
    const last = rows.tables.orbit_rollup!.length - 1;
    for (const row of [0, 3, last]) {
      const at = (name: string) => column(name)[row]!;
      expect(at('M_loss_orbit')).toBe(at('M_out_orbit') + at('M_sink_orbit'));
      expect(at('M_loss_per_orbit') / (at('M_loss_orbit') / (at('orbit_fraction') * orbit))).toBeCloseTo(
        1,
        14,
      );
      const initial = (marsDisk.summary(state, params) as { mass_initial: number }).mass_initial;
      expect(at('mass_loss_frac_per_orbit') / (at('M_loss_orbit') / initial)).toBeCloseTo(1, 14);
    }
  });

  test('a run of whole orbits has no row besides theirs, also where it lands on their ends', () => {
    for (const mode of ['dense', 'land'] as const) {
      const exact = diskParams({
        stops: { end: 4 * orbit },
        output: { mode, every: { kind: 'interval', seconds: orbit }, orbitRollup: true },
      });
      const found = wholeRun(exact).rows;
      expect(found.column('orbit_rollup', 'time_s')).toEqual([1, 2, 3, 4].map((k) => k * orbit));
      expect(found.column('orbit_rollup', 'orbit_fraction')).toEqual([1, 1, 1, 1]);
    }
  });

  test('without blow-out nothing is blown out in any orbit; without sublimation nothing goes elsewhere', () => {
    const lost = (changes: Parameters<typeof diskParams>[0], name: string) =>
      wholeRun(diskParams(changes, params)).rows.column('orbit_rollup', name).slice(0, -1);
    for (const value of lost({ blowout: { enabled: false } }, 'M_out_orbit')) expect(value).toBe(0);
    for (const value of lost({ sublimation: null }, 'M_sink_orbit')) expect(value).toBe(0);
    for (const value of lost({ sublimation: null }, 'M_out_orbit')) expect(value).toBeGreaterThan(0);
  });
});

describe('energy accounts', () => {
  const params = diskParams({
    stops: { end: 3e4 },
    output: { every: { kind: 'log', perDecade: 40 } },
    energy: shares,
  });
  const { rows, state } = wholeRun(params);
  const of = (name: string) => rows.column('energy', name);

  test('a row is the sum over all pairs of bins', () => {
    const { grid, thresholds, relativeSpeed: v, scaleHeight: H, initialMasses: M } = diskOf(params);
    const kernel = geometricKernel(grid, v, H);
    let [relative, retained, cratering, all] = [0, 0, 0, 0];
    for (let i = 0; i < grid.bins; i++) {
      for (let j = i; j < grid.bins; j++) {
        const [m, n] = [grid.masses[i]!, grid.masses[j]!];
        const collisions = ((i === j ? 0.5 : 1) * kernel[i * grid.bins + j]! * M[i]! * M[j]!) / (m * n);
        const energy = (0.5 * (m * n) * v * v) / (m + n);
        const { remnant } = split(energy / (m + n) / thresholds[j]!);
        relative += collisions * energy;
        retained += collisions * energy * (remnant > 0.5 ? shares.cratering : shares.fragmentation);
        cratering += remnant > 0.5 ? collisions : 0;
        all += collisions;
      }
    }
    expect(of('E_rel_rate')[0]! / relative).toBeCloseTo(1, 12);
    expect(of('E_retained_rate')[0]! / retained).toBeCloseTo(1, 12);
    expect(of('frac_cratering')[0]! / (cratering / all)).toBeCloseTo(1, 12);
    expect(of('E_rel_cum')[0]).toBe(0);
  });

  test('amounts are integrals of the rates, wherever rows lie', () => {
    const [t, rate, amount] = [of('time'), of('E_rel_rate'), of('E_rel_cum')];
    let sum = 0;
    const from = t.findIndex((time) => time > 1);
    for (let k = from + 1; k < t.length; k++) sum += ((t[k]! - t[k - 1]!) * (rate[k]! + rate[k - 1]!)) / 2;
    expect(sum / (amount.at(-1)! - amount[from]!)).toBeCloseTo(1, 2);
    const coarse = wholeRun({
      ...params,
      output: { ...params.output, every: { kind: 'interval', seconds: 7e3 } },
    });
    expect(coarse.rows.column('energy', 'E_rel_cum').at(-1)).toBe(amount.at(-1));
    expect(Array.from(coarse.state.accounts)).toEqual(Array.from(state.accounts));
  });

  test('nothing is lost between the parts, and every row has a class', () => {
    for (const [k, relative] of of('E_rel_cum').entries()) {
      const parts = of('E_dissipated_cum')[k]! + of('E_retained_cum')[k]!;
      expect(Math.abs(parts - relative)).toBeLessThanOrEqual(1e-14 * relative);
    }
    expect(new Set(rows.column('energy_budget', 'error_class'))).toEqual(new Set([0]));
    expect(rows.column('energy_budget', 'time')).toEqual(rows.column('run', 'time'));
    expect([0, 1e-12, 1.1e-12, 1e-6, 1.1e-6].map(errorClass)).toEqual([0, 0, 1, 1, 2]);
    expect(energyError(Float64Array.of(2, 1, 0.5))).toBe(0.25);
    expect(energyError(Float64Array.of(0, 0, 0))).toBe(0);
  });

  const end = (changes: Parameters<typeof diskParams>[0], name: string) =>
    wholeRun(diskParams(changes, params)).rows.column('energy', name).at(-1)!;

  test('the steps do not know of it', () => {
    const { energy: _, ...without } = params;
    expect(wholeRun(without).rows.tables.run).toEqual(rows.tables.run);
  });

  test('faster impacts carry more energy; bouncier ones keep more of it; without collisions there is none', () => {
    expect(end({ eccentricity: 0.7 }, 'E_rel_rate')).not.toBe(of('E_rel_rate').at(-1));
    const first = (changes: object) =>
      wholeRun(diskParams(changes, params)).rows.column('energy', 'E_rel_rate')[0]!;
    expect(first({ eccentricity: 0.7 })).toBeGreaterThan(first({}));
    expect(end({ energy: { fragmentation: 0.9 } }, 'E_retained_cum')).toBeGreaterThan(
      of('E_retained_cum').at(-1)!,
    );
    expect(end({ energy: { cratering: 0.9 } }, 'f_ke_mean')).toBeGreaterThan(of('f_ke_mean').at(-1)!);
    expect(end({ collisions: { enabled: false } }, 'E_rel_cum')).toBe(0);
    expect(end({ collisions: { enabled: false } }, 'frac_cratering')).toBe(0);
  });
});

test('diagnostics: every k-th row of run and the last, and steps that close', () => {
  const params = diskParams({ stops: { end: 1e5 }, supply: null, output: { diagnosticsStride: 7 } });
  const { rows } = wholeRun(params);
  const run = rows.column('run', 'step');
  const steps = rows.column('diagnostics', 'step');
  expect(steps).toEqual(run.filter((_, i) => i % 7 === 0 || i === run.length - 1));
  for (const row of rows.tables.diagnostics!)
    for (const value of row) expect(Number.isFinite(value)).toBe(true);
  const at = (name: string) => rows.column('diagnostics', name);
  for (let i = 1; i < steps.length; i++) {
    const loss = at('smol_sigma_before')[i]! - at('smol_sigma_after')[i]!;
    expect(Math.abs(loss - at('smol_sigma_loss')[i]!)).toBeLessThan(1e-14 * at('smol_sigma_before')[0]!);
  }
});

test('means over steps are what the ledgers gained in them', () => {
  const { rows } = wholeRun(diskParams({ stops: { end: 1e5 } }));
  const at = (name: string) => rows.column('run', name);
  for (let i = 1; i < at('step').length; i++) {
    const gained = at('mass_lost_by_blowout')[i]! - at('mass_lost_by_blowout')[i - 1]!;
    expect(Math.abs(at('M_out_dot_avg')[i]! * at('dt')[i]! - gained)).toBeLessThan(
      1e-12 * at('mass_lost_by_blowout')[i]!,
    );
  }
  expect(at('M_out_dot_avg')[0]).toBe(at('M_out_dot')[0]);
});
