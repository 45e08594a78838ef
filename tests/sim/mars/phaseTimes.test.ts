import { diskOf } from '../../../src/sim/mars/disk.js';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import { wholeRun } from '../../reference/runs.js';
import { type Changes, diskParams } from '../params.js';

/** Grains between 3000 and 3400 K on Mars, which cools from 3500 K: vapour, melt, mixture, solid within a year and a half. */
const phase: NonNullable<MarsParams['phase']> = {
  temperatureRatio: 1,
  condense: 3000,
  vaporize: 3400,
  referencePressure: 0,
  pressure: 0,
  referenceTau: null,
  sublimesAsMelt: false,
};
const cooling = { kind: 'slab', start: 3500, layer: 1e5, density: 3000, heatCapacity: 1000 } as const;
const escaping = { strength: 1e-9, exponent: 1, reference: 2000, leastFraction: 1e-3 };

function paramsOf(changes: Changes<MarsParams> = {}): MarsParams {
  const base = diskParams({ temperature: cooling, phase, stops: { end: 5e7 } } as Changes<MarsParams>);
  return diskParams(changes, base);
}

function summaryOf(params: MarsParams): Record<string, number> {
  return marsDisk.summary(wholeRun(params).state, params) as Record<string, number>;
}

const times = (summary: Record<string, unknown>) =>
  Object.entries(summary).filter(([name]) => /^time_(solid|vapor|mixed|liquid|blow|hydro|no_)/.test(name));

test('where temperature decides, each phase lasts as long as the law of cooling says', () => {
  const params = paramsOf({ escape: escaping });
  const of = summaryOf(params);
  const { at, passes } = diskOf(params).cooling;
  const [melt, vapour, throughout] = [0.95, 0.5, 0.05].map((f) => passes(3000 + 400 * f, 5e7)[0]!);
  expect(at(melt!)).toBeCloseTo(3380, 9);
  expect(of.time_liquid_dominated_s! / melt!).toBeCloseTo(1, 12);
  expect(of.time_vapor_s! / vapour!).toBeCloseTo(1, 12);
  expect(of.time_hydro_escape_s).toBe(of.time_vapor_s);
  expect(of.time_mixed_s! / (throughout! - melt!)).toBeCloseTo(1, 11);
  expect(of.time_solid_dominated_s! / (5e7 - throughout!)).toBeCloseTo(1, 11);
  expect(of.time_solid_s! + of.time_vapor_s!).toBeCloseTo(5e7, 5);
  expect(of.time_blowout_s).toBe(of.time_solid_s);
  expect(of.time_no_sink_s).toBe(0);
});

/** Optical depth keeps hot grains solid: they become vapour when the ring is thin for a moment, and at last when it stays so. */
const byDepth = paramsOf({
  phase: { condense: 1000, vaporize: 4000, referenceTau: 1 },
  supply: null,
  stops: { end: 1e5 },
});

/** How long a quantity of the rows is below a limit, with its logarithm straight between rows. */
function timeBelow(limit: number, times: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 1; i < times.length; i++) {
    const [a, b] = [Math.log(values[i - 1]! / limit), Math.log(values[i]! / limit)];
    const length = times[i]! - times[i - 1]!;
    const share = a < 0 === b < 0 ? Number(a < 0) : Math.abs(Math.min(a, b) / (b - a));
    sum += share * length;
  }
  return sum;
}

test('where optical depth decides too, the times are those of the solution', () => {
  const every = { kind: 'interval', seconds: 1 } as const;
  const params = diskParams({ stops: { end: 1e4 }, output: { every } } as Changes<MarsParams>, byDepth);
  const { rows, state } = wholeRun(params);
  const below = (limit: number) =>
    timeBelow(limit, rows.column('run', 'time'), rows.column('run', 'phase_f_vap'));
  const of = marsDisk.summary(state, params) as Record<string, number>;
  expect(of.time_solid_s! / below(0.5)).toBeCloseTo(1, 6);
  expect(of.time_vapor_s! / (1e4 - below(0.5))).toBeCloseTo(1, 5);
  expect(of.time_solid_dominated_s! / below(0.05)).toBeCloseTo(1, 5);
  expect(of.time_mixed_s! / (1e4 - below(0.05))).toBeCloseTo(1, 5);
  expect(of.time_vapor_s!).toBeGreaterThan(1e3);
});

test('times do not depend on where rows lie, and hardly on the tolerance', () => {
  const of = summaryOf(byDepth);
  const every = { kind: 'interval', seconds: 777 } as const;
  const rows = summaryOf(diskParams({ output: { every } } as Changes<MarsParams>, byDepth));
  expect(times(rows)).toEqual(times(of));
  const sharp = summaryOf(diskParams({ solver: { rtol: 1e-8 } }, byDepth));
  expect(of.time_solid_s! / sharp.time_solid_s!).toBeCloseTo(1, 4);
});

test('more weight of the optical depth keeps grains solid for longer', () => {
  const heavier = summaryOf(diskParams({ phase: { referenceTau: 0.5 } }, byDepth));
  expect(heavier.time_solid_s!).toBeGreaterThan(summaryOf(byDepth).time_solid_s!);
});

test('a gate of blow-out by optical depth has times of its own, without phases', () => {
  const { phase: _, ...plain } = diskParams({ supply: null, stops: { end: 1e5 } });
  const params = diskParams({ blowout: { tauGate: 0.5 } }, plain as MarsParams);
  const of = summaryOf(params);
  expect(of.time_solid_s).toBeNull();
  expect(of.time_no_sink_s!).toBeGreaterThan(0);
  expect(of.time_blowout_s! + of.time_no_sink_s!).toBeCloseTo(1e5, 6);
  const lower = summaryOf(diskParams({ blowout: { tauGate: 0.2 } }, params));
  expect(lower.time_blowout_s!).toBeLessThan(of.time_blowout_s!);
});

test('without phases and gates there are no times, and nothing is kept', () => {
  const params = diskParams({ stops: { end: 1e4 } });
  const { state } = wholeRun(params);
  expect(state.accounts).toHaveLength(0);
  const summary = marsDisk.summary(state, params);
  expect(summary.phase_method).toBe('disabled');
  expect(times(summary).map(([, value]) => value)).toEqual(Array(8).fill(null));
});

test('melt in which blow-out is allowed to go on is blown out longer', () => {
  const [solid, any] = [{}, { anyPhase: true as const }].map((blowout) =>
    summaryOf(paramsOf({ blowout, escape: escaping })),
  );
  expect(any!.time_blowout_s!).toBeGreaterThan(solid!.time_blowout_s!);
  expect(any!.time_no_sink_s).toBe(0);
  expect(any!.time_blowout_s! + any!.time_liquid_dominated_s!).toBeCloseTo(5e7, 5);
});

test('times are the same bits however the run is cut', () => {
  const sink = { write() {} };
  let state = marsDisk.initial(byDepth);
  for (const boundary of [700, 720, 725, 3e3, 3.4e3, 4.7e4, Number.POSITIVE_INFINITY]) {
    state = marsDisk.decode(marsDisk.encode(marsDisk.advance(state, byDepth, boundary, () => false, sink)));
  }
  expect(times(marsDisk.summary(state, byDepth))).toEqual(times(summaryOf(byDepth)));
});

test('a state of format 2 goes on, with times that are not known', () => {
  const sink = { write() {} };
  const whole = marsDisk.advance(
    marsDisk.initial(byDepth),
    byDepth,
    Number.POSITIVE_INFINITY,
    () => false,
    sink,
  );
  const half = marsDisk.advance(marsDisk.initial(byDepth), byDepth, 1e5, () => false, sink);
  const { scalars, arrays } = marsDisk.fields(half);
  const old = marsDisk.fromFields({ scalars, arrays: { ...arrays, accounts: new Float64Array(0) } }, 2);
  const end = marsDisk.advance(old, byDepth, Number.POSITIVE_INFINITY, () => false, sink);
  const [known, unknown] = [whole, end].map((state) => marsDisk.summary(state, byDepth));
  expect(times(unknown!).map(([, value]) => value)).toEqual(Array(8).fill(null));
  const others = (summary: object) => Object.entries(summary).filter(([name]) => !/^time_(?!end)/.test(name));
  expect(others(unknown!)).toEqual(others(known!));
});
