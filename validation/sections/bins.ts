import { logAxis } from '../../src/report/chart/axis.js';
import { colours } from '../../src/report/chart/style.js';
import { day, year } from '../../src/sim/mars/constants.js';
import type { MarsParams } from '../../src/sim/mars/params.js';
import { pinnedDisk } from '../defaultDisk.js';
import { lineFigure, lineOf } from '../figures/lineFigure.js';
import { between, measured, type Row } from '../row.js';
import type { Figure, Section } from '../section.js';
import { wholeRun } from '../systems/runs.js';

const hour = 3600;
const counts = [20, 40, 80];
const finest = 160;
const drift = { absolute: 1e-4 };

interface Job {
  readonly key: string;
  readonly label: string;
  readonly overrides: readonly string[];
  readonly times: readonly number[];
}

const jobs: readonly Job[] = [
  {
    key: 'day',
    label: 'a day at 4000 K without supply',
    overrides: [
      'radiation.mars_temperature_driver.mode=constant',
      'radiation.mars_temperature_driver.constant.value_K=4000',
      'supply.enabled=false',
      'sinks.mode=none',
      'numerics.t_end_years=1 d',
    ],
    times: [hour, day],
  },
  {
    key: 'year',
    label: 'a year of quickstart',
    overrides: ['numerics.t_end_years=1 yr'],
    times: [day, year],
  },
];

const columns = ['Sigma_blown_out', 'Sigma_surf'] as const;
const words = { Sigma_blown_out: 'mass blown out', Sigma_surf: 'mass left' };
const timeText = (t: number) => (t === hour ? '1 h' : t === day ? '1 d' : '1 yr');

type Scheme = 'whole' | 'finite_volume';

/** Values at the times of a job, by column. */
type Found = Record<(typeof columns)[number], number[]>;

async function run(job: Job, scheme: Scheme, bins: number): Promise<Found> {
  const base = await pinnedDisk(scheme, `sizes.n_bins=${bins}`, ...job.overrides);
  const params: MarsParams = {
    ...base,
    solver: { ...base.solver, rtol: 1e-5 },
    output: { mode: 'dense', every: { kind: 'times', times: [...job.times] }, sizeHistoryStride: null },
  };
  const { rows } = wholeRun(params);
  const times = rows.column('run', 'time');
  const at = job.times.map((t) => times.indexOf(t));
  const pick = (name: string) => at.map((row) => rows.column('run', name)[row]);
  return { Sigma_blown_out: pick('Sigma_blown_out'), Sigma_surf: pick('Sigma_surf') };
}

interface Converged {
  readonly job: Job;
  readonly schemes: Record<Scheme, readonly Found[]>;
  readonly limit: Found;
}

async function converge(job: Job): Promise<Converged> {
  const limit = await run(job, 'finite_volume', finest);
  const schemes = { whole: [] as Found[], finite_volume: [] as Found[] };
  for (const scheme of ['whole', 'finite_volume'] as const) {
    for (const bins of counts) schemes[scheme].push(await run(job, scheme, bins));
  }
  return { job, schemes, limit };
}

function rowsOf({ job, schemes, limit }: Converged): Row[] {
  return job.times.flatMap((time, t) =>
    columns.flatMap((column) =>
      (['finite_volume', 'whole'] as const).flatMap((scheme) =>
        counts.map((bins, n) => {
          const error = schemes[scheme][n][column][t] / limit[column][t] - 1;
          const key = `${job.key}.${time}.${column}.${scheme}.${bins}`;
          const what = `${job.label}, ${words[column]} after ${timeText(time)}, \`${scheme}\`, ${bins} bins: over ${finest} finite volumes, less 1`;
          const judged = scheme === 'finite_volume' && column === 'Sigma_blown_out' && bins >= 40;
          return judged
            ? between(key, what, [-0.01, 0.01], error, { source: 'its own limit', sure: 'A', drift })
            : measured(key, what, error, { source: '', drift });
        }),
      ),
    ),
  );
}

/** Order in the bin width from 40 to 80 bins: log2 of the ratio of the errors. */
function orderRows({ job, schemes, limit }: Converged): Row[] {
  return job.times.flatMap((time, t) =>
    columns.flatMap((column) =>
      (['finite_volume', 'whole'] as const).map((scheme) => {
        const [, coarse, fine] = schemes[scheme].map((each) =>
          Math.abs(each[column][t] / limit[column][t] - 1),
        );
        const what = `${job.label}, ${words[column]} after ${timeText(time)}, \`${scheme}\`: order from 40 to 80 bins`;
        return measured(`${job.key}.${time}.${column}.${scheme}.order`, what, Math.log2(coarse / fine), {
          source: '',
          drift: { absolute: 0.1 },
        });
      }),
    ),
  );
}

function figure(found: readonly Converged[]): Figure {
  const panels = found.map(({ job, schemes, limit }) => {
    const t = 0;
    const line = (
      scheme: Scheme,
      column: (typeof columns)[number],
      colour: string,
      dash?: readonly number[],
    ) =>
      lineOf(
        `${scheme === 'whole' ? 'whole' : 'volumes'}, ${column === 'Sigma_surf' ? 'Σ' : 'B'}`,
        colour,
        counts,
        schemes[scheme].map((each) => Math.abs(each[column][t] / limit[column][t] - 1)),
        dash && { dash },
      );
    return {
      title: `${job.label}, after ${timeText(job.times[t])}`,
      x: logAxis(16, 100, 4),
      xTitle: 'bins',
      y: logAxis(1e-5, 1, 5),
      yTitle: 'relative error',
      lines: [
        line('whole', 'Sigma_blown_out', colours.vermillion),
        line('whole', 'Sigma_surf', colours.orange, [4, 3]),
        line('finite_volume', 'Sigma_blown_out', colours.blue),
        line('finite_volume', 'Sigma_surf', colours.sky, [4, 3]),
      ],
    };
  });
  return lineFigure(
    'bins.svg',
    `Error over the number of bins, beside ${finest} finite volumes: whole-bin remnants and finite volumes; B mass blown out, Σ mass left.`,
    panels,
  );
}

export async function bins(): Promise<Section> {
  const found = [];
  for (const job of jobs) found.push(await converge(job));
  return {
    id: 'bins',
    title: 'Bins of the disk',
    text:
      'What the number of bins does to the disk itself, for both ways of resolving sizes (physics.md, sections 6 and 12). Whole-bin remnants turn erosion into removal of ' +
      'bodies, so that they do not come near the limit at any number of bins that can be paid for. Errors of the finite volumes change sign between 20 and 160 cells, so ' +
      'an order of two numbers is only a hint; at 40 it is their size that counts. Ten other disks, from 20 to 320 bins, and why whole bins are the default: [size-resolution.md](size-resolution.md). This chapter is too long for CI: only `npm run validate` recomputes it.',
    rows: [...found.flatMap(rowsOf), ...found.flatMap(orderRows)],
    figures: [figure(found)],
  };
}
