import { logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import type { LegacyParams } from '../../src/sim/legacy/params.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import type { MarsState } from '../../src/sim/mars/state.js';
import { pinnedDisk, quickstartParams } from '../defaultDisk.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, measured, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import { fixedSteps } from '../systems/integrate.js';
import { wholeRun } from '../systems/runs.js';
import { stickyUnits } from '../systems/stickyGrains.js';
import { stickyLegacy } from '../systems/stickyLegacy.js';
import { orderRow } from './solvers.js';

const stepCounts = [16, 32, 64];

/** Largest error of a bin for sticking grains with steps of one length. */
const stickyErrors = (counts: readonly number[]) =>
  counts.map((steps) => {
    const { system, start, timeOf, worstBin } = stickyUnits;
    return worstBin(fixedSteps(system, start, timeOf(1), steps), 1);
  });

function rodasRows(errors: readonly number[]): Row[] {
  return errors
    .slice(1)
    .map((error, i) =>
      between(
        `rodas.${stepCounts[i]}`,
        `RODAS5P, from ${stepCounts[i]} to ${stepCounts[i + 1]} steps: order`,
        [4.7, 5.6],
        Math.log2(errors[i] / error),
        { source: 'Steinebach 2023: 5', sure: 'A', drift: { absolute: 0.02 } },
      ),
    );
}

const legacyCounts = [64, 128, 256, 512];

async function legacyErrors(): Promise<number[]> {
  const params = await quickstartParams('numerics.solver=legacy', 'psd.floor.mode=none');
  return legacyCounts.map((steps) =>
    stickyUnits.worstBin(stickyLegacy(params as unknown as LegacyParams, steps, 1), 1),
  );
}

function legacyRows(errors: readonly number[]): Row[] {
  return errors
    .slice(1)
    .map((error, i) =>
      orderRow(
        `legacy.${legacyCounts[i]}`,
        `legacy, from ${legacyCounts[i]} to ${legacyCounts[i + 1]} steps: error ratio`,
        errors[i] / error,
      ),
    );
}

const tolerances = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

interface Attempt {
  readonly rtol: number;
  readonly steps: number;
  /** Relative to the run with the tightest tolerance: blown out, sublimed, left. */
  readonly errors: readonly number[];
}

/** Ten years of the quickstart disk at several tolerances beside a run at 1e-10. */
async function attempts(): Promise<Attempt[]> {
  const params = await pinnedDisk();
  const run = (rtol: number): MarsState => {
    const output: MarsParams['output'] = {
      mode: 'dense',
      every: { kind: 'times', times: [params.stops.end] },
      sizeHistoryStride: null,
    };
    return wholeRun({ ...params, solver: { ...params.solver, rtol }, output }).state;
  };
  const headline = ({ y }: MarsState) => {
    const n = params.sizes.bins;
    return [y[n], y[n + 1], y.subarray(0, n).reduce((sum, M) => sum + M, 0)];
  };
  const best = headline(run(1e-10));
  return tolerances.map((rtol) => {
    const state = run(rtol);
    return {
      rtol,
      steps: state.steps,
      errors: headline(state).map((value, i) => Math.abs(value / best[i] - 1)),
    };
  });
}

function diskRows(found: readonly Attempt[]): Row[] {
  const names = ['blown out', 'sublimed', 'left in the ring'];
  return found.flatMap(({ rtol, steps, errors }) => {
    const label = `ten years, rtol ${rtol.toExponential(0)}`;
    return [
      measured(`disk.${rtol}.steps`, `${label}: steps`, steps, { source: '', drift: { relative: 0.02 } }),
      ...errors.map((error, i) =>
        between(`disk.${rtol}.${i}`, `${label}: error of the mass ${names[i]}`, [0, rtol], error, {
          source: 'run at 1e-10',
          sure: 'A',
          drift: { absolute: 0.3 * rtol },
        }),
      ),
    ];
  });
}

function figure(
  found: readonly Attempt[],
  counts: readonly number[],
  errors: readonly number[],
  legacy: readonly number[],
): Figure {
  const steps = found.map((each) => each.steps);
  const worst = found.map((each) => Math.max(...each.errors));
  return lineFigure(
    'time-order.svg',
    'Left: error of fixed steps against an exact solution, with lines of fifth and first order. Right: error after ten years over the steps that the control took.',
    [
      {
        title: 'Fixed steps, sticking grains',
        x: logAxis(6, 700, 4),
        xTitle: 'steps',
        y: logAxis(1e-13, 1e-1, 6),
        yTitle: 'largest error of a bin',
        lines: [
          lineOf('RODAS5P', colours.blue, counts, errors),
          lineOf('legacy', colours.vermillion, legacyCounts, legacy),
          lineOf(
            '',
            colours.black,
            legacyCounts,
            legacyCounts.map((n) => (legacy[0] * legacyCounts[0]) / n),
            { dash: [4, 3] },
          ),
          lineOf(
            'orders 5 and 1',
            colours.black,
            counts,
            counts.map((n) => errors[0] * (counts[0] / n) ** 5),
            { dash: [4, 3] },
          ),
        ],
      },
      {
        title: 'Ten years of the disk',
        x: logAxis(100, 3000, 4),
        xTitle: 'accepted steps',
        y: logAxis(1e-13, 1e-3, 6),
        yTitle: 'relative error',
        lines: [lineOf('worst of three masses', colours.blue, steps, worst)],
      },
    ],
  );
}

export async function timeOrder(): Promise<Section> {
  const found = await attempts();
  const counts = [8, ...stepCounts, 128];
  const errors = stickyErrors(counts);
  const legacy = await legacyErrors();
  return {
    id: 'time',
    title: 'Order of convergence in time',
    text:
      'Order: steps of one length on sticking grains, exact in size, through the step of either solver. Then the disk itself: ten years of configs/quickstart.yml (whole-bin remnants, Q_pr table ' +
      'from 1 µm) at several tolerances beside one at 10⁻¹⁰.',
    rows: [...rodasRows(errors.slice(1, 4)), ...legacyRows(legacy), ...diskRows(found)],
    figures: [figure(found, counts, errors, legacy)],
  };
}
