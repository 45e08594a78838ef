import type { Conserved, Status } from '../sim/model.js';
import { figureText, labelOf } from './figureLabels.js';
import { formatNumber, formatTime } from './format.js';

/** What is known of a run on its way: the part of `Status` that a progress query also answers, and where the segments stand. */
export interface RunProgress extends Pick<Status, 'time' | 'steps' | 'figures' | 'notes'> {
  /** Null before the first segment has come back. */
  readonly end: number | null;
  /** Index of the segment that is being computed. */
  readonly segment: number;
  /** What happens after the last segment (`merging`, ...); omitted while segments run. */
  readonly phase?: string;
  readonly conserved?: readonly Conserved[];
}

/** Measured by whoever watches: reports have no clock. */
export interface Pace {
  readonly stepsPerSecond: number | null;
  /** Estimated wall-clock seconds to the end. */
  readonly secondsLeft: number | null;
}

interface Field {
  readonly text: string;
  /** Fields with the highest number go first when the line is too wide. */
  readonly drop: number;
}

const barWidth = 16;
const dropOrder: Readonly<Record<string, number>> = {
  Sigma: 3,
  tau: 4,
  M_loss: 5,
  'mass error': 6,
  tau_bound: 8,
};

/** Share of the planned model time that is done, 0..1; null while the end is unknown. */
export function shareDone(progress: Pick<RunProgress, 'time' | 'end'>): number | null {
  if (progress.end === null || !(progress.end > 0)) return null;
  return Math.min(1, Math.max(0, progress.time / progress.end));
}

/** `12.3 %`; never 100 % before the end is reached. */
export function percentText(share: number | null): string {
  if (share === null) return '…';
  return share >= 1 ? '100 %' : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function massErrorField(progress: RunProgress): Field[] {
  if (progress.figures.some((figure) => figure.name === 'mass_error')) return [];
  const mass = progress.conserved?.find((quantity) => quantity.name.startsWith('mass'));
  if (!mass) return [];
  return [{ text: `mass error ${formatNumber(mass.error, 2)}`, drop: dropOrder['mass error']! }];
}

function fieldsOf(progress: RunProgress, pace: Pace): Field[] {
  const planned = progress.end === null ? '' : ` of ${formatTime(progress.end)}`;
  const where = progress.phase ?? `segment ${progress.segment}`;
  const fields: Field[] = [
    { text: percentText(shareDone(progress)), drop: 0 },
    { text: `${formatTime(progress.time)}${planned}`, drop: 0 },
    { text: where, drop: 2 },
  ];
  if (pace.stepsPerSecond !== null) {
    fields.push({ text: `${formatNumber(pace.stepsPerSecond, 3)} steps/s`, drop: 7 });
  }
  for (const figure of progress.figures) {
    const { short } = labelOf(figure.name);
    fields.push({ text: `${short} ${figureText(figure)}`, drop: dropOrder[short] ?? 9 });
  }
  fields.push(...massErrorField(progress));
  if (pace.secondsLeft !== null) fields.push({ text: `ETA ${formatTime(pace.secondsLeft, 2)}`, drop: 1 });
  return fields;
}

function join(fields: readonly Field[]): string {
  return fields.map((field) => field.text).join(' · ');
}

function bar(share: number): string {
  const filled = Math.floor(share * barWidth);
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} `;
}

/**
 * The line that is redrawn on a terminal. Never wider than `columns`: the least important fields go first.
 * @param columns width of the terminal in characters
 */
export function progressLine(progress: RunProgress, pace: Pace, columns: number): string {
  let fields = fieldsOf(progress, pace);
  const share = shareDone(progress);
  const withBar = `${share === null ? '' : bar(share)}${join(fields)}`;
  if (withBar.length <= columns) return withBar;
  while (join(fields).length > columns) {
    const least = fields.reduce((worst, field) => (field.drop >= worst.drop ? field : worst));
    if (least.drop === 0) break;
    fields = fields.filter((field) => field !== least);
  }
  const rest = columns - join(fields).length - barWidth - 1;
  const text = share !== null && rest >= 0 ? `${bar(share)}${join(fields)}` : join(fields);
  return text.length <= columns ? text : text.slice(0, columns);
}

/** The same as one complete plain line, for logs and pipes. */
export function plainProgressLine(progress: RunProgress, pace: Pace): string {
  return join(fieldsOf(progress, pace));
}
