import type { SharingPlan } from '../config/sweep/worthSharing.js';
import { formatBytes, formatCount, formatTime } from './format.js';
import type { SweepFigures } from './sweepPlan.js';

/** A sweep as `sweep --dry-run` shows it. */
export interface PlannedSweep {
  readonly tag: string;
  /** Where its batches are. */
  readonly folder: string;
  readonly titles: readonly string[];
  readonly duplicates: readonly { readonly title: string; readonly times: number }[];
  readonly figures: SweepFigures;
  readonly sharing: SharingPlan;
}

/** Longer lists show their two ends: all titles stand in the list of the batch. */
const mostTitles = 60;

/** The plan of a sweep for people: its cases, and what they take together. */
export function sweepPlanText({ tag, folder, titles, duplicates, figures, sharing }: PlannedSweep): string {
  const { disk } = figures;
  const guess =
    figures.estimated === figures.cases
      ? ''
      : `, estimated from ${formatCount(figures.estimated)} of the cases`;
  const rows: readonly (readonly [string, string])[] = [
    ['Cases', `${formatCount(figures.cases)}, ${figures.jobs} at a time, in ${folder}`],
    ['Steps', about(figures.steps) + guess],
    [
      'Time',
      `${formatTime(figures.wallSeconds, 2)} with ${figures.jobs} at a time: ${formatTime(figures.computeSeconds, 2)} of computing on this machine, ${formatTime(figures.upkeepSeconds, 2)} for files and books`,
    ],
    ['Memory', `${formatBytes(figures.memory)} at the most`],
    ['Disk', `${formatBytes(disk.final)} in the end, ${formatBytes(disk.peak)} on the way`],
    ['', `${formatBytes(disk.history)} of history in the server's database`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${[
    `${tag}: nothing has been started; the sweep would take about`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...(sharing.groups.length === 0 ? [] : ['', sharingText(sharing)]),
    ...repeated(duplicates),
    '',
    ...listed(titles),
  ].join('\n')}\n`;
}

/** What common beginnings save, in one sentence. */
export function sharingText({ cases, groups, saved, of }: SharingPlan): string {
  const percent = Math.round((100 * saved) / of);
  const beginnings = groups.length === 1 ? 'one beginning' : `${formatCount(groups.length)} beginnings`;
  return `${formatCount(cases)} cases have ${beginnings} in common: computed once, that saves ${about(saved)} of their ${about(of)} steps (${percent} %); --no-share gives the same files`;
}

function repeated(duplicates: PlannedSweep['duplicates']): string[] {
  if (duplicates.length === 0) return [];
  const lines = duplicates.slice(0, 10).map(({ title, times }) => `  ${title} (${times} times)`);
  const more = duplicates.length > 10 ? [`  and ${duplicates.length - 10} more`] : [];
  return ['', 'Asked for several times, computed once:', ...lines, ...more];
}

function listed(titles: readonly string[]): string[] {
  if (titles.length <= mostTitles) return [...titles];
  const end = mostTitles / 2;
  return [...titles.slice(0, end), `... ${titles.length - mostTitles} more ...`, ...titles.slice(-end)];
}

function about(count: number): string {
  return formatCount(count < 1000 ? count : Number(count.toPrecision(2)));
}
