/** `marsdisk status SWEEP`: pure text of a standing. */
import { formatCount, formatNumber, formatTime } from '../format.js';
import { percentText } from '../progressLine.js';
import { gridLines, legendLines } from './grid.js';
import type { Ink, Paint } from './paint.js';
import { reasonLines } from './reasons.js';
import type { StandingCase, SweepStanding, SweepState } from './standing.js';
import { fitted } from './width.js';

export interface View {
  /** Width of the terminal. */
  readonly columns: number;
  readonly paint: Paint;
  /** ms since 1970; null: the text does not say how long it has been going on. */
  readonly now: number | null;
}

export const stateInk: Readonly<Record<SweepState, Ink>> = {
  running: 'blue',
  paused: 'yellow',
  complete: 'green',
  incomplete: 'red',
  cancelled: 'yellow',
  failed: 'red',
  terminated: 'magenta',
};

/** Share of the sweep that is done, 0..1: ended cases count whole, running ones by what they have done. */
export function sweepShare({ cases }: Pick<SweepStanding, 'cases'>): number {
  if (cases.length === 0) return 1;
  const done = cases.reduce((sum, { state, share }) => sum + doneOf(state, share), 0);
  return done / cases.length;
}

function doneOf(state: StandingCase['state'], share: number | null): number {
  if (state === 'pending') return 0;
  return state === 'running' ? Math.min(0.999, share ?? 0) : 1;
}

/** How many cases have come to an end, of whatever kind. */
export function settledCases({ counts }: Pick<SweepStanding, 'counts'>): number {
  return counts.complete + counts.failed + counts.cancelled + counts.lost;
}

const barWidth = 24;

/** The whole status, every line within the terminal's width; ends with a line break. */
export function sweepStatusText(standing: SweepStanding, view: View): string {
  const { columns, paint } = view;
  const blocks = [
    [headLine(standing, view), ...paceLine(standing, view)],
    [
      ...gridLines(
        standing.cases.map(({ state }) => state),
        columns,
        paint,
      ),
      ...legendLines(standing.counts, columns, paint),
    ],
    titled('Running', runningLines(standing, columns)),
    titled('Not complete', reasonLines(standing.cases, columns, paint)),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

export function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function headLine({ tag, state, batch }: SweepStanding, { columns, paint }: View): string {
  const rest = fitted(` · ${batch}`, columns - tag.length - state.length - 2);
  return `${paint(tag, 'bold')}: ${paint(state, stateInk[state])}${rest}`;
}

function paceLine(standing: SweepStanding, view: View): string[] {
  const total = standing.cases.length;
  const share = sweepShare(standing);
  const parts = [
    percentText(share),
    `${formatCount(settledCases(standing))} of ${formatCount(total)} cases`,
    ...(standing.jobs === null ? [] : [`${standing.jobs} at a time`]),
    ...elapsed(standing, view),
    ...(standing.casesPerMinute === null ? [] : [`${formatNumber(standing.casesPerMinute, 3)} cases/min`]),
    ...(standing.secondsLeft === null ? [] : [`ETA ${formatTime(standing.secondsLeft, 2)}`]),
  ];
  const text = parts.join(' · ');
  const bar = barOf(share, barWidth);
  return [fitted(bar.length + 1 + text.length <= view.columns ? `${bar} ${text}` : text, view.columns)];
}

function elapsed({ startedAt, state }: SweepStanding, { now }: View): string[] {
  const isOn = state === 'running' || state === 'paused';
  if (startedAt === null || now === null || !isOn) return [];
  return [`for ${formatTime(Math.max(0, now - Date.parse(startedAt)) / 1000, 2)}`];
}

export function barOf(share: number, width: number): string {
  const filled = Math.floor(share * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}

/** As many as a screen takes beside the rest. */
const shownRunning = 10;

function runningLines({ cases }: SweepStanding, columns: number): string[] {
  const running = cases.filter(({ state }) => state === 'running');
  const shown = running.slice(0, shownRunning);
  const width = Math.min(40, Math.max(0, ...shown.map(({ title }) => title.length)));
  const lines = shown.map(({ title, share, reason }) => {
    const trouble = reason === null ? '' : ` · ${reason.split('\n')[0]}`;
    const bar = share === null ? '' : `${barOf(share, 16)} `;
    return fitted(`  ${fitted(title, width).padEnd(width)}  ${bar}${percentText(share)}${trouble}`, columns);
  });
  const more = running.length - shown.length;
  return more > 0 ? [...lines, `  and ${formatCount(more)} more`] : lines;
}
