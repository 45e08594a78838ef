import { packState } from '../../../src/sim/container.js';
import { legacyDisk } from '../../../src/sim/legacy/disk.js';
import { marsLegacy } from '../../../src/sim/legacy/model.js';
import type { LegacyParams } from '../../../src/sim/legacy/params.js';
import { impactSpeed } from '../../../src/sim/legacy/velocities.js';
import { disruptionThreshold } from '../../../src/sim/mars/strength.js';
import { wholeRun } from '../../reference/runs.js';
import { legacyDiskParams } from '../legacyParams.js';
import { diskParams } from '../params.js';
import { endOf, ran } from './wholeRun.js';

const shares = { cratering: 0.1, fragmentation: 0.25 };

/** Dust on the largest grains leaves craters, equals shatter. */
const params = legacyDiskParams({ step: 400, energy: shares });
const { state, column } = ran(params);
const of = (name: string) => column(name, 'energy');

/** The sums of the start by the formulas of physics.md f, pair by pair, from numbers of grains. */
function sumsOfStart() {
  const { grid, number0, sigma0 } = legacyDisk(params);
  const { eccentricity: e, inclination: i, strength, density, radius } = params;
  const v = impactSpeed(params, { e, i });
  const H = i * radius;
  const { sizes, widths, masses, bins } = grid;
  let mass = 0;
  for (let k = 0; k < bins; k++) mass += masses[k]! * number0[k]! * widths[k]!;
  const N = Array.from(number0, (each, k) => (each * widths[k]! * sigma0) / mass);
  const sums = { relative: 0, retained: 0, cratering: 0, all: 0, kept: 0, remnant: 0 };
  for (let a = 0; a < bins; a++) {
    for (let b = a; b < bins; b++) {
      const reach =
        (Math.PI * (sizes[a]! + sizes[b]!) ** 2 * v) / (Math.sqrt(2 * Math.PI) * Math.sqrt(2) * H);
      const C = N[a]! * N[b]! * reach * (a === b ? 0.5 : 1);
      const reduced = (masses[a]! * masses[b]!) / (masses[a]! + masses[b]!);
      const energy = 0.5 * reduced * v * v;
      const phi = energy / (masses[a]! + masses[b]!) / disruptionThreshold(strength, sizes[b]!, v, density);
      const remnant = phi < 1.8 ? 1 - phi / 2 : 0.1 * (phi / 1.8) ** -1.5;
      const kept = remnant > 0.5 ? shares.cratering : shares.fragmentation;
      sums.relative += C * energy;
      sums.retained += C * kept * energy;
      sums.cratering += remnant > 0.5 ? C : 0;
      sums.all += C;
      sums.kept += C * kept;
      sums.remnant += C * remnant;
    }
  }
  return sums;
}

test('the first row is the sum over all pairs of the start', () => {
  const sums = sumsOfStart();
  expect(of('E_rel_rate')[0]! / sums.relative).toBeCloseTo(1, 11);
  expect(of('E_retained_rate')[0]! / sums.retained).toBeCloseTo(1, 11);
  expect(of('frac_cratering')[0]! / (sums.cratering / sums.all)).toBeCloseTo(1, 11);
  expect(of('frac_cratering')[0]! + of('frac_fragmentation')[0]!).toBeCloseTo(1, 14);
  expect(of('f_ke_mean')[0]! / (sums.kept / sums.all)).toBeCloseTo(1, 11);
  expect(of('F_lf_mean')[0]! / (sums.remnant / sums.all)).toBeCloseTo(1, 11);
  expect(of('frac_cratering')[0]).toBeGreaterThan(0);
  expect(of('frac_fragmentation')[0]).toBeGreaterThan(0);
});

test('both solvers begin with the same energies', () => {
  const { sizes, initial, tau0, eccentricity, inclination } = params;
  const same = { sizes, initial, tau0, eccentricity, inclination, energy: shares, stops: { end: 1 } };
  const resolved = wholeRun(diskParams(same)).rows;
  for (const name of [
    'E_rel_rate',
    'E_retained_rate',
    'n_cratering_rate',
    'n_fragmentation_rate',
    'F_lf_mean',
  ])
    expect([name, of(name)[0]! / resolved.column('energy', name)[0]!]).toEqual([name, expect.closeTo(1, 11)]);
});

test('amounts are rates times the time by which the state has moved on, and add up', () => {
  let sum = 0;
  for (const [k, amount] of of('E_rel_step').entries()) {
    expect(amount).toBe(of('E_rel_rate')[k]! * of('smol_dt_eff')[k]!);
    sum += amount;
    expect(of('E_rel_cum')[k]).toBe(sum);
  }
  expect(state.energy[0]).toBe(sum);
});

test('a frozen disk has had the energy of the time that it has covered, not of its clock (Z1, Z9)', () => {
  const dense = ran(legacyDiskParams({ tau0: 1, sizes: { max: 1 }, stops: { end: 2000 }, energy: shares }));
  const rate = dense.column('E_rel_rate', 'energy')[0]!;
  const { covered } = dense.state;
  expect(covered).toBeLessThan(1e-3 * 2000);
  expect(dense.column('E_rel_cum', 'energy').at(-1)! / (rate * covered)).toBeCloseTo(1, 2);
});

test('nothing is lost between the parts, and every row has a class', () => {
  for (const [k, relative] of of('E_rel_cum').entries()) {
    const parts = of('E_dissipated_cum')[k]! + of('E_retained_cum')[k]!;
    expect(Math.abs(parts - relative)).toBeLessThanOrEqual(1e-14 * relative);
  }
  expect(new Set(column('error_class', 'energy_budget'))).toEqual(new Set([0]));
  expect(column('time', 'energy_budget')).toEqual(column('time'));
});

test('rows may be thinned: amounts count every step', () => {
  const thinned = ran(legacyDiskParams({ output: { seriesStride: 7 } }, params));
  expect(thinned.column('E_rel_cum', 'energy').at(-1)).toBe(of('E_rel_cum').at(-1));
  expect(thinned.column('E_rel_cum', 'energy').length).toBeLessThan(of('E_rel_cum').length / 6);
});

test('the steps do not know of it, and without it there is nothing', () => {
  const { energy: _, ...without } = params;
  const plain = ran(without);
  expect(plain.column('Sigma_surf')).toEqual(column('Sigma_surf'));
  expect(plain.state.energy).toHaveLength(0);
  expect(marsLegacy.tables(without).map(({ name }) => name)).not.toContain('energy');
});

test('faster impacts carry more energy; bouncier ones keep more; blended speeds and drifting sizes count', () => {
  const first = (changes: object, name: string) =>
    ran(legacyDiskParams(changes, params)).column(name, 'energy')[0]!;
  expect(first({ eccentricity: 0.7 }, 'E_rel_rate')).toBeGreaterThan(first({}, 'E_rel_rate'));
  expect(first({ energy: { fragmentation: 0.9 } }, 'E_retained_rate')).toBeGreaterThan(
    first({}, 'E_retained_rate'),
  );
  expect(first({ energy: { cratering: 0.9 } }, 'f_ke_mean')).toBeGreaterThan(first({}, 'f_ke_mean'));
  const slow = { velocity: { of: { kind: 'factor', factor: 0.1 }, blend: 'linear', weight: 'sigma_ratio' } };
  const last = (changes: object) => endOf(legacyDiskParams(changes, params)).energy[0]!;
  expect(last({ supply: slow })).toBeLessThan(last({}));
  const hot = { temperature: { start: 4600 } };
  const drifting = { ...hot, sublimation: { location: 'surface' } };
  expect(last(drifting)).toBeLessThan(last({ ...hot, sublimation: null }));
});

test('without collisions there is no energy; in melt it stops', () => {
  const none = ran(legacyDiskParams({ collisions: { enabled: false } }, params));
  expect(none.column('E_rel_cum', 'energy').at(-1)).toBe(0);
  expect(none.column('frac_cratering', 'energy').at(-1)).toBe(0);
  const phase: LegacyParams['phase'] = {
    ...{ input: 'mars_surface', condense: 3900, vaporize: 3950, referencePressure: 0, pressure: 0 },
    ...{ referenceTau: null, sublimesAsMelt: false },
  };
  const temperature = { kind: 'table' as const, times: [0, 4e4], temperatures: [3500, 4200] };
  const melting = ran(legacyDiskParams({ temperature, phase }, params));
  for (const name of ['E_rel_rate', 'E_rel_step', 'frac_cratering']) {
    const values = melting.column(name, 'energy');
    expect([values[0]! > 0, values.at(-1)]).toEqual([true, 0]);
  }
});

test('a state of the first format is read, without energies', () => {
  const { energy: _, ...without } = params;
  const end = endOf(without);
  const { scalars, arrays } = marsLegacy.fields(end);
  const { begun: __, ...numbers } = scalars;
  const { energy: ___, course: ____, ...old } = arrays;
  const found = { ...end, course: new Float64Array(0) };
  expect(marsLegacy.fromFields({ scalars: numbers, arrays: old }, 1)).toEqual(found);
  const packed = { schema: 1, scalars: Object.values(numbers), arrays: Object.values(old) };
  expect(marsLegacy.decode(packState(marsLegacy.name, packed))).toEqual(found);
  expect(() => marsLegacy.decode(packState(marsLegacy.name, { ...packed, schema: 2 }))).toThrow(
    /holds 30 numbers and 4 arrays, 31 and 5 were expected/,
  );
});
