import { marsLegacy } from '../../../src/sim/legacy/model.js';
import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import { legacyDiskParams } from '../legacyParams.js';
import type { Changes } from '../params.js';
import { endOf, ran } from './wholeRun.js';

/** Vapour, melt and solid in turn, while Mars cools quickly. */
const phase: LegacyParams['phase'] = {
  ...{ input: 'mars_surface', condense: 3000, vaporize: 3980, referencePressure: 0, pressure: 0 },
  ...{ referenceTau: null, sublimesAsMelt: true },
};
const params = legacyDiskParams({
  phase,
  gasDrag: 1e-9,
  escape: { strength: 1e-5, exponent: 1, reference: 2000, leastFraction: 1e-3 },
  temperature: { start: 4000, layer: 20 },
} as Changes<LegacyParams>);
const { column } = ran(params);
const summary = marsLegacy.summary(endOf(params), params) as Record<string, number>;

/** Steps in which a column has a value, times their length. */
const timeOf = (name: string, code: number) =>
  Array.from(column(name)).filter((value) => value === code).length * summary.dt_s!;

test.each([
  ['time_solid_s', 'phase_state', 0],
  ['time_vapor_s', 'phase_state', 1],
  ['time_solid_dominated_s', 'phase_bulk_state', 0],
  ['time_mixed_s', 'phase_bulk_state', 1],
  ['time_liquid_dominated_s', 'phase_bulk_state', 2],
  ['time_no_sink_s', 'sink_selected', 0],
  ['time_blowout_s', 'sink_selected', 1],
  ['time_hydro_escape_s', 'sink_selected', 2],
])('%s is the steps in which %s is %i', (name, of, code) => {
  expect(summary[name]!).toBeCloseTo(timeOf(of, code), 6);
});

test('each phase and each sink but one has its time', () => {
  for (const name of ['solid', 'vapor', 'mixed', 'liquid_dominated', 'blowout', 'hydro_escape']) {
    expect(summary[`time_${name}_s`]).toBeGreaterThan(0);
  }
  expect(summary.phase_method).toBe('threshold');
});

test('extremes are those of all rows', () => {
  const supply = { feedback: { target: 2e-6, gain: 1, responseTime: 1e4, min: 0.1, max: 4, initial: 2 } };
  const changed = legacyDiskParams({
    supply,
    blowout: { gate: 'sublimation_competition' },
  } as Changes<LegacyParams>);
  const rows = ran(changed);
  const of = marsLegacy.summary(endOf(changed), changed);
  for (const name of ['supply_feedback_scale', 'blowout_gate_factor']) {
    const values = rows.column(name);
    expect([of[`${name}_min`], of[`${name}_max`]]).toEqual([Math.min(...values), Math.max(...values)]);
  }
  const nominal = rows.column('supply_rate_nominal').slice(1);
  const shares = rows
    .column('supply_rate_applied')
    .slice(1)
    .map((rate, i) => rate / nominal[i]!);
  expect([of.supply_visibility_min, of.supply_visibility_max]).toEqual([0, Math.max(...shares)]);
  expect(of.supply_temperature_scale_min).toBeNull();
});

test('a state that does not know the course goes on without it', () => {
  const sink = { write() {} };
  const half = marsLegacy.advance(marsLegacy.initial(params), params, 1e4, () => false, sink);
  const { scalars, arrays } = marsLegacy.fields(half);
  const { course: _, ...old } = arrays;
  const begun = marsLegacy.fromFields({ scalars, arrays: old }, 2);
  const end = marsLegacy.advance(begun, params, Number.POSITIVE_INFINITY, () => false, sink);
  const found = marsLegacy.summary(end, params);
  expect([found.time_vapor_s, found.T_M_final, found.supply_visibility_max]).toEqual([null, null, null]);
  expect(found.M_loss).toBe(summary.M_loss);
  expect(found.time_solid_s).toBe(summary.time_solid_s);
});
