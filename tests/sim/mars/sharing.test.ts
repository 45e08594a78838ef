import fc from 'fast-check';
import { marsDisk } from '../../../src/sim/mars/model.js';
import type { MarsParams } from '../../../src/sim/mars/params.js';
import type { MarsState } from '../../../src/sim/mars/state.js';
import { BitRows, hex, run } from '../bytes.js';
import { diskParams } from '../params.js';
import { heated } from './supply/supplies.js';

const { divergence, early, untouched, plannedEnd } = marsDisk.sharing!;
const open = Number.POSITIVE_INFINITY;
const year = 31557600;

/** The last state of a run that others without differences before `until` share, with the rows up to there. */
function fork(params: MarsParams, until: number): { state: MarsState; rows: readonly string[] } {
  const sink = new BitRows();
  const stop = (state: MarsState) => !untouched(state, params, until);
  return { state: marsDisk.advance(marsDisk.initial(params), params, open, stop, sink), rows: sink.rows };
}

/** Goes on from a state, through bytes. */
function goneOn(params: MarsParams, { state, rows }: ReturnType<typeof fork>) {
  const sink = new BitRows();
  const start = marsDisk.decode(marsDisk.encode(state));
  const final = marsDisk.advance(start, params, open, () => false, sink);
  return { rows: [...rows, ...sink.rows], final: hex(marsDisk.encode(final)) };
}

const whole = (params: MarsParams) => run(marsDisk, params, () => open);

/** Both runs from the state that the other one, or they themselves, come to. */
function expectShared(a: MarsParams, b: MarsParams): MarsState {
  expect(JSON.stringify(early(a))).toBe(JSON.stringify(early(b)));
  const until = divergence(a, b);
  expect(divergence(b, a)).toBe(until);
  const [ofA, ofB] = [fork(a, until), fork(b, until)];
  expect(hex(marsDisk.encode(ofA.state)) === hex(marsDisk.encode(ofB.state))).toBe(true);
  for (const [params, from] of [[a, ofB] as const, [b, ofA] as const]) {
    const [found, expected] = [goneOn(params, from), whole(params)];
    expect(found.rows.findIndex((row, i) => row !== expected.rows[i])).toBe(-1);
    expect(found.rows.length).toBe(expected.rows.length);
    expect(found.final === expected.final).toBe(true);
  }
  return ofA.state;
}

type Supply = NonNullable<MarsParams['supply']>;
type Pieces = Extract<Supply['rate'], { kind: 'piecewise' }>['pieces'];

const injection: Supply['injection'] = { kind: 'powerlaw_bins', slope: 3.5, minSize: null, maxSize: null };
const late = (...pieces: Pieces): Supply => ({ rate: { kind: 'piecewise', pieces }, injection });
const timed = (times: number[], rates: number[]): Supply => ({
  rate: { kind: 'table', times, rates },
  injection,
});
const decaying = (start: number): Supply => ({
  rate: { kind: 'powerlaw', coefficient: 10, start, exponent: -1 },
  injection,
});
const many = Array.from({ length: 1200 }, (_, i) => 3e4 * i);

const table: MarsParams['temperature'] = {
  kind: 'table',
  times: [0, 1e5, 4e6, 3e7, 1e8],
  temperatures: [4200, 4100, 2900, 1600, 1500],
};

const damped: NonNullable<MarsParams['phase']> = {
  ...{ temperatureRatio: 1, condense: 1000, vaporize: 4300, referencePressure: 0, pressure: 0 },
  ...{ referenceTau: 1, sublimesAsMelt: false },
};

describe('runs that differ late are one run up to there, bit for bit, states and rows', () => {
  const pairs: Record<string, [Parameters<typeof diskParams>[0], Parameters<typeof diskParams>[0], number]> =
    {
      'two ends': [{ stops: { end: year } }, { stops: { end: 3 * year } }, 0.5],
      'two ends that are nearly one': [{ stops: { end: year } }, { stops: { end: year * (1 + 1e-9) } }, 0.5],
      'an end at a time and one at a temperature': [
        { stops: { end: 1e6 } },
        { stops: { end: 1e9, temperature: 3000 } },
        0.5,
      ],
      'an end while the blow-out size passes the grid': [
        { stops: { end: year } },
        { stops: { end: 100 * year, blowoutBelowGrid: true } },
        0.5,
      ],
      'rows at an interval': [
        { stops: { end: 1e7 }, output: { every: { kind: 'interval', seconds: 1e6 } } },
        { stops: { end: 1.05e7 }, output: { every: { kind: 'interval', seconds: 1e6 } } },
        0.5,
      ],
      'landing, with an end on an output time of the other': [
        { stops: { end: 1e7 }, output: { mode: 'land', every: { kind: 'interval', seconds: 1e6 } } },
        { stops: { end: 1.5e7 }, output: { mode: 'land', every: { kind: 'interval', seconds: 1e6 } } },
        0.8,
      ],
      'a logarithmic cadence': [
        { stops: { end: 1e6 }, output: { mode: 'land', every: { kind: 'log', perDecade: 3 } } },
        { stops: { end: 1e8 }, output: { mode: 'land', every: { kind: 'log', perDecade: 3 } } },
        0.1,
      ],
      'lists of output times that part': [
        { stops: { end: 1e7 }, output: { every: { kind: 'times', times: [1, 1e3, 2e6, 9e6] } } },
        { stops: { end: 1e7 }, output: { every: { kind: 'times', times: [1, 1e3, 3e6] } } },
        0.05,
      ],
      'landing on lists that part': [
        {
          stops: { end: 1e7 },
          output: { mode: 'land', every: { kind: 'times', times: [1, 1e3, 2e6, 9e6] } },
        },
        { stops: { end: 1e7 }, output: { mode: 'land', every: { kind: 'times', times: [1, 1e3, 3e6] } } },
        0.05,
      ],
      'a stop that acts late in one of them': [
        { stops: { end: 1e7 } },
        { stops: { end: 1e7, tau: 1e-9, minDuration: 3e6 } },
        0.1,
      ],
      'stops that act late, at different limits': [
        { stops: { end: 1e7, lossRate: 1, minDuration: 2e6 } },
        { stops: { end: 1e7, lossRate: 1e-30, minDuration: 2e6 } },
        0.05,
      ],
      'a stop that acts in both before they differ': [
        { stops: { end: 1e7, tau: 1.2, minDuration: 10 } },
        { stops: { end: 2e7, tau: 1.2, minDuration: 10 } },
        0,
      ],
      'a table of temperatures': [
        { temperature: table, stops: { end: 2e7 } },
        { temperature: table, stops: { end: 6e7 } },
        0.1,
      ],
      lower_edge: [
        { blowout: { partialBin: 'lower_edge' }, stops: { end: year } },
        { blowout: { partialBin: 'lower_edge' }, stops: { end: 2 * year } },
        0.4,
      ],
      'two ends, with phases that depend on the optical depth': [
        { phase: damped, supply: null, stops: { end: 1e6 } },
        { phase: damped, supply: null, stops: { end: 1e7 } },
        0.3,
      ],
      'no supply, and one that begins late': [
        { supply: null, stops: { end: year } },
        {
          supply: late({ from: 4e6, to: 9e6, rate: { kind: 'constant', value: 1e-5 } }),
          stops: { end: year },
        },
        0.05,
      ],
      'pieces that differ late, into other sizes': [
        { supply: late({ from: 2e6, to: 9e6, rate: { kind: 'constant', value: 1e-5 } }) },
        {
          supply: {
            ...late({ from: 3e6, to: 9e6, rate: { kind: 'constant', value: 1e-5 } })!,
            injection: { kind: 'min_bin', minSize: null },
          },
        },
        0.03,
      ],
      'a piece that is followed by another in one of them': [
        {
          supply: late(
            { from: 0, to: 4e6, rate: { kind: 'constant', value: 1e-5 } },
            { from: 4e6, to: 2e7, rate: { kind: 'constant', value: 3e-5 } },
          ),
        },
        { supply: late({ from: 0, to: 4e6, rate: { kind: 'constant', value: 1e-5 } }) },
        0.05,
      ],
      'tables whose later rows differ': [
        { supply: timed([0, 1e5, 3e6, 9e6], [0, 2e-5, 1e-5, 1e-6]) },
        { supply: timed([0, 1e5, 3e6, 9e6], [0, 2e-5, 1e-5, 2e-6]) },
        0.05,
      ],
      'tables with many rows': [
        {
          supply: timed(
            many,
            many.map((t) => 1e-5 * (1 + Math.sin(t / 1e6))),
          ),
        },
        {
          supply: timed(
            many,
            many.map((t) => (t < 1e7 ? 1e-5 * (1 + Math.sin(t / 1e6)) : 2e-5)),
          ),
        },
        0.2,
      ],
      'power laws that begin at different times': [
        { supply: decaying(3e6) },
        { supply: decaying(5e6) },
        0.05,
      ],
      'deep buffers, coupled to T_M, that are filled at different times': [
        { supply: { ...decaying(3e6), mixingTime: 1e6, temperature: heated } },
        { supply: { ...decaying(5e6), mixingTime: 1e6, temperature: heated } },
        0.05,
      ],
      'the same run twice': [{}, {}, 0.2],
    };

  it.each(Object.entries(pairs))('%s', (_, [a, b, share]) => {
    const [one, other] = [diskParams(a), diskParams(b)];
    const state = expectShared(one, other);
    expect(state.steps).toBeGreaterThan(10);
    expect(state.time).toBeGreaterThanOrEqual(share * Math.min(plannedEnd(one), plannedEnd(other)));
  });

  it('whatever the two ends', () => {
    const end = fc.double({ min: 1, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
    const mode = fc.constantFrom<'dense' | 'land'>('dense', 'land');
    fc.assert(
      fc.property(end, end, mode, fc.integer({ min: 1, max: 4 }), (a, b, how, perDecade) => {
        const of = (time: number) =>
          diskParams({ stops: { end: time }, output: { mode: how, every: { kind: 'log', perDecade } } });
        expectShared(of(a), of(b));
      }),
      { numRuns: 25 },
    );
  });
});

describe('a state behind a touched step', () => {
  it('would not do: the next state of the shorter run differs from that of the longer one', () => {
    const [short, long] = [diskParams({ stops: { end: year } }), diskParams({ stops: { end: 3 * year } })];
    const { state } = fork(long, divergence(short, long));
    const next = (params: MarsParams) => marsDisk.advance(state, params, open, () => true, new BitRows());
    expect(hex(marsDisk.encode(next(short)))).not.toBe(hex(marsDisk.encode(next(long))));
    // The last state that the longer run has before the shorter one's end.
    const sink = new BitRows();
    const beyond = (at: MarsState) => at.time + at.step > year;
    const late = {
      state: marsDisk.advance(marsDisk.initial(long), long, open, beyond, sink),
      rows: sink.rows,
    };
    expect(late.state.time).toBeGreaterThan(state.time);
    expect(late.state.time).toBeLessThan(year);
    expect(goneOn(short, late).final).not.toBe(whole(short).final);
  });
});

describe('runs without a common beginning', () => {
  it.each([
    [{ dynamics: 0, stops: { tau: 1.2 } }, { stops: { tau: 1.3 } }],
    [{ stops: { lossRate: 1e-20 } }, {}],
  ])('have none: %j, %j', (a, b) => {
    expect(divergence(diskParams(a as object), diskParams(b as object))).toBe(0);
  });

  it('have none where a supply that begins late waits behind phases: its state has more unknowns than one without supply', () => {
    const supply = late({ from: 4e6, to: 9e6, rate: { kind: 'constant', value: 1e-5 } });
    const [none, gated] = [null, supply].map((each) => diskParams({ phase: damped, supply: each } as object));
    expect(JSON.stringify(early(none!))).not.toBe(JSON.stringify(early(gated!)));
  });

  it.each([
    { tau0: 0.5 },
    { supply: null },
    { solver: { rtol: 1e-6 } },
    { output: { every: { kind: 'interval', seconds: 1 } } },
    { output: { sizeHistoryStride: null } },
    { sizes: { bins: 15 } },
  ])('are told by their early parameters: %j', (changes) => {
    expect(JSON.stringify(early(diskParams(changes as object)))).not.toBe(
      JSON.stringify(early(diskParams())),
    );
  });
});
