import { formatBytes, formatCount, formatTime } from './format.js';

/** What a run will take, as `run --dry-run` shows it: everything in bytes, seconds or counts; JSON-safe. */
export interface PlanFigures {
  readonly steps: number;
  readonly segments: number;
  readonly rows: Readonly<Record<string, number>>;
  /** Computing on this machine, s. */
  readonly computeSeconds: number;
  readonly memory: {
    /** Peak of the process that computes. */
    readonly withSegments: number;
    /** The same with all rows in memory. */
    readonly withoutSegments: number;
    /** What the original program needed for its rows: cited, not computed. */
    readonly original: number;
    readonly limit: number;
  };
  readonly disk: {
    readonly series: number;
    /** Beside the series until they are merged and verified. */
    readonly parts: number;
    readonly checkpoints: number;
    /** In the server's database. */
    readonly history: number;
    readonly peak: number;
  };
  /** That are there at the end. */
  readonly checkpointFiles: number;
}

/** The plan of a run for people: what will be there when it has ended, and what it needs on the way. */
export function planText(title: string, outdir: string, plan: PlanFigures): string {
  const { memory, disk } = plan;
  const lines: readonly (readonly [string, string])[] = [
    ['Steps', `${about(plan.steps)}, ${formatTime(plan.computeSeconds, 2)} of computing on this machine`],
    ['Segments', about(plan.segments)],
    ...Object.entries(plan.rows).map(
      ([table, rows], i) => [i === 0 ? 'Rows' : '', `${table} ${about(rows)}`] as const,
    ),
    [
      'Memory',
      `${formatBytes(memory.withSegments)} at the peak (execution.memory_limit is ${formatBytes(memory.limit)})`,
    ],
    ['', `${formatBytes(memory.withoutSegments)} if all rows were kept until the end`],
    ['', `the original program kept 46 kB a step: ${formatBytes(memory.original)} for as many`],
    ['Disk', `${formatBytes(disk.series)} of series in ${outdir}`],
    ['', `${formatBytes(disk.parts)} of parts until they are merged`],
    ...(plan.checkpointFiles === 0
      ? []
      : [
          [
            '',
            `${formatBytes(disk.checkpoints)} in ${about(plan.checkpointFiles)} checkpoint files`,
          ] as const,
        ]),
    ['', `${formatBytes(disk.history)} of history in the server's database`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const body = lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return `${[`${title}: nothing has been started; the run would take about`, ...body].join('\n')}\n`;
}

function about(count: number): string {
  return formatCount(count < 1000 ? count : Number(count.toPrecision(2)));
}
