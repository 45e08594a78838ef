import { sweepEndText } from '../../../src/report/sweep/endText.js';
import { gridLines } from '../../../src/report/sweep/grid.js';
import { paceOf } from '../../../src/report/sweep/pace.js';
import { coloured, paintFor, plain } from '../../../src/report/sweep/paint.js';
import { reasonsOf } from '../../../src/report/sweep/reasons.js';
import {
  type CaseState,
  countsOf,
  type StandingCase,
  type SweepStanding,
} from '../../../src/report/sweep/standing.js';
import { sweepShare, sweepStatusText } from '../../../src/report/sweep/statusText.js';

function standing(cases: readonly StandingCase[], more: Partial<SweepStanding> = {}): SweepStanding {
  return {
    ...{ tag: 'temp_supply', batch: '/data/out/temp_supply/20261123-070000__a9dfadf__seed7' },
    ...{ sweepId: 'temp_supply-put4qsbgbt', state: 'running', cases, counts: countsOf(cases), jobs: 4 },
    ...{ startedAt: '2026-11-23T07:00:00.000Z', secondsLeft: 600, casesPerMinute: 2.5 },
    ...more,
  };
}

function one(
  i: number,
  state: CaseState,
  share: number | null = null,
  reason: string | null = null,
): StandingCase {
  return { title: `T4000_eps0p5_i0${i}`, state, share, reason };
}

const stiff = (i: number) => `PhysicsError: no step at t = ${i}.5e-3 s in T4000_eps0p5_i0${i}\n  at step.ts`;
const cases = Array.from({ length: 36 }, (_, i) => {
  if (i < 20) return [3, 7].includes(i) ? one(i, 'failed', null, stiff(i)) : one(i, 'complete', 1);
  if (i === 20) return one(i, 'lost', null, 'terminated by hand in the server');
  if (i < 24) return one(i, 'running', i === 21 ? null : 0.25 * (i - 21), i === 23 ? 'disk full' : null);
  return one(i, 'pending');
});
const now = Date.parse('2026-11-23T07:12:00Z');

describe('the status of a sweep', () => {
  it('shows grid, progress, rates, what runs and what went wrong', () => {
    expect(sweepStatusText(standing(cases), { columns: 112, paint: plain, now })).toBe(
      `temp_supply: running · /data/out/temp_supply/20261123-070000__a9dfadf__seed7
██████████████░░░░░░░░░░ 60.4 % · 21 of 36 cases · 4 at a time · for 12 min · 2.5 cases/min · ETA 10 min

 1  ###X###X## ########## ?>>>...... ......
# 18 complete   . 12 pending   > 3 running   ? 1 lost   X 2 failed

Running
  T4000_eps0p5_i021  …
  T4000_eps0p5_i022  ████░░░░░░░░░░░░ 25.0 %
  T4000_eps0p5_i023  ████████░░░░░░░░ 50.0 % · disk full

Not complete
  2 failed: PhysicsError: no step at t = 3.5e-3 s in T4000_eps0p5_i03
      T4000_eps0p5_i03, T4000_eps0p5_i07
  1 lost: terminated by hand in the server
      T4000_eps0p5_i020
`,
    );
  });

  it.each([20, 40, 60, 80, 120])('stays within %d columns', (columns) => {
    const long = cases.map((item) => ({
      ...item,
      reason: item.reason && `${item.reason} ${'x'.repeat(200)}`,
    }));
    const text = sweepStatusText(standing(long), { columns, paint: plain, now });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    expect(
      text
        .match(/[#X?>.]{6,10}/g)!
        .join('')
        .slice(0, 30),
    ).toBe('###X###X############?>>>......');
  });

  it('has the same words in colours', () => {
    const view = { columns: 96, now };
    const text = sweepStatusText(standing(cases), { ...view, paint: coloured });
    expect(text).toContain('\u001B[31mX\u001B[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    const bare = text.replace(/\u001B\[\d+m/g, '');
    expect(bare).toBe(sweepStatusText(standing(cases), { ...view, paint: plain }));
  });

  it('says what ten thousand cases do on one screen', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      one(
        i,
        i % 50 === 0 ? 'failed' : i < 6000 ? 'complete' : 'pending',
        null,
        i % 50 === 0 ? stiff(i) : null,
      ),
    );
    const text = sweepStatusText(standing(many), { columns: 80, paint: plain, now });
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(30);
    expect(text).toContain('a character: 11 cases, the worst of them');
    expect(text).toContain('  200 failed: PhysicsError: no step');
    expect(text).toContain('T4000_eps0p5_i00, T4000_eps0p5_i050, T4000_eps0p5_i0100 and 197 more');
    expect(lines.find((line) => line.startsWith(' 6,601'))).toBeDefined();
  });

  it('lists reasons within bounds', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      one(i, 'failed', null, `reason ${'abcdefghijkl'[i % 12]}`),
    );
    expect(reasonsOf(many)).toHaveLength(12);
    const text = sweepStatusText(standing(many), { columns: 80, paint: plain, now });
    expect(text).toContain('and 20 more for 4 other reasons');
  });

  it('says how many cases have a reason where their titles do not fit', () => {
    const many = Array.from({ length: 60 }, (_, i) => one(i, 'failed', null, 'no'));
    const text = sweepStatusText(standing(many), { columns: 54, paint: plain, now });
    expect(text).toContain('  60 failed: no\n       T4000_eps0p5_i00, T4000_eps0p5_i01 and 58 more\n');
  });

  it('is not done before it is', () => {
    expect(sweepShare({ cases: [one(0, 'complete'), one(1, 'running', 1)] })).toBeLessThan(1);
    expect(sweepShare({ cases: [one(0, 'complete'), one(1, 'failed')] })).toBe(1);
  });
});

it('the grid says where its lines begin', () => {
  const states = Array.from({ length: 25 }, (_, i): CaseState => (i === 21 ? 'cancelled' : 'complete'));
  expect(gridLines(states, 26, plain)).toEqual([' 1  ########## ##########', '21  #-###']);
  expect(gridLines([], 80, plain)).toEqual([]);
});

describe('colours', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
  ])('on a terminal (%p) with %j: %p', (isTerminal, environment, wanted) => {
    expect(paintFor(isTerminal, environment)).toBe(wanted ? coloured : plain);
  });
});

describe('the pace of a sweep', () => {
  const minute = 60_000;
  it.each([
    ['over the last five minutes', [1, 2, 96, 97, 98, 99, 100], 0, 100, 10, 1, 600],
    ['since it began, when that is later', [99, 100, 5], 98, 100, 10, 1, 600],
    ['unknown while no case has ended', [1, 2], 0, 100, 10, null, null],
  ])('%s', (_, ends, begun, at, open, rate, left) => {
    const pace = paceOf(
      ends.map((end) => end * minute),
      begun * minute,
      at * minute,
      open,
    );
    expect(pace).toEqual({ casesPerMinute: rate, secondsLeft: left });
  });
});

describe('the last words of a sweep', () => {
  const files = [{ path: 'out/temp_supply/b/summary.parquet', holds: 'a row for each case' }];
  const next = [
    { command: 'marsdisk query out/temp_supply/b "SELECT * FROM cases"', does: 'ask for results' },
  ];

  it('count what did not complete, and end with the command that computes it', () => {
    const ended = cases.map((item) =>
      ['running', 'pending'].includes(item.state) ? one(1, 'complete', 1) : item,
    );
    const goOn = 'marsdisk sweep configs/sweeps/temp_supply.yml --retry-failed';
    const end = { files, goOn, next: [], remarks: ['hook after_batch: exit code 7'] };
    expect(sweepEndText(standing(ended, { state: 'incomplete' }), end, { columns: 80, paint: plain })).toBe(
      `temp_supply: incomplete, 33 of 36 cases complete
# 33 complete   ? 1 lost   X 2 failed

Not complete
  2 failed: PhysicsError: no step at t = 3.5e-3 s in T4000_eps0p5_i03
      T4000_eps0p5_i03, T4000_eps0p5_i07
  1 lost: terminated by hand in the server
      T4000_eps0p5_i020

Remarks
  ! hook after_batch: exit code 7

Files
  out/temp_supply/b/summary.parquet  a row for each case

Compute what is missing
  marsdisk sweep configs/sweeps/temp_supply.yml --retry-failed
`,
    );
  });

  it('of one that is complete are short', () => {
    const ended = standing([one(0, 'complete', 1)], { state: 'complete' });
    const end = { files, goOn: null, next, remarks: [] };
    expect(sweepEndText(ended, end, { columns: 80, paint: plain })).toBe(
      `temp_supply: complete, 1 of 1 cases complete

Files
  out/temp_supply/b/summary.parquet  a row for each case

Next
  marsdisk query out/temp_supply/b "SELECT * FROM cases"  ask for results
`,
    );
  });
});
