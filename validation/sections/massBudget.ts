import { logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { day, year } from '../../src/sim/mars/constants.js';
import { marsDisk } from '../../src/sim/mars/model.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import type { MarsState } from '../../src/sim/mars/state.js';
import { pinnedDisk } from '../defaultDisk.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, close, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import { Rows, wholeRun } from '../systems/runs.js';

/** The run cut after every so many steps; each piece starts from the bytes of the checkpoint before. */
function splitRun(params: MarsParams, every: number): { rows: Rows; state: MarsState } {
  const rows = new Rows(params);
  let state = marsDisk.initial(params);
  for (let done = false; !done; ) {
    const first = state.steps;
    state = marsDisk.advance(
      state,
      params,
      Number.POSITIVE_INFINITY,
      (now) => now.steps - first >= every,
      rows,
    );
    done = state.stop !== 0;
    state = marsDisk.decode(marsDisk.encode(state));
  }
  return { rows, state };
}

/** Largest difference of any value of any row of two tables; NaN beside NaN is none. */
function largestDifference(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  a.forEach((row, r) => {
    row.forEach((value, c) => {
      if (!Object.is(value, b[r][c]))
        largest = Math.max(largest, Math.abs(value - b[r][c]) || Number.POSITIVE_INFINITY);
    });
  });
  return largest;
}

const cutEvery = 7;

function figure(whole: Rows, split: Rows): Figure {
  const days = whole.column('run', 'time').map((t) => t / day);
  const errors = (rows: Rows) => rows.column('run', 'mass_error').map((error) => Math.max(error, 1e-17));
  return lineFigure(
    'mass-budget.svg',
    'Relative error of the mass budget over time (errors below 1e-17 are drawn there): whole run, and a run cut every seven steps on top of it.',
    [
      {
        title: 'Error of the mass budget',
        x: logAxis(1e-6, 4000, 6),
        xTitle: 'time (d)',
        y: logAxis(5e-18, 1e-12, 6),
        yTitle: '|Σ + B + V − Σ_{0} − P| / (Σ_{0} + P)',
        lines: [
          lineOf('whole', colours.pale, days, errors(whole), { stroke: 5 }),
          lineOf('split', colours.blue, days, errors(split), { dash: [3, 3] }),
        ],
      },
    ],
  );
}

export async function massBudget(): Promise<Section> {
  const base = await pinnedDisk();
  const params: MarsParams = {
    ...base,
    output: { mode: 'dense', every: { kind: 'log', perDecade: 20 }, sizeHistoryStride: 1 },
  };
  const whole = wholeRun(params);
  const split = splitRun(params, cutEvery);
  const error = Math.max(...whole.rows.column('run', 'mass_error'));
  const exact = { source: 'design: restart equals continuous', sure: 'A' } as const;
  const rows: Row[] = [
    between(
      'closure',
      'ten years of the quickstart disk: largest error of the budget in any row',
      [0, 1e-12],
      error,
      { source: 'Σ + B + V = Σ₀ + P', sure: 'A', drift: { absolute: 1e-13 } },
    ),
    between('closure.55', 'the same down to 1000 K, 55 years', [0, 1e-12], coldRun(base), {
      source: 'the same',
      sure: 'A',
      drift: { absolute: 1e-13 },
    }),
    close(
      'split.rows',
      `whole and cut every ${cutEvery} steps: largest difference of any value of any row`,
      0,
      largestDifference(whole.rows.tables.run, split.rows.tables.run),
      0,
      exact,
    ),
    close(
      'split.sizes',
      'the same of the size history',
      0,
      largestDifference(whole.rows.tables.psd_hist, split.rows.tables.psd_hist),
      0,
      exact,
    ),
    close(
      'split.state',
      'the same of the final checkpoint, bytes that differ',
      0,
      differingBytes(whole.state, split.state),
      0,
      exact,
    ),
  ];
  return {
    id: 'budget',
    title: 'Mass budget',
    text: 'Mass in the ring, blown out and sublimed, against what was there and what was supplied; and the same run cut into pieces, each started from the bytes of the checkpoint before.',
    rows,
    figures: [figure(whole.rows, split.rows)],
  };
}

function coldRun(base: MarsParams): number {
  const params: MarsParams = {
    ...base,
    stops: { ...base.stops, end: 60 * year, temperature: 1000 },
    output: { mode: 'dense', every: { kind: 'times', times: [year] }, sizeHistoryStride: null },
  };
  return wholeRun(params).state.largestMassError;
}

function differingBytes(a: MarsState, b: MarsState): number {
  const [x, y] = [a, b].map((state) => marsDisk.encode(state));
  return x.reduce((count, byte, i) => count + (byte === y[i] ? 0 : 1), Math.abs(x.length - y.length));
}
